"""Bodies, texts and requests into reports."""
