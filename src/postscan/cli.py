"""The command line: arguments in, messages out. Only this module prints and exits.

Exit codes: 0; 1 when there are problems or nothing could be read (the rest is done, each is listed); 2 for a wrong
call, among them an output folder that holds another input's run; 130 after Ctrl-C.
"""

from __future__ import annotations

import difflib
import errno
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from postscan.model import Post, PostscanError, Problem, Skipped

if TYPE_CHECKING:
    from postscan.corpus import Corpus

OUTPUT = "postscan-report"
CONDITIONS = (
    *("tag", "handle", "link", "domain", "emoji", "account", "source", "poster", "platform", "language", "rule"),
)
"""What `posts` can ask for: the arguments of `Corpus.evidence` that are keys."""
MOST_PROBLEMS = 20
BIDI = ("auto", "logical", "isolate", "visual")


class _Verbs(click.Group):
    """`scan` where the first argument is no verb: `postscan corpus/` is `postscan scan corpus/`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h", "--version"):
            args = ["scan", *args]
        return super().parse_args(ctx, args)


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(cls=_Verbs, context_settings=_CONTEXT, no_args_is_help=True)
@click.version_option(package_name="postscan", message="postscan %(version)s")
def verbs() -> None:
    """What folders of social-media posts say, whom they credit, and in which languages.

    \b
    postscan corpus/                      scan a folder; the page, charts and tables go to postscan-report/
    postscan posts.jsonl --jsonl out.jsonl       one JSON record a post
    postscan posts postscan-report tag=kabul     the posts behind a figure

    Without a verb, `scan` is meant: its options are under `postscan scan --help`. A path that is named like a verb is
    written ./report.
    """


def _counting(command: Any) -> Any:
    """The options that change what is counted and drawn, and never scan anything again."""
    for option in (
        click.option("--bidi", type=click.Choice(BIDI), default="auto", show_default=True,
                     help="Right-to-left text on the terminal; `visual` for terminals that do not order it."),
        click.option("--chart-format", "chart_formats", multiple=True, type=click.Choice(["png", "svg", "pdf"]),
                     default=("png", "svg"), show_default=True, help="May be given several times."),
        click.option("--top", type=click.IntRange(1), default=15, show_default=True, metavar="N",
                     help="Bars in a chart and rows on the terminal."),
    ):  # fmt: skip
        command = option(command)
    return click.option("--debug", is_flag=True, help="Show the traceback of an error.")(command)


@verbs.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=f"Where the page, charts, tables and store go.  [default: {OUTPUT}]",
)
@click.option(
    "--jsonl",
    metavar="FILE",
    help="Write one JSON record a post; - is standard output. Nothing else is written unless -o is given.",
)
@click.option("--format", "input_format", metavar="NAME", help="Read every file as this format instead of looking.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Take a field of the post from this column, e.g. text=message.",
)
@click.option("--encoding", metavar="NAME", help="Read text in this encoding instead of finding it out.")
@click.option("--detect", metavar="CODES", help="Languages that may be chosen, e.g. ar,en; what fits none is und.")
@click.option(
    "--language-engine",
    type=click.Choice(["profiles", "langdetect"]),
    default="profiles",
    show_default=True,
    help="langdetect: the package's own detector, slow, to reproduce its answers.",
)
@_counting
def scan(
    paths: tuple[str, ...],
    output: Path | None,
    jsonl: str | None,
    input_format: str | None,
    columns: tuple[str, ...],
    encoding: str | None,
    detect: str | None,
    language_engine: str,
    top: int,
    chart_formats: tuple[str, ...],
    bidi: str,
    debug: bool,  # noqa: ARG001  (read from the arguments by main)
) -> int:
    """Read and scan PATHS: files, folders, globs, or - for standard input.

    \b
    postscan corpus/
    postscan export.csv --column text=message -o out
    postscan a.txt b.jsonl.gz --jsonl -
    """
    reading = {"encoding": encoding, "columns": _columns(columns), "input_format": input_format}
    scanning = {"detect": _languages(detect), "language_engine": language_engine}
    _check_paths(paths)
    code = 0
    if jsonl:
        code = _write_records(paths, jsonl, reading, scanning)
    if output or not jsonl:
        options = {**reading, **scanning}
        code = max(code, _scan_and_report(paths, output or Path(OUTPUT), options, top, chart_formats, bidi))
    return code


def _languages(codes: str | None) -> tuple[str, ...] | None:
    from postscan.languages import check_detect

    return check_detect([code.strip() for code in codes.split(",")]) if codes else None


def _columns(pairs: Sequence[str]) -> dict[str, str] | None:
    columns = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if not (field and equals and name):
            raise click.BadParameter(f"{pair!r}: write FIELD=NAME, for example text=message", param_hint="--column")
        columns[field] = name
    return columns or None


def _check_paths(paths: Sequence[str]) -> None:
    """A misspelt verb is taken for a path; say so where that is likely."""
    first = paths[0]
    if len(paths) > 1 and not Path(first).exists():
        near = difflib.get_close_matches(first, verbs.commands, n=1, cutoff=0.7)
        if near and "/" not in first and "." not in first:
            raise click.UsageError(f"there is no verb and no file {first!r}; did you mean `postscan {near[0]}`?")


def _write_records(paths: Sequence[str], target: str, reading: dict[str, Any], scanning: dict[str, Any]) -> int:
    """Records of all posts, in input order; what is no post is listed on standard error."""
    from postscan.pipeline import scan_many
    from postscan.reading import Notes, read
    from postscan.tables import record_line

    notes = Notes()
    problems: list[Problem] = []
    skipped: list[Skipped] = []

    def posts() -> Iterator[Post]:
        for item in read(paths, **reading, notes=notes):
            if isinstance(item, Post):
                yield item
            elif isinstance(item, Problem):
                problems.append(item)
            else:
                skipped.append(item)

    count = 0
    with _binary_output(target) as stream:
        for one in scan_many(posts(), **scanning):
            stream.write(record_line(one))
            count += 1
    for sentence in notes.sentences():
        _remark(sentence)
    _list_problems([problem.message for problem in problems])
    if not count:
        _remark(_nothing_read(paths, skipped, bool(problems)))
    elif target != "-":
        _remark(f"{count:,} records in {target}; {len(skipped):,} skipped, {len(problems):,} problems")
    return 1 if problems or not count else 0


@contextmanager
def _binary_output(target: str) -> Iterator[Any]:
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        stream = Path(target).open("wb")  # noqa: SIM115  (closed below; the message is about opening alone)
    except OSError as error:
        raise PostscanError(f"{target}: cannot be written ({error.strerror}); name another file") from None
    with stream:
        yield stream


def _nothing_read(paths: Sequence[str], skipped: Sequence[Skipped], problems: bool) -> str:
    """What was there instead of posts, by ending."""
    from postscan.reading import FAMILIES

    endings = Counter(Path(item.path).suffix.lower() or "no ending" for item in skipped)
    reasons = Counter(item.reason for item in skipped)
    there = ", ".join(f"{n:,} {ending}" for ending, n in _most_first(endings))
    why = "; ".join(reason for reason, _ in _most_first(reasons)[:3])
    found = f"there was {there} ({why})" if there else "see above" if problems else "there was nothing"
    readable = ", ".join(FAMILIES)
    return f"no posts in {', '.join(paths)}: {found}; postscan reads {readable}, also gzipped"


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _list_problems(messages: Sequence[str]) -> None:
    """The first problems, each of which names its place; the table has them all."""
    from postscan.terminal import clean

    for message in messages[:MOST_PROBLEMS]:
        _remark(clean(message))
    if len(messages) > MOST_PROBLEMS:
        _remark(f"and {len(messages) - MOST_PROBLEMS:,} more problems; tables/problems.csv has them all")


def _scan_and_report(
    paths: Sequence[str], output: Path, options: dict[str, Any], top: int, chart_formats: Sequence[str], bidi: str
) -> int:
    from postscan.corpus import scan_all
    from postscan.terminal import show_progress

    began = False

    with show_progress() as show:

        def progress(done: int, total: int) -> None:
            nonlocal began
            began = True
            show(done, total)

        corpus = scan_all(paths, out=output, progress=progress, **options)
    with corpus:
        if not began:
            _remark(f"{output}: the input and the options are those of the last run; nothing was scanned again")
        return _report(corpus, output, top, chart_formats, bidi)


def _report(corpus: Corpus, output: Path, top: int, chart_formats: Sequence[str], bidi: str) -> int:
    """Write the page, charts and tables, and print the summary; 1 where there are problems or no posts."""
    from postscan.report import write_report
    from postscan.terminal import make_console, print_summary

    problems = corpus.problems
    _list_problems(problems["message"].tolist())
    if not corpus.run["counts"]["kept"]:
        pairs = corpus.skipped[["path", "reason"]].itertuples(index=False, name=None)
        skipped = [Skipped(path, None, reason) for path, reason in pairs]
        _remark(_nothing_read(corpus.run["arguments"], skipped, not problems.empty))
        return 1
    write_report(corpus, output, top=top, chart_formats=chart_formats)
    print_summary(corpus, make_console(), bidi=bidi, top=top, report=output)
    return 0 if problems.empty else 1


_FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")


@verbs.command()
@_FOLDER
@_counting
def report(folder: Path, top: int, chart_formats: tuple[str, ...], bidi: str, debug: bool) -> int:  # noqa: ARG001
    """Make page, charts and tables of a finished output folder DIR again, without scanning.

    \b
    postscan report postscan-report --top 30 --chart-format pdf
    """
    from postscan.corpus import load

    with load(folder) as corpus:
        return _report(corpus, folder, top, chart_formats, bidi)


@verbs.command()
@_FOLDER
@click.argument("conditions", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option(
    "--count",
    type=click.Choice(["own", "embedded", "all", "other"]),
    default=None,
    help="Which uses: as in the table whose figure is followed.",
)
@click.option(
    "--format", "output_format", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True
)
@click.option("--bidi", type=click.Choice(BIDI), default="auto", show_default=True)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def posts(
    folder: Path,
    conditions: tuple[str, ...],
    count: str | None,
    output_format: str,
    bidi: str,
    debug: bool,  # noqa: ARG001
) -> int:
    """The posts behind a figure of DIR: where each use stands and the words around it.

    \b
    postscan posts postscan-report tag=kabul
    postscan posts postscan-report source=reuters language=ar --format csv
    """
    from postscan.corpus import load
    from postscan.report import csv_bytes
    from postscan.terminal import make_console, print_evidence

    wanted = dict(_condition(pair) for pair in conditions)
    with load(folder) as corpus:
        try:
            found = corpus.evidence(**wanted, count=count)
        except TypeError as error:
            raise click.BadParameter(str(error).rpartition(") ")[2], param_hint="NAME=VALUE") from None
        if output_format == "csv":
            sys.stdout.buffer.write(csv_bytes(found, mark=False))
        elif output_format == "jsonl":
            sys.stdout.buffer.write(found.to_json(orient="records", lines=True, force_ascii=False).encode())
        else:
            print_evidence(found, make_console(), bidi=bidi)
    return 0


def _condition(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not (equals and value and name in CONDITIONS):
        near = difflib.get_close_matches(name, CONDITIONS, n=1)
        hint = f"did you mean {near[0]}=?" if near else f"names are {', '.join(CONDITIONS)}"
        raise click.BadParameter(f"{pair!r}: write NAME=VALUE, for example tag=kabul; {hint}", param_hint="NAME=VALUE")
    return name, value


@verbs.command()
@click.argument("place", metavar="PATH[#RECORD]")
@click.option("--encoding", metavar="NAME", help="Read text in this encoding instead of finding it out.")
@click.option("--bidi", type=click.Choice(BIDI), default="auto", show_default=True)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def show(place: str, encoding: str | None, bidi: str, debug: bool) -> int:  # noqa: ARG001
    """One post with its blocks, entities, languages and sources, and the rules that decided.

    \b
    postscan show corpus/reports/port-talks.txt
    postscan show corpus/x-posts.jsonl#3
    """
    from postscan.pipeline import scan as scan_one
    from postscan.reading import read
    from postscan.terminal import make_console, print_scan

    path, mark, number = place.rpartition("#")
    path, record = (path, int(number)) if mark and number.isdigit() and not Path(place).exists() else (place, None)
    for item in read(path, encoding=encoding):
        if isinstance(item, Problem) and record in (None, item.record):
            raise PostscanError(item.message)
        if isinstance(item, Skipped) and record in (None, item.record):
            raise PostscanError(f"{path}: is no post: {item.reason}")
        if isinstance(item, Post) and record in (None, item.record):
            print_scan(scan_one(item), make_console(), bidi=bidi)
            return 0
    raise PostscanError(f"{path}: has no record {record}; records are numbered from 0")


@verbs.command()
@_FOLDER
@click.argument("query", metavar='"SELECT ..."')
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def sql(folder: Path, query: str, debug: bool) -> int:  # noqa: ARG001
    """Ask the tables of DIR in SQL (DuckDB's); the answer is CSV.

    \b
    postscan sql postscan-report "SELECT kind, count(*) FROM blocks GROUP BY kind ORDER BY 2 DESC"
    """
    from postscan.corpus import load
    from postscan.report import csv_bytes

    with load(folder) as corpus:
        sys.stdout.buffer.write(csv_bytes(corpus.sql(query).df(), mark=False))
    return 0


@verbs.command()
@_FOLDER
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def verify(folder: Path, debug: bool) -> int:  # noqa: ARG001
    """Read every file of DIR's store and compare it with its digest; 1 where one is missing or was changed."""
    from postscan.store import verify as verify_store

    faults = verify_store(folder)
    for fault in faults:
        _remark(fault)
    if not faults:
        click.echo(f"{folder}: the store is whole")
    return 1 if faults else 0


def _remark(message: str) -> None:
    """One line on standard error, whatever the console can show."""
    click.echo(f"postscan: {message}", err=True)


def _fail(message: str, code: int) -> NoReturn:
    _remark(message)
    sys.exit(code)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line; always ends with SystemExit."""
    arguments = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in arguments
    try:
        sys.exit(verbs.main(arguments, prog_name="postscan", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("stopped; what was committed stays, and the same command goes on", 130)
    except PostscanError as error:
        if debug:
            raise
        _fail(str(error), 2)
    except BrokenPipeError:  # the reader of the pipe has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if debug:
            raise
        where = f"{error.filename}: " if error.filename else ""
        advice = "free some space or choose another place with -o" if error.errno == errno.ENOSPC else "see --debug"
        _fail(f"{where}{error.strerror or error}; {advice}", 1)
    except Exception as error:
        if debug:
            raise
        _fail(f"an error of postscan's own: {type(error).__name__}: {error}; run again with --debug and report it", 1)
