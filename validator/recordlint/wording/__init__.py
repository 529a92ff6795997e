"""Text for people: phrases, suggestions, normalizing, escapes."""
