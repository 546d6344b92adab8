"""Offsets in UTF-16 and UTF-8, against the codecs themselves."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from postscan.offsets import from_utf8, from_utf16, to_utf8, to_utf16

texts = st.lists(st.sampled_from(["a", "é", "ب", "\N{FIRE}", "\ud800", "\n", "\U00020000"]), max_size=15).map("".join)
often = settings(max_examples=150, deadline=None)


def spans_of(text: str) -> list[tuple[int, int]]:
    return [(start, end) for start in range(len(text) + 1) for end in range(start, len(text) + 1)]


@often
@given(texts)
@example("plain")
def test_utf16_offsets_count_code_units(text: str) -> None:
    def units(piece: str) -> int:
        return len(piece.encode("utf-16-le", "surrogatepass")) // 2

    spans = spans_of(text)
    converted = to_utf16(text, spans)
    assert converted == [(units(text[:a]), units(text[:b])) for a, b in spans]
    assert from_utf16(text, converted) == spans


@often
@given(texts)
@example("plain")
def test_utf8_offsets_count_bytes(text: str) -> None:
    def size(piece: str) -> int:
        return len(piece.encode("utf-8", "surrogatepass"))

    spans = spans_of(text)
    converted = to_utf8(text, spans)
    assert converted == [(size(text[:a]), size(text[:b])) for a, b in spans]
    assert from_utf8(text, converted) == spans


def test_an_offset_inside_a_character_is_its_start() -> None:
    text = "a\N{FIRE}b"
    assert from_utf16(text, [(2, 3)]) == [(1, 2)]
    assert from_utf8(text, [(2, 4), (3, 5), (6, 9)]) == [(1, 1), (1, 2), (3, 3)]


def test_spans_may_come_in_any_order_and_from_an_iterator() -> None:
    text = "\N{FIRE}\N{FIRE}é"
    assert to_utf8(text, iter([(2, 3), (0, 1)])) == [(8, 10), (0, 4)]
    assert to_utf16(text, iter([(2, 3), (0, 1)])) == [(4, 5), (0, 2)]
