"""Baselines: the violations of a project that are known, so that a check reports only what is new."""
