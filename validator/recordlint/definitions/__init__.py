"""Object definitions: the model, and the vendor's answers read into it."""
