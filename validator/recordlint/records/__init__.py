"""Stored records: what a body makes of one, and the body that makes one so."""
