"""The exit statuses of every command; the README lists them too. Where several apply, the highest is returned."""

CLEAN = 0
"""Nothing at or above `--fail-on`, and nothing stale."""
VIOLATIONS = 1
"""Violations, a change that `--diff` shows, or a generated file that is stale."""
UNUSABLE = 2
"""Wrong usage, a configuration, definitions or a service that cannot be used, a file that cannot be read or written."""
FAULT = 3
"""A fault of recordlint."""
INTERRUPTED = 130
"""A signal ended the run."""
