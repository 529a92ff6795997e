"""What recordlint.toml says."""
