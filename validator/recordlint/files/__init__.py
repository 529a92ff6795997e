"""Paths, and writing whole files."""
