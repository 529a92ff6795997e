"""Checkbox: option keys to add and to remove, as Dropdown (Multiple) takes them (documented)."""

from recordlint.fieldtypes.multiple_options import clean, hides, problems, schema

__all__ = ["clean", "hides", "problems", "schema"]
