"""What is wrong with the constants of a table: it is said once, before the first row."""

from __future__ import annotations

from collections.abc import Iterator

from recordlint.checking.checkers import Checkers
from recordlint.checking.rows import RowChecker
from recordlint.contract.operations import PROPERTIES
from recordlint.definitions.target import Claim
from recordlint.rules.severities import apply_severities
from recordlint.tables.bodies import read_constants
from recordlint.tables.columns import HeaderFault, Table
from recordlint.tables.placing import place, places
from recordlint.tables.row_checker import to_json
from recordlint.wording.phrases import as_json


def constant_faults(table: Table, checkers: Checkers) -> Iterator[HeaderFault]:
    """The errors of the constants, which all rows would have. Warnings are those of each row.

    Args:
        table: what the columns are for.
        checkers: judge the body that the constants are by themselves.
    """
    if not table.constants:
        return
    target = table.target
    properties, users, problems = read_constants(table)
    claim = Claim(target.object.key, target.operation, target.phone_region)
    violations = RowChecker(checkers, claim).report(to_json({PROPERTIES: properties, **users})).violations
    alone = Table(target, (), constants=table.constants)
    for violation, column in place(places(alone), apply_severities(problems, checkers.severity), violations):
        if column is not None and violation.severity == "error":
            hint = f"; {violation.hint}" if violation.hint else ""
            reason = f"the constant {as_json(column.header)}: {violation.message}{hint}"
            yield HeaderFault(None, reason.replace(" for this column", ""))
