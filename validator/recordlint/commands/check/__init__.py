"""recordlint check."""
