"""The yardstick: parse each line, ask whether the schema takes it, and nothing else. Prints the bad lines."""

import sys

import jiter
import jsonschema_rs

with open(sys.argv[1], "rb") as file:
    is_valid = jsonschema_rs.validator_for(jiter.from_json(file.read())).is_valid
bad = []
with open(sys.argv[2], "rb") as file:
    for number, line in enumerate(file, 1):
        if not is_valid(jiter.from_json(line, catch_duplicate_keys=True)):
            bad.append(number)
print(*bad)
