"""fastjsonschema, compiled, a line after the other, verdicts only. Prints the bad lines."""

import json
import sys

import fastjsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
# It knows drafts up to 7: `$defs` and `$ref` with siblings are written as that has them.
validate = fastjsonschema.compile({**schema, "$schema": "http://json-schema.org/draft-07/schema#"})
bad = []
with open(sys.argv[2], "rb") as file:
    for number, line in enumerate(file, 1):
        try:
            validate(json.loads(line))
        except fastjsonschema.JsonSchemaValueException:
            bad.append(number)
print(*bad)
