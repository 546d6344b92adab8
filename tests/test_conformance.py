"""The conformance cases of twitter-text for extraction, where they lie beside the project: all, without exception."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from postscan.entities import find_spans


def read_section(shared: Path, name: str) -> list[dict[str, Any]]:
    text = (shared / "conformance" / "extract.yml").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = yaml.safe_load(text)["tests"][name]
    assert cases
    return cases


def surfaces(text: str, kind: str) -> list[str]:
    return [text[start:end] for start, end, found in find_spans(text) if found == kind]


def without_sign(kind: str, surface: str) -> str:
    return surface if kind == "url" else surface[1:]


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("mentions", "handle"),
        ("urls", "url"),
        ("tco_urls_with_params", "url"),
        ("hashtags", "hashtag"),
        ("hashtags_from_astral", "hashtag"),
        ("cashtags", "cashtag"),
    ],
)
def test_every_case_has_the_entities_that_twitter_text_has(shared: Path, section: str, kind: str) -> None:
    wrong = []
    for case in read_section(shared, section):
        found = [
            without_sign(kind, surface).partition("/")[0] if kind == "handle" else without_sign(kind, surface)
            for surface in surfaces(case["text"], kind)
        ]
        if found != case["expected"]:
            wrong.append((case["description"], case["text"], case["expected"], found))
    assert not wrong


@pytest.mark.parametrize(
    ("section", "kind", "parts"),
    [
        ("mentions_with_indices", "handle", ("screen_name",)),
        ("mentions_or_lists_with_indices", "handle", ("screen_name", "list_slug")),
        ("urls_with_indices", "url", ("url",)),
        ("urls_with_directional_markers", "url", ("url",)),
        ("hashtags_with_indices", "hashtag", ("hashtag",)),
        ("cashtags_with_indices", "cashtag", ("cashtag",)),
    ],
)
def test_every_case_has_the_offsets_that_twitter_text_has(
    shared: Path, section: str, kind: str, parts: tuple[str, ...]
) -> None:
    wrong = []
    for case in read_section(shared, section):
        text = case["text"]
        found = [(without_sign(kind, text[a:b]), [a, b]) for a, b, found_kind in find_spans(text) if found_kind == kind]
        wanted = [("".join(item[part] for part in parts), item["indices"]) for item in case["expected"]]
        if found != wanted:
            wrong.append((case["description"], text, wanted, found))
    assert not wrong


def test_every_reply_begins_with_the_handle_that_twitter_text_has(shared: Path) -> None:
    wrong = []
    for case in read_section(shared, "replies"):
        text = case["text"]
        handles = [(text[:start], text[start + 1 : end]) for start, end, kind in find_spans(text) if kind == "handle"]
        found = handles[0][1] if handles and not handles[0][0].strip() else None
        if found != case["expected"]:
            wrong.append((case["description"], text, case["expected"], found))
    assert not wrong


def test_every_top_level_domain_of_twitter_text_makes_a_link(shared: Path) -> None:
    sections = yaml.safe_load((shared / "conformance" / "tlds.yml").read_text(encoding="utf-8"))["tests"]
    cases = [case for section in sections.values() for case in section]
    assert cases
    assert [case["text"] for case in cases if surfaces(case["text"], "url") != case["expected"]] == []
