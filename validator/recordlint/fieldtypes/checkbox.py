"""Checkbox: option keys to add and to remove, as Dropdown (Multiple) takes them (documented)."""

from recordlint.fieldtypes.multiple_options import cells, clean, example, hides, is_item, problems, schema

__all__ = ["cells", "clean", "example", "hides", "is_item", "problems", "schema"]
