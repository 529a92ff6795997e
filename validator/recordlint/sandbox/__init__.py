"""A server that answers as the service does, on this machine: for tests, and to try a program before it goes live."""
