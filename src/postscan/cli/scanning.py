"""The main job: records to a file or a pipe, or a run with its page, charts, tables and summary."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from postscan.cli.counting import select_posts
from postscan.cli.messages import FULL, StoppedError, remark, standard_output
from postscan.cli.scaling import chosen_engine, chosen_slices
from postscan.model import Post, PostscanError, Problem, Skipped
from postscan.progress import Progress, show_progress
from postscan.terminal.text import several

if TYPE_CHECKING:
    from postscan.corpus import Corpus
    from postscan.reading import InputFile, Notes

MOST_PROBLEMS = 20
"""Of problems that are listed one by one."""


class _Items:
    """The posts of the inputs, one after the other; beside them what is none is counted, and progress shown."""

    def __init__(self, inputs: Sequence[InputFile | Skipped | Problem], options: dict[str, Any], notes: Notes) -> None:
        self.problems = 0
        self.messages: list[str] = []
        self.skipped: Counter[tuple[str, str]] = Counter()
        self._inputs, self._options, self._notes = inputs, options, notes

    def posts(self, progress: Progress) -> Iterator[Post]:
        """The posts, in input order."""
        from postscan.reading import InputFile, read_input

        done, kept, total = 0, 0, sum(item.size for item in self._inputs if isinstance(item, InputFile))

        def report(size: int) -> None:
            nonlocal done
            done += size
            if total:
                progress(min(done, total), total, kept)

        for item in read_input(self._inputs, **self._options, notes=self._notes, report=report):
            if isinstance(item, Post):
                kept += 1
                yield item
            else:
                self._take(item)

    def _take(self, item: Problem | Skipped) -> None:
        if isinstance(item, Skipped):
            self.skipped[ending(item.path), item.reason] += 1
            return
        self.problems += 1
        if len(self.messages) < MOST_PROBLEMS:
            self.messages.append(item.message)


def write_records(
    paths: Sequence[str], target: str, reading: dict[str, Any], scanning: dict[str, Any], *, alone: bool
) -> int:
    """Records of all posts, in input order. The exit code.

    What is no post is listed on standard error, where records are all that is made (`alone`).
    """
    from postscan.pipeline import scan_many
    from postscan.reading import Notes, check_options, find_inputs
    from postscan.tables import record_line

    check_options(**reading)
    inputs = find_inputs(paths)
    _check_target(target, inputs)
    notes = Notes()
    items = _Items(inputs, reading, notes)
    count = 0
    with _output(target) as stream, show_progress() as progress:
        try:
            for one in scan_many(items.posts(progress), **scanning, notes=notes):
                stream.write(record_line(one))
                count += 1
        except (StoppedError, KeyboardInterrupt) as stop:
            stop.add_note(f"{'standard output' if target == '-' else target} has the first {several(count, 'record')}")
            raise
    if alone:
        for sentence in notes.sentences():
            remark(sentence)
        list_problems(items.messages, items.problems, "fix the first ones, or see them all with -o DIR")
    if not count and alone:
        remark(nothing_read(paths, items.skipped, items.problems))
    elif target != "-":
        left = f"{items.skipped.total():,} skipped, {several(items.problems, 'problem')}"
        remark(f"{several(count, 'record')} in {target}; {left}")
    return 1 if items.problems or not count else 0


def _check_target(target: str, inputs: Sequence[InputFile | Skipped | Problem]) -> None:
    """Raise PostscanError where the records would overwrite an input."""
    from postscan.reading import InputFile

    if target == "-" or not (place := Path(target)).exists():
        return
    for item in inputs:
        with contextlib.suppress(OSError):
            if isinstance(item, InputFile) and item.disk != "-" and place.samefile(item.disk):
                raise PostscanError(f"{target}: is one of the inputs and would be overwritten; name another file")


@contextlib.contextmanager
def _output(target: str) -> Iterator[BinaryIO]:
    """The file, or standard output, to write bytes to; an error of writing names it."""
    if target == "-":
        with standard_output():
            yield sys.stdout.buffer
        return
    try:
        with Path(target).open("wb") as stream:
            yield stream
    except OSError as error:
        advice = "free some space or name another file" if error.errno in FULL else "name another file"
        raise PostscanError(f"{target}: cannot be written ({error.strerror or error}); {advice}") from None


@contextlib.contextmanager
def kept_input(paths: Sequence[str]) -> Iterator[Callable[[], object]]:
    """Standard input, where it is named, kept in a temporary file; call what is given to read it a second time."""
    if "-" not in paths or sys.stdin is None:
        yield lambda: None
        return
    given = sys.stdin
    with tempfile.TemporaryFile() as spool:
        shutil.copyfileobj(given.buffer, spool)
        sys.stdin = io.TextIOWrapper(spool)
        sys.stdin.seek(0)
        try:
            yield lambda: sys.stdin.seek(0)
        finally:
            sys.stdin.detach()
            sys.stdin = given


def scan_and_report(
    paths: Sequence[str],
    output: Path,
    options: dict[str, Any],
    *,
    chosen: dict[str, Any],
    counting: dict[str, Any],
    top: int,
    chart_formats: Sequence[str],
    bidi: str,
    summary: bool = True,
) -> int:
    """A run, its report and, unless standard output is for something else, its summary. The exit code.

    Of a shard the data alone.

    The report is made of the posts that are `chosen` (arguments of `Corpus.select`), counted in a way (`counting`).
    """
    from postscan.charts import check_matplotlib
    from postscan.corpus import load
    from postscan.store import write_run

    slices = chosen_slices()
    if "shard" not in slices:
        check_matplotlib()
    with show_progress() as progress, chosen_engine() as engine:
        run = write_run(paths, output, **options, **slices, progress=progress, scan_slices=engine)
    if "shard" in slices:
        return _say_shard(output, run)
    with load(output) as corpus:
        return report_and_print(
            select_posts(corpus, chosen), output, top=top, chart_formats=chart_formats, bidi=bidi, counting=counting,
            summary=summary,
        )  # fmt: skip


def _say_shard(output: Path, run: dict[str, Any]) -> int:
    """What a shard did, and how it goes on; 1 where there were problems."""
    from postscan.store import read_run

    number, of = run["shard"]
    whole = read_run(output)[0]
    missing = whole.get("missing", [])
    rest = f"still missing: {', '.join(missing)}" if missing else f"all are there; join them: postscan report {output}"
    done = f"{several(len(run['commits']), 'slice')} of {run['slices']:,} committed in {output}"
    remark(f"shard {number}/{of}: {done}; {rest}")
    return 1 if whole["counts"]["problems"] else 0


def report_and_print(
    corpus: Corpus,
    output: Path,
    *,
    top: int,
    chart_formats: Sequence[str],
    bidi: str,
    counting: dict[str, Any],
    summary: bool = True,
) -> int:
    """Write the page, charts and tables, and print the summary; 1 where there are problems or no posts."""
    from postscan.report import write_report
    from postscan.terminal import make_console, print_summary

    counts = corpus.run["counts"]
    messages = corpus.table("problems", limit=MOST_PROBLEMS)["message"].tolist()
    if not counts["kept"]:
        list_problems(messages, counts["problems"], f'see them all with: postscan sql {output} "FROM problems"')
        tally = corpus.sql("SELECT path, reason, count(*) FROM skipped GROUP BY ALL ORDER BY ALL").fetchall()
        skipped: Counter[tuple[str, str]] = Counter()
        for path, reason, count in tally:
            skipped[ending(path), reason] += count
        remark(nothing_read(corpus.run["arguments"], skipped, counts["problems"]))
        return 1
    list_problems(messages, counts["problems"], f"more are in {output / 'tables' / 'problems.csv'}")
    counting = dict(counting)
    posts = not counting.pop("no_posts", False)
    write_report(corpus, output, top=top, chart_formats=chart_formats, posts=posts, counting=counting)
    if not summary:
        remark(f"{several(counts['kept'], 'post')}; the page is {output / 'report.html'}")
        return 1 if counts["problems"] else 0
    with standard_output():
        print_summary(corpus, make_console(), bidi=bidi, top=top, report=output, counting=counting)
    return 1 if counts["problems"] else 0


def list_problems(messages: Sequence[str], count: int, advice: str) -> None:
    """The first problems, each of which names its place, and how many more there are."""
    for message in messages:
        remark(message)
    if count > len(messages):
        remark(f"and {count - len(messages):,} more problems; {advice}")


def ending(path: str) -> str:
    """By what a skipped file is counted."""
    return "input" if path == "-" else Path(path).suffix.lower() or "without ending"


def nothing_read(paths: Sequence[str], skipped: Counter[tuple[str, str]], problems: int) -> str:
    """What was there instead of posts, by ending."""
    from postscan.reading import FAMILIES
    from postscan.reading.inputs import shown_path

    there = [f"{count:,} {what} ({reason})" for (what, reason), count in _most_first(skipped)]
    there = [*there[:8], f"{len(there) - 8:,} other kinds"] if len(there) > 9 else there
    if problems:
        there.append(f"{several(problems, 'problem')} (see above)")
    found = ", ".join(there) or "nothing"
    advice = f"; postscan reads {', '.join(FAMILIES)}, also gzipped" if skipped else ""
    return f"no posts in {', '.join(map(shown_path, paths))}: found {found}{advice}"


def _most_first(counts: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
