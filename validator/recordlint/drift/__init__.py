"""Two versions of the definitions compared: what changed, and which payloads it breaks."""
