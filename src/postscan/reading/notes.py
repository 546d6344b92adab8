"""What the reader of a summary should know about the reading itself: guesses made, values left out, signs mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_PATHS = 5
MOST_DETAILS = 200
"""Remarks of one kind; what comes after shares one detail, so that notes never grow with the corpus."""

SENTENCES = {
    "encoding": "{count} {files} not in UTF-8, read as {detail}, a guess ({paths}); --encoding NAME decides",
    "surrogate": "{count} broken characters (lone surrogates) read as U+FFFD ({paths})",
    "column": "{detail} not used in {count} {files} ({paths}); --column FIELD=NAME uses one",
    "created": "{count} dates left out, not ISO 8601, such as {example} ({paths}); write them as 2021-08-06T10:30:00Z",
    "count": '{count} values of "{detail}" left out, no whole numbers, such as {example} ({paths})',
    "cut": "posts that are cut in the export: {count} ({paths})",
    "mark-cut": "marks of cut posts that are not in the text that is left ({detail}): {count} ({paths})",
    "mark-lost": "marks that the text has not where the export says ({detail}): {count}, such as {example} ({paths})",
    "unfound": "{detail} that the platform marks and we do not find: {count}, such as {example} ({paths})",
    "unmarked": "{detail} that we find and the platform does not mark: {count}, such as {example} ({paths})",
    "behind": "links that stand behind words, and are not counted: {count}, such as {example} ({paths})",
    "alt": "posts with descriptions of pictures, which are not part of their text: {count} ({paths})",
    "mojibake": "strings that cannot be mended with the rest of their file: {count}, such as {example} ({paths})",
    "guess": "{paths}: {detail}; --column FIELD=NAME decides",
    "order": "dates such as {example} read with {detail}, which dates of the same file tell: {count} {files} ({paths})",
    "undated": "{count} dates left out, such as {example}: {detail} ({paths}); write them as 2021-08-06",
    "id": "{count} ids left out, cut by a spreadsheet, such as {example} ({paths}); export the column as text",
}
"""One sentence a kind; the kinds of a new family get theirs here."""
_OTHERS = "other fields not used ({paths}); --column FIELD=NAME uses one"
"""Of fields beyond the most remarks, whose files are no longer told apart."""
_REST = "\N{HORIZONTAL ELLIPSIS}"
MOST_NAMED = 10
"""Fields in one sentence; tables of monitoring services have dozens that nobody uses."""
ONCE_A_FILE = frozenset({"encoding", "column", "guess", "order"})
"""Kinds that count files, not records."""


@dataclass(slots=True)
class Remark:
    """How often something was noted, and the first places."""

    count: int = 0
    paths: list[str] = field(default_factory=list)
    """The first five paths, in input order."""
    example: str | None = None
    """The first value that it was noted for."""


@dataclass(slots=True)
class Notes:
    """What reading noted, by kind and detail; passed in, filled, and merged in input order.

    >>> notes = Notes()
    >>> notes.add("encoding", "cp1256", "a.txt")
    >>> notes.add("encoding", "cp1256", "b.txt")
    >>> notes.sentences()
    ['2 files not in UTF-8, read as cp1256, a guess (a.txt, b.txt); --encoding NAME decides']
    """

    remarks: dict[tuple[str, str], Remark] = field(default_factory=dict)

    def add(self, kind: str, detail: str, path: str, *, times: int = 1, example: str | None = None) -> None:
        """Note something about a file `times` more; `kind` is a key of `SENTENCES`."""
        self._take(kind, detail, times, [path], example)

    def merge(self, other: Notes) -> None:
        """Add what came later in input order."""
        for (kind, detail), remark in other.remarks.items():
            self._take(kind, detail, remark.count, remark.paths, remark.example)

    def sentences(self) -> list[str]:
        """One line a remark, for the summary; one for all fields that the same files have and that are not used."""
        unused: dict[tuple[int, str], list[str]] = {}
        found: list[tuple[str, str, Remark, list[str]]] = []
        for (kind, detail), remark in self.remarks.items():
            names = [detail]
            if kind == "column" and detail != _REST:
                files = remark.count, ", ".join(remark.paths)
                if files in unused:
                    unused[files].append(detail)
                    continue
                unused[files] = names
            found.append((kind, detail, remark, names))
        return [
            (_OTHERS if (kind, detail) == ("column", _REST) else SENTENCES[kind]).format(
                count=remark.count,
                files="file" if remark.count == 1 else "files",
                detail=_name_fields(names) if kind == "column" else detail,
                paths=", ".join(remark.paths),
                example=remark.example,
            )
            for kind, detail, remark, names in found
        ]

    def rows(self) -> list[dict[str, Any]]:
        """The remarks as JSON values; `from_rows` reads them back."""
        return [
            {"kind": kind, "detail": detail, "count": r.count, "paths": list(r.paths), "example": r.example}
            for (kind, detail), r in self.remarks.items()
        ]

    @classmethod
    def from_rows(cls, rows: Iterable[dict[str, Any]]) -> Notes:
        """The notes that `rows` wrote."""
        notes = cls()
        for row in rows:
            notes._take(row["kind"], row["detail"], row["count"], row["paths"], row["example"])
        return notes

    def _take(self, kind: str, detail: str, count: int, paths: Iterable[str], example: str | None) -> None:
        if (kind, detail) not in self.remarks and len(self.remarks) >= MOST_DETAILS:
            detail = _REST
        remark = self.remarks.setdefault((kind, detail), Remark())
        remark.count += count
        remark.example = remark.example if remark.example is not None else example
        for path in paths:
            if len(remark.paths) < MOST_PATHS and path not in remark.paths:
                remark.paths.append(path)


def _name_fields(names: list[str]) -> str:
    """The fields by name, the first ten of them."""
    shown = ", ".join(f'"{name}"' for name in names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{'field' if len(names) == 1 else 'fields'} {shown}{more}"
