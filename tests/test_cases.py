"""Every case file: what is wanted is found, and what holds for all texts holds for it."""

from __future__ import annotations

from typing import Any

import pytest

import postscan
from cases import Case, read_cases
from postscan.model import Scan

KIND = {"blocks": "kind", "embeds": "platform", "entities": "kind", "sources": "kind"}


def found_spans(scan: Scan, layer: str) -> list[tuple[Any, ...]]:
    spans = getattr(scan, layer)
    if layer == "languages":
        return [(f"{s.code} {s.script}", s.start, s.end) for s in spans]
    if layer == "blocks":
        return [(s.kind, s.start, s.end, s.story) for s in spans]
    return [(getattr(s, KIND[layer]), s.start, s.end) for s in spans]


def wanted_spans(case: Case, layer: str) -> list[tuple[Any, ...]]:
    spans: list[tuple[Any, ...]] = []
    for wanted in case.layers[layer]:
        if layer == "blocks":
            kind, _, story = wanted.kind.partition(" ")
            spans.append((kind, wanted.start, wanted.end, int(story or 0)))
        else:
            spans.append((wanted.kind, wanted.start, wanted.end))
    return spans


def field_of(span: object, key: str) -> object:
    if key == "body":
        start = getattr(span, "body_start")  # noqa: B009
        return None if start is None else (start, getattr(span, "body_end"))  # noqa: B009
    return getattr(span, key)


def check_invariants(scan: Scan) -> None:
    text, end = scan.post.text, 0
    for block in scan.blocks:
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        assert block.rule
        end = block.end
    assert not text[end:].strip()
    for layer in (scan.embeds, scan.entities, scan.languages, scan.sources):
        assert all(0 <= s.start < s.end <= len(text) for s in layer)
    assert sorted((e.start, e.end) for e in scan.embeds) == [(b.start, b.end) for b in scan.blocks if b.kind == "embed"]
    assert all(embed.rule for embed in scan.embeds)
    assert all(source.rule for source in scan.sources)
    assert scan == postscan.scan(text), "twice the same"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=c.name, marks=[pytest.mark.xfail(reason=c.xfail, strict=True)] if c.xfail else [])
        for c in read_cases()
    ],
)
def test_case_is_scanned_as_wanted(case: Case) -> None:
    scan = postscan.scan(case.text)
    check_invariants(scan)
    for layer, wanted in case.layers.items():
        found = found_spans(scan, layer)
        show = [(*span, case.text[span[1] : span[2]]) for span in found]
        assert found == wanted_spans(case, layer), f"{layer}: {show}"
        for want, span in zip(wanted, getattr(scan, layer), strict=True):
            got = {key: field_of(span, key) for key in want.fields}
            assert got == want.fields, want.line
    assert {key: getattr(scan, key) for key in case.post} == case.post
