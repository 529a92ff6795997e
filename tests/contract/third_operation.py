"""Run the command line with a third operation: python third_operation.py SPEC_FOLDER ARGUMENTS…

All that is added is one value in `contract/operations.py`, and the schemas of its bodies in a copy of `spec/`.
"""

from __future__ import annotations

import sys

from recordlint.contract import operations, spec_files
from recordlint.contract.operations import Operation

UPSERT = Operation(
    name="upsert",  # type: ignore[arg-type]
    title="record, new or not",
    method="PATCH",
    path="/objects/{customObjectKey}/records/upsert",
    multi_value="array",
    requires_properties=False,
    null_clears=False,
    location="body",
)


def main() -> int:
    folder = sys.argv[1]
    operations.OPERATIONS["upsert"] = UPSERT  # type: ignore[index]
    operations.METHODS["PATCH"] = UPSERT  # type: ignore[index]
    spec_files.spec_folder = lambda: folder  # type: ignore[assignment]
    from recordlint.cli import run

    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
