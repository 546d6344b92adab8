"""The signs of words: each has a bit of its own, and all together are one machine word."""

from __future__ import annotations

from postscan.sources import bits

_SIGNS = {
    name: value for name, value in vars(bits).items() if name.isupper() and name not in ("SHARES", "LABEL", "VERB")
}


def test_no_two_signs_share_a_bit_and_all_are_one_machine_word() -> None:
    signs = {**_SIGNS, "FIRSTS": bits.SECONDS << bits.SHARES}
    assert len(signs) > 45
    seen = 0
    for name, value in signs.items():
        assert not seen & value, name
        seen |= value
    assert seen < 1 << 60  # two digits of Python's numbers
    assert [name for name, value in _SIGNS.items() if value.bit_count() != 1] == ["SECONDS"]
    assert bits.SECONDS.bit_count() == bits.SHARES
