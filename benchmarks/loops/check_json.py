"""Validator.check_json of a valid body, beside parsing it and asking the schema, and of a wrong body: microseconds."""

import sys
import timeit

import jiter
import jsonschema_rs

import recordlint

schema, objects, body, wrong = sys.argv[1:]
with open(schema, "rb") as file:
    is_valid = jsonschema_rs.validator_for(jiter.from_json(file.read())).is_valid
with open(body, "rb") as file:
    data = file.read()
with open(wrong, "rb") as file:
    bad = file.read()
validator = recordlint.Validator.from_path(objects)
key = next(iter(validator.objects))
assert validator.check_json(bad, object=key).errors == 3  # noqa: S101 - the same of a wrong one
assert validator.check_json(data, object=key).valid  # noqa: S101 - what is measured is the way of a valid body
ways = {
    "bare": lambda: is_valid(jiter.from_json(data, catch_duplicate_keys=True)),
    "check_json": lambda: validator.check_json(data, object=key),
    "three violations": lambda: validator.check_json(bad, object=key),
}
least = dict.fromkeys(ways, 1e9)
for _ in range(30):
    for name, way in ways.items():
        least[name] = min(least[name], timeit.timeit(way, number=2_000) / 2_000 * 1e6)
print(*least.values())
