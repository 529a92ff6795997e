"""JSON text: bytes, values, places, syntax errors."""
