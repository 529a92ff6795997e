"""Problems, before they have a place in a text: what they are, and where in a value."""
