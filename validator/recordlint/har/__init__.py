"""Recorded requests: HAR files."""
