"""The formats of files that one list accepts and another does not."""

from __future__ import annotations

from recordlint.fieldtypes._file_endings import spellings


def lost(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """What a list no longer accepts, in words; empty if that is nothing.

    Args:
        old: the endings before; none for all.
        new: the endings now; none for all.

    Example:
        >>> lost(("pdf", "jpg", "tar.gz", "pdf"), ("jpeg", "gz"))
        '.pdf'
    """
    if not new:
        return ""
    if not old:
        return f"other files than {_listed(tuple(dict.fromkeys(new)))}"
    # A format with two dots is accepted with its last part: .gz accepts .tar.gz.
    kept = tuple([f".{each}" for each in spellings(new)])
    return _listed(tuple([each for each in dict.fromkeys(old) if not f".{each}".endswith(kept)]))


def _listed(endings: tuple[str, ...]) -> str:
    return ", ".join([f".{each}" for each in endings])
