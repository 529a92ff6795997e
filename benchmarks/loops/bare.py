"""The yardstick: parse each line, ask whether the schema takes it, and nothing else. Prints the bad lines.

Of a whole request, which is an object with a `method`, it asks about the body, of which a text is parsed too.
"""

import sys

import jiter
import jsonschema_rs

with open(sys.argv[1], "rb") as file:
    is_valid = jsonschema_rs.validator_for(jiter.from_json(file.read())).is_valid
bad = []
with open(sys.argv[2], "rb") as file:
    for number, line in enumerate(file, 1):
        value = jiter.from_json(line, catch_duplicate_keys=True)
        if "method" in value:
            value = value.get("body") or jiter.from_json(value["data"].encode(), catch_duplicate_keys=True)
        if not is_valid(value):
            bad.append(number)
print(*bad)
