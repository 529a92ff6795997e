"""The rules: one page a rule, the catalogue, the severities."""
