"""How check and convert read tables: the options, and how the rows are shared among processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from recordlint.commands import _options
from recordlint.errors import InputError, UsageError

if TYPE_CHECKING:
    from recordlint.commands.check.progress import Progress
    from recordlint.commands.check.tally import Tally
    from recordlint.config.loading import Config
    from recordlint.tables.mapping import TableMapping
    from recordlint.tables.pages import TableJob, TablePage, TableTask
    from recordlint.tables.preparing import Source

OPTIONS: Final = (
    click.option(
        "--map",
        "map_file",
        metavar="FILE",
        shell_complete=_options.completing("files"),
        help="What the columns of a table are for, and how their cells are read.",
    ),
    click.option("--separator", metavar="TEXT", help="What stands between several values in a cell of a table."),
    click.option("--decimal-mark", type=click.Choice((".", ",")), help="The decimal mark of numbers in a table."),
    click.option(
        "--thousands-mark",
        type=click.Choice((".", ",", " ", "'", "_")),
        metavar="TEXT",
        help="What stands between thousands in numbers of a table: one of . , ' _ or a space.",
    ),
    click.option(
        "--date-order", type=click.Choice(("ymd", "dmy", "mdy")), help="The order of day and month in a table's dates."
    ),
    click.option(
        "--empty", type=click.Choice(("skip", "null")), help="What an empty cell of a table means.  [default: skip]"
    ),
    click.option(
        "--ignore-column",
        "ignore_columns",
        metavar="HEADER",
        multiple=True,
        help="Leave out this column of a table: its header, or its number if it has none. May be repeated.",
    ),
    click.option("--location", metavar="ID", help="The locationId of a table's records."),
    click.option("--encoding", metavar="NAME", help="The encoding of a CSV file.  [default: UTF-8]"),
    click.option("--delimiter", metavar="TEXT", help="What separates the cells of a CSV file: a character, or tab."),
    click.option("--sheet", metavar="NAME", help="The sheet of an XLSX file: its name, or its number from 1."),
)
"""How tables are read; a flag wins over a mapping."""


class TableFlags(NamedTuple):
    """The values of these options."""

    map_file: str | None
    separator: str | None
    decimal_mark: str | None
    thousands_mark: str | None
    date_order: str | None
    empty: str | None
    ignore_columns: tuple[str, ...]
    location: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None

    def mapping(self, path: str, config: Config, phone_region: str | None = None) -> TableMapping:
        """What is said of a table: by the flags, then by `--map`, or else by the configuration.

        Args:
            path: the file.
            config: has the entries.
            phone_region: the flag of that name.

        Raises:
            ConfigError: the mapping cannot be read, or is wrong.
            InputError: there is no such file.
            UsageError: a flag does not go with the mapping.
        """
        from recordlint.tables.mapping import TableMapping, parse_mapping, to_mapping

        entry: Mapping[str, Any] | None = config.table_for(path)
        mapping = TableMapping() if entry is None else to_mapping(entry)
        if self.map_file is not None:
            mapping = parse_mapping(self.map_file, _text_of(self.map_file))
        said: dict[str, Any] = {
            name: value
            for name in ("separator", "decimal_mark", "thousands_mark", "date_order", "empty")
            if (value := getattr(self, name)) is not None
        }
        if phone_region is not None:
            said["phone_region"] = phone_region
        if "date_order" in said:
            said["date_format"] = None
        # A flag is for the whole table: no column has the setting any more.
        columns = {
            header: each._replace(reading={key: value for key, value in each.reading.items() if key not in said})
            for header, each in mapping.columns.items()
        }
        mapping = mapping._replace(
            location=mapping.location if self.location is None else self.location,
            reading=mapping.reading._replace(**said),
            columns=columns,
            ignore=(*mapping.ignore, *self.ignore_columns),
        )
        if self.separator == "":
            raise UsageError("--separator is empty: write what stands between two values")
        for reading in (mapping.reading, *map(mapping.reading_for, columns)):
            if reading.decimal_mark is not None and reading.decimal_mark == reading.thousands_mark:
                raise UsageError(f"{reading.decimal_mark} cannot be both --decimal-mark and --thousands-mark")
        return mapping

    def source(self, path: str, name: str, longest: int) -> Source:
        """How the file is opened."""
        from recordlint.tables.preparing import Source

        return Source(path, name, self.delimiter, self.encoding, self.sheet, longest)


NO_FLAGS: Final = TableFlags(None, None, None, None, None, None, (), None, None, None, None)


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def _text_of(path: str) -> str:
    from recordlint.files.paths import reason

    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    except UnicodeError as error:
        raise InputError(f"{path}: not UTF-8, which TOML is") from error


def pages(
    source: Source,
    job: TableJob,
    jobs: int | None,
    room: Callable[[], int | None],
    say: Callable[[Sequence[str]], None],
) -> Iterator[TablePage]:
    """The rows of a table, checked, some at a time, in their order.

    Args:
        source: the table.
        job: how its rows are checked.
        jobs: how many processes check them; None for as many as are of use.
        room: how many violations may still be listed.
        say: is told how the file was read, when it has been read.

    Raises:
        InputError: the file cannot be read to its end, or has another header by now.
        InternalError: a worker process died or failed.
    """
    from recordlint.files.lines import changed
    from recordlint.tables.pages import TableChecker, TableTask
    from recordlint.tables.preparing import opened

    check = TableChecker(job)
    with ExitStack() as stack:
        file = stack.enter_context(opened(source))
        if file.layout != job.layout:
            raise changed(source.name)
        tasks = (TableTask(block, room()) for block in file.blocks())
        for task, page in _checked(stack, check, tasks, _count(jobs, file.size, bool(file.layout.delimiter))):
            allowed = room()
            if allowed is not None and page.counts.listed > allowed:
                # Rows before it have used up room that there was when the block was handed out.
                (page,) = check(task._replace(room=allowed))
            yield page
        file.verify()
        say(file.notes())


def tallied(checked: Iterable[TablePage], tally: Tally, progress: Progress) -> Iterator[TablePage]:
    """The same pages, each counted before it is handed out; progress is out of the way of what is printed of it."""
    for page in checked:
        if any(page.entries):
            progress.hide()
        tally.counts = tally.counts.plus(page.counts)
        tally.groups.add(page.groups)
        for fault in page.faults:
            tally.say_fault(fault)
        yield page
        progress.show(0, tally.counts, 0)


def _count(jobs: int | None, size: int | None, is_text: bool) -> int:
    """How many processes: XLSX and Parquet files are read by one, which takes most of the time."""
    from recordlint.commands.check.jobs import choose_jobs, count_cores

    if not is_text and jobs is None:
        return 1
    return choose_jobs(jobs, cores=count_cores(), size=size, is_packed=size is None, checked=0)


def _checked(
    stack: ExitStack, check: Any, tasks: Iterator[TableTask], count: int
) -> Iterator[tuple[TableTask, TablePage]]:
    if count > 1:
        from recordlint.rows.workers import workers

        yield from stack.enter_context(workers(check, count)).map(tasks)
        return
    for task in tasks:
        for page in check(task):
            yield task, page


def say_notes(path: str, notes: Sequence[str], *, said: set[str]) -> None:
    """Say on standard error how a file was read, each sentence once."""
    for note in notes:
        if note not in said:
            said.add(note)
            _options.say(f"{path}: {note}")
