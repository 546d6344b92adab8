"""The verbs of the command line: their arguments, and what each calls."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from postscan import __version__
from postscan.cli.bounding import bounding, chosen_bounds
from postscan.cli.counting import chosen_counting, chosen_posts, counting, select_posts, selecting
from postscan.cli.messages import as_text, nearest_verb, remark, standard_output
from postscan.cli.scaling import scaling
from postscan.cli.upkeep import clean, rerun, verify
from postscan.compiled import is_compiled
from postscan.model import Post, PostscanError, Problem, Skipped

OUTPUT = "postscan-report"
CONDITIONS = (
    "tag", "suspicious_tag", "handle", "link", "written_link", "domain", "emoji", "account", "source", "poster",
    "platform", "language", "rule", "period", "group",
)  # fmt: skip
"""What `posts` can ask for: the arguments of `Corpus.evidence` that are keys, and the period and group of a row."""
_ONCE = ("period", "group")
BIDI = ("auto", "logical", "isolate", "visual")


class _Verbs(click.Group):
    """`scan` where the first argument is no verb: `postscan corpus/` is `postscan scan corpus/`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args:
            args = ["--help"]
        elif args[0] not in (*self.commands, "--help", "-h", "--version"):
            args = ["scan", *args]
        return super().parse_args(ctx, args)


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


_VERSION = f"{__version__} ({'compiled' if is_compiled() else 'pure Python'})"


@click.group(cls=_Verbs, context_settings=_CONTEXT)
@click.version_option(_VERSION, message="postscan %(version)s")
def verbs() -> None:
    """What folders of social-media posts say, whom they credit, and in which languages.

    \b
    postscan corpus/                           a page, charts and tables in postscan-report/
    postscan posts.jsonl --jsonl out.jsonl     one JSON record a post
    postscan posts postscan-report tag=kabul   the posts behind a figure

    Without a verb, `scan` is meant: its options are under `postscan scan --help`.
    A path that is named like a verb is written ./report.
    """


def _counting(command: Any) -> Any:
    """The options that change what is counted and drawn, and never scan anything again."""
    command = counting(command)
    for option in (
        click.option("--bidi", type=click.Choice(BIDI), default="auto", show_default=True,
                     help="Right-to-left text on the terminal; `visual` for terminals that do not order it."),
        click.option("--chart-format", "chart_formats", multiple=True, type=click.Choice(["png", "svg", "pdf"]),
                     default=("png", "svg", "pdf"), show_default=True, help="May be given several times."),
        click.option("--top", type=click.IntRange(1), default=15, show_default=True, metavar="N",
                     help="Bars in a chart and rows on the terminal."),
    ):  # fmt: skip
        command = option(command)
    return click.option("--debug", is_flag=True, help="Show the traceback of an error.")(command)


