"""Where a part of a JSON value is: its path, and how RFC 6901 writes it."""

Step = str | int
Path = tuple[Step, ...]


def pointer(path: Path) -> str:
    """The JSON Pointer (RFC 6901) of a path."""
    try:
        # Most paths end with a key, and most of these have no index in them, which raises.
        steps = "/".join(map(str, path) if path and type(path[-1]) is int else path)  # type: ignore[arg-type]
    except TypeError:
        steps = "/".join(map(str, path))
    if path and "~" not in steps and steps.count("/") == len(path) - 1:
        return f"/{steps}"
    return "".join([f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path])
