"""One module per kind of change, whose name is the id of its page.

Each has `LEVEL`, and `changes(comparison)`, which gives for each change the field's key, the message and the hint. A
new kind is one new module here, and its page in `rules/changes/`.
"""
