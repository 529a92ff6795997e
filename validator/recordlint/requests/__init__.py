"""A whole request: its method, URL, headers and body."""
