"""What the service was seen to do with a body, in words: the notes of violations.

Source of each: observed. `docs/what-the-service-does.md` shows a body for each of them.
"""

from __future__ import annotations

from typing import Final

WIPED: Final = "the service answers 200 to a plain string or boolean here, and wipes what was stored"
ARRAY_REFUSED: Final = "the service answers 422 to a plain array here: unexpected format"
LABEL_IGNORED: Final = "the service answers 200 to a label in add, and nothing happens"
REPLACE_REFUSED: Final = "the service answers 422 to set and replace: it only adds and removes"
FILE_REFUSED: Final = "the service answers 422 to a file with meta, and to a bare string in add"
TOO_MANY_FILES: Final = "the service answers 400 where a field would hold more files than it takes after the change"
UNKNOWN_PROPERTY: Final = "the service answers 400 to a property key that does not exist"
FULL_KEY: Final = "the service answers 400 to a full key: couldn't validate the mapped field"
REQUIRED: Final = "the service answers 400 where a required property is missing: required_property_missing"
LOCATION_IN_BODY: Final = "the service answers 422: property locationId should not exist"
LOCATION_IN_URL: Final = "the service answers 422: property locationId should not exist"
OWNER_REFUSED: Final = "the service was seen to answer 422: property owner should not exist"
NOT_STORED: Final = "the service answers 400 to a value in remove that is not stored"
TEXT_REFUSED: Final = "the service answers 400 to more than 12,000 characters"
