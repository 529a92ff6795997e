"""The endings that say what kind of file a URL names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

ALL: Final = "all"
_SAME: Final = {"jpeg": "jpg"}
_BY_KIND: Final = """
the vendor's own: pdf docx doc jpg jpeg png gif csv xlsx xls
documents and data: docm dot dotx eml epub ics json key log md mobi mpp msg numbers odp ods odt one pages potx pps ppsx
    ppt pptm pptx ps pub rtf tex tsv txt vcf vsd vsdx wpd xlsb xlsm xltx xml xps yaml yml
pictures and drawings: ai avif bmp cr2 dng dwg dxf eps heic heif ico indd jfif jp2 jxl nef psd raw sketch svg tga tif
    tiff webp
sound: aac aif aiff amr flac m4a mid midi mp3 oga ogg opus wav weba wma
films: 3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg ogv vob webm wmv
archives: 7z bz2 cab gz iso rar tar tgz xz zip zst
programs: apk app bat bin cmd deb dll dmg exe ipa jar msi pkg ps1 rpm sh vbs
"""
KINDS_OF_FILE: Final = frozenset(" ".join([line.rpartition(":")[2] for line in _BY_KIND.splitlines()]).split())
"""The endings that name a kind of file. Others, such as .php or .v2, say nothing about what the server sends."""


@lru_cache
def accepted_endings(formats: tuple[str, ...]) -> tuple[str, ...]:
    """The endings of a field's formats, in lower case and without the dot; none where all are accepted."""
    endings = dict.fromkeys([each.strip().lower().removeprefix(".") for each in formats])
    return () if ALL in endings else tuple(filter(None, endings))


def spellings(endings: Iterable[str]) -> list[str]:
    """The endings, each with the other name of the same format."""
    return list(dict.fromkeys([name for ending in endings for name in (ending, *_names(ending))]))


def is_accepted(url: str, endings: tuple[str, ...]) -> bool:
    """Whether a URL with a host says nothing against these endings: it has one, or none that names a kind of file."""
    if not endings or ("?" not in url and "#" not in url and url.endswith(_with_dots(endings))):
        return True
    before, _, name = url.partition("#")[0].partition("?")[0].rpartition("/")
    if before.count("/") < 2:
        return True  # It has no path.
    name = name.lower()
    stem, _, ending = name.rpartition(".")
    if not stem or ending not in KINDS_OF_FILE:
        return True
    return name.endswith(_with_dots(endings))


@lru_cache
def _with_dots(endings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([f".{each}" for each in spellings(endings)])


def _names(ending: str) -> list[str]:
    plain = _SAME.get(ending, ending)
    return [plain, *[other for other, each in _SAME.items() if each == plain]]
