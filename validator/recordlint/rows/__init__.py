"""NDJSON files: blocks of rows, and the processes that check them."""
