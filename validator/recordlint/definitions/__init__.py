"""Object definitions: the model, and reading the vendor's answers into it."""
