"""recordlint drift."""
