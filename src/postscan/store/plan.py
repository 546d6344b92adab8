"""What a run will do, in a sentence, before it does it: how much it re-uses, how much it scans, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from postscan.store.packs import Plan
from postscan.store.slices import Slice, versions

_MOST_NAMES = 3


def say_plan(plan: Plan, waiting: Sequence[Slice], before: Mapping[str, Any] | None, *, chosen: int) -> str:
    """The sentence for a plan, of whose `chosen` slices some wait; `before` is what `run.json` said so far, or None."""
    files = f"{_number(len(plan.inputs), 'file')} ({_size(sum(entry['bytes'] for entry in plan.inputs))})"
    if chosen < len(plan.slices):
        files = f"{_number(chosen, 'slice')} of {len(plan.slices):,}, of {files}"
    reasons = list(differences(before, plan.inputs, plan.slices[0].options, plan.slice_size)) if before else []
    if not waiting:
        which = "an earlier run" if before is None or reasons else "the last run"
        return f"nothing is scanned again: {files}, the input and the options of {which}"
    amount = files
    if len(waiting) < chosen:
        share = f"{_number(len(waiting), 'slice')} ({_size(sum(part.size for part in waiting))})"
        amount = f"{share} of {chosen:,}, and re-uses {chosen - len(waiting):,}"
    if before is None:
        unfinished = (
            "an earlier run was not finished" if len(waiting) < chosen else "no finished run is there to re-use"
        )
        return f"scans {amount}: {unfinished}"
    return f"scans {amount} again: {'; '.join(reasons) or 'files of the store are missing or damaged'}"


def differences(
    before: Mapping[str, Any], inputs: Sequence[Mapping[str, Any]], options: Mapping[str, Any], slice_size: int
) -> Iterator[str]:
    """What differs from the run before, a phrase each: files, options, the rules, and the packages that matter."""
    old = {entry["path"]: entry["digest"] for entry in before["inputs"]}
    new = {entry["path"]: entry["digest"] for entry in inputs}
    yield from _named([path for path in new if path not in old], "is new", "are new")
    yield from _named([path for path in new if old.get(path, new[path]) != new[path]], "has changed", "have changed")
    beside = {(entry["path"], entry["digest"]): entry.get("beside") for entry in before["inputs"]}
    known = [(entry, (entry["path"], entry["digest"])) for entry in inputs]
    yield from _named(
        [entry["path"] for entry, key in known if key in beside and beside[key] != entry.get("beside")],
        "is read with a file that has changed",
        "are read with files that have changed",
    )
    yield from _named([path for path in old if path not in new], "is gone", "are gone")
    for name, value in options.items():
        if before["options"].get(name) != value:
            yield f"the option {name} was {_value(before['options'].get(name))} and is {_value(value)}"
    if before["slice_size"] != slice_size:
        yield f"the slice size was {before['slice_size']:,} and is {slice_size:,} bytes"
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
