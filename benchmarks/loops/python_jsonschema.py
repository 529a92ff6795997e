"""jsonschema, a line after the other, verdicts only. Prints the bad lines."""

import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    is_valid = Draft202012Validator(json.load(file)).is_valid
with open(sys.argv[2], "rb") as file:
    print(*[number for number, line in enumerate(file, 1) if not is_valid(json.loads(line))])
