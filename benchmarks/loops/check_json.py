"""Validator.check_json of one valid body, over parsing it and asking the schema: microseconds, of each the least."""

import sys
import timeit

import jiter
import jsonschema_rs

import recordlint

schema, objects, body = sys.argv[1:]
with open(schema, "rb") as file:
    is_valid = jsonschema_rs.validator_for(jiter.from_json(file.read())).is_valid
with open(body, "rb") as file:
    data = file.read()
validator = recordlint.Validator.from_path(objects)
key = next(iter(validator.objects))
assert validator.check_json(data, object=key).valid  # noqa: S101 - what is measured is the way of a valid body
ways = {
    "bare": lambda: is_valid(jiter.from_json(data, catch_duplicate_keys=True)),
    "check_json": lambda: validator.check_json(data, object=key),
}
least = dict.fromkeys(ways, 1e9)
for _ in range(30):
    for name, way in ways.items():
        least[name] = min(least[name], timeit.timeit(way, number=2_000) / 2_000 * 1e6)
print(least["bare"], least["check_json"])
