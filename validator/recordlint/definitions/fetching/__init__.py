"""Definitions fetched from the service: what `recordlint pull` does. httpx comes with the extra `recordlint[pull]`."""
