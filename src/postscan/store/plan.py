"""What a run will do, in a sentence, before it does it: how much it re-uses, how much it scans, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from postscan.store.slices import Slice, versions

_MOST_NAMES = 3


def say_plan(part: Slice, before: Mapping[str, Any] | None, *, reused: bool) -> str:
    """The sentence for a slice that is there or is not, and what `run.json` said before (None: no finished run)."""
    size = sum(member.size for member in part.members)
    amount = f"{_number(len(part.members), 'file')} ({_size(size)})"
    reasons = list(_differences(part, before))
    if reused:
        which = "an earlier run" if before is None or reasons else "the last run"
        return f"nothing is scanned again: {amount}, the input and the options of {which}"
    if before is None:
        return f"scans {amount}: no finished run is there to re-use"
    return f"scans {amount} again: {'; '.join(reasons) or 'files of the store are missing or damaged'}"


def _differences(part: Slice, before: Mapping[str, Any] | None) -> Iterator[str]:
    """What differs from the run before, a phrase each."""
    if before is None:
        return
    old = {entry["path"]: entry["digest"] for entry in before["inputs"]}
    new = {member.path: member.digest for member in part.members}
    yield from _named([path for path in new if path not in old], "is new", "are new")
    yield from _named([path for path in new if old.get(path, new[path]) != new[path]], "has changed", "have changed")
    yield from _named([path for path in old if path not in new], "is gone", "are gone")
    for name, value in part.options.items():
        if before["options"].get(name) != value:
            yield f"the option {name} was {_value(before['options'].get(name))} and is {_value(value)}"
    changed = [name for name, value in versions().items() if before["versions"].get(name) != value]
    if changed:
        yield f"{', '.join('the rules' if name == 'code' else name for name in changed)} changed since"


def _named(paths: Sequence[str], one: str, many: str) -> Iterator[str]:
    if paths:
        more = ", ..." if len(paths) > _MOST_NAMES else ""
        names = ", ".join(paths[:_MOST_NAMES]) + more
        yield f"{names} {one}" if len(paths) == 1 else f"{_number(len(paths), 'file')} {many} ({names})"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={column}" for name, column in value.items())
    return "not given" if value is None else ",".join(value) if isinstance(value, list | tuple) else str(value)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _size(count: int) -> str:
    """Bytes in words.

    >>> _size(640), _size(65_816_146)
    ('1 kB', '65.8 MB')
    """
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
