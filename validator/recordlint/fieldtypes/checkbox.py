"""Checkbox: option keys to add and to remove, as Dropdown (Multiple) takes them (documented)."""

from recordlint.fieldtypes.multiple_options import clean, example, hides, problems, schema

__all__ = ["clean", "example", "hides", "problems", "schema"]
