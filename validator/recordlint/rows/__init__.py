"""NDJSON files: blocks, workers."""