@verbs.command(short_help="Read and scan files and folders: what `postscan PATHS` does.")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
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
@click.option(
    "--input-tz", metavar="ZONE", help="The zone of times in the input that have none, e.g. Asia/Kabul or +04:30."
)
@bounding
@click.option("--detect", metavar="CODES", help="Languages that may be chosen, e.g. ar,en; what fits none is und.")
@click.option(
    "--language-engine",
    type=click.Choice(["profiles", "langdetect"]),
    default="profiles",
    show_default=True,
    help="langdetect: the package's own detector, slow, to reproduce its answers.",
)
@scaling
@_counting
def scan(
    paths: tuple[str, ...],
    output: Path | None,
    jsonl: str | None,
    input_format: str | None,
    columns: tuple[str, ...],
    encoding: str | None,
    input_tz: str | None,
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

    All options of `postscan report` work here too: which posts count, how they are counted, charts and page.
    """
    from postscan.cli.scanning import kept_input, scan_and_report, write_records

    reading = {
        "encoding": encoding, "columns": _columns(columns), "input_format": input_format, "input_tz": input_tz,
        **chosen_bounds(),
    }  # fmt: skip
    scanning = {"detect": _languages(detect), "language_engine": language_engine}
    _check_verb(paths)
    everything = {**reading, **scanning}
    wanted: dict[str, Any] = {
        "top": top, "chart_formats": chart_formats, "bidi": bidi, "chosen": chosen_posts(),
        "counting": chosen_counting(),
    }  # fmt: skip
    if not jsonl:
        return scan_and_report(paths, output or Path(OUTPUT), everything, **wanted)
    if not output:
        return write_records(paths, jsonl, reading, scanning, alone=True)
    with kept_input(paths) as rewind:
        code = write_records(paths, jsonl, reading, scanning, alone=False)
        rewind()
        return max(code, scan_and_report(paths, output, everything, **wanted, summary=jsonl != "-"))


def _check_verb(paths: Sequence[str]) -> None:
    """Raise UsageError for a misspelt verb, which is taken for a path."""
    if near := nearest_verb(paths[0], list(verbs.commands)):
        raise click.UsageError(f"there is no verb and no file {paths[0]!r}; did you mean `postscan {near}`")


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


_FOLDER = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")


@verbs.command(short_help="Page, charts and tables of a finished output folder again.")
@_FOLDER
@_counting
def report(folder: Path, top: int, chart_formats: tuple[str, ...], bidi: str, debug: bool) -> int:  # noqa: ARG001
    """Make page, charts and tables of a finished output folder DIR again, without scanning.

    \b
    postscan report postscan-report --top 30 --chart-format pdf
    postscan report postscan-report --since 2021-08-01 --by day --tz Asia/Kabul --reposts without
    """
    from postscan.charts import check_matplotlib
    from postscan.cli.scanning import report_and_print
    from postscan.corpus import load
    from postscan.store import join_shards

    check_matplotlib()
    chosen = chosen_posts()
    if missing := join_shards(folder):
        remark(f"{folder}: shards are missing ({', '.join(missing)}); the report is of the others")
    with load(folder) as corpus:
        return report_and_print(
            select_posts(corpus, chosen), folder, top=top, chart_formats=chart_formats, bidi=bidi,
            counting=chosen_counting(),
        )  # fmt: skip


@verbs.command(short_help="The posts behind a figure.")
@_FOLDER
@click.argument("conditions", nargs=-1, required=True, metavar="NAME=VALUE...")
@selecting
@click.option(
    "--format", "output_format", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True
)
@click.option("--bidi", type=click.Choice(BIDI), default="auto", show_default=True)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def posts(
    folder: Path,
    conditions: tuple[str, ...],
    output_format: str,
    bidi: str,
    debug: bool,  # noqa: ARG001
) -> int:
    """The posts behind a figure of DIR: where each use stands and the words around it.

    \b
    postscan posts postscan-report tag=kabul period=2021-08
    postscan posts postscan-report source=reuters language=ar --format csv

    Names are tag, handle, link, domain, emoji, account, source, poster, platform, language, rule, suspicious_tag,
    written_link, period (2021, 2021-08, 2021-W32, 2021-08-06, 2021-08-06T14) and group. A post has all of what is
    named; of one name that is given twice it has either.
    """
    from postscan.corpus import load
    from postscan.report import csv_bytes
    from postscan.terminal import make_console, print_evidence

    wanted = _conditions(conditions)
    chosen = chosen_posts()
    with load(folder) as corpus:
        found = select_posts(corpus, chosen).evidence(**wanted, **chosen_counting())
        with standard_output():
            if output_format == "csv":
                sys.stdout.buffer.write(csv_bytes(found, mark=False))
            elif output_format == "jsonl":
                lines = found.to_json(orient="records", lines=True, force_ascii=False) if len(found) else ""
                sys.stdout.buffer.write(lines.encode())
            else:
                print_evidence(found, make_console(), bidi=bidi)
    return 0


def _conditions(pairs: Sequence[str]) -> dict[str, Any]:
    """The arguments of `Corpus.evidence` that NAME=VALUE pairs are; a name that is given twice has two values."""
    wanted: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = as_text(pair).partition("=")
        if not (equals and value and name in CONDITIONS):
            near = difflib.get_close_matches(name, CONDITIONS, n=1)
            hint = f"did you mean {near[0]}=?" if near else f"names are {', '.join(CONDITIONS)}"
            raise click.BadParameter(
                f"{pair!r}: write NAME=VALUE, for example tag=kabul; {hint}", param_hint="NAME=VALUE"
            )
        if name in _ONCE and name in wanted:
            raise click.BadParameter(f"{pair!r}: {name} can be named once", param_hint="NAME=VALUE")
        wanted[name] = value if name in _ONCE else [*wanted.get(name, ()), value]
    return wanted


@verbs.command(short_help="One post, annotated, with the rules that decided.")
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
            with standard_output():
                print_scan(scan_one(item), make_console(), bidi=bidi)
            return 0
    raise PostscanError(f"{path}: has no record {record}; records are numbered from 0")


@verbs.command(short_help="Ask the tables in SQL; the answer is CSV.")
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
        answer = csv_bytes(corpus.sql(as_text(query)).df(), mark=False)
        with standard_output():
            sys.stdout.buffer.write(answer)
    return 0


@verbs.command(short_help="The example corpus, a tour of it and exercises, written to a folder.")
@_FOLDER
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def example(folder: Path, debug: bool) -> int:  # noqa: ARG001
    """Write the example corpus, a notebook that tours it, and exercises with their answers to DIR, new or empty."""
    from postscan.example import next_steps, write_example
    from postscan.terminal import clean, make_console

    written = write_example(folder)
    with standard_output():
        console = make_console()
        for line in (f"{len(written):,} files in {folder}", *next_steps(folder).splitlines()):
            console.print(clean(line), soft_wrap=True)
    return 0


for command in (verify, clean, rerun):
    verbs.add_command(command)

# What is said under `report --help` is not said twice, so that each help fits a screen.
_SAID = {parameter.name for parameter in report.params} - {"top", "chart_formats", "bidi", "debug"}
for parameter in scan.params:
    if isinstance(parameter, click.Option) and parameter.name in _SAID:
        parameter.hidden = True
