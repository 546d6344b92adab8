"""Who speaks in English: what a verb of speech, a citation or a label says about the phrase beside it."""

from __future__ import annotations

from postscan.sources.cues import asks, before_time, english_left, is_denial, puts_at
from postscan.sources.mentions import Found
from postscan.sources.outlets import mention_at
from postscan.sources.subjects import speakers_after, speakers_again, speakers_before
from postscan.sources.words import ARABIC_SCRIPT, CLOSING, NO_ROLES, Words, english, role, roles

_BEING = frozenset(("is", "are", "was", "were", "been"))
_PASSED_ON = frozenset(("confirmed", "announced", "denied", "said", "told"))
_LISTENER = 3
"""Words of a listener, at most, that an order is told to."""


def find_speakers(words: Words, at: int) -> list[Found]:
    """The officials and unnamed who speak by the English word there, which is a verb of speech or opens a phrase."""
    word = words.words[at]
    of = english().get(word, NO_ROLES)
    if "according" in of:
        return (
            speakers_after(words, at + 2, "according-to") if words.word(at + 1) == "to" and words.soft(at + 1) else []
        )
    if word == "quoted" and words.word(at - 1) in _BEING and words.soft(at) and _is_quoted(words, at):
        return speakers_before(words, at - 1) + speakers_after(words, at + 2, "citing") * (words.word(at + 1) == "by")
    if word == "per":
        return [one for one in speakers_after(words, at + 1, "citing") if _is_cited(words, at, one)]
    if "cite" in of:
        return speakers_after(words, at + 1, "citing")
    if "put" in of or "raised" in of:
        return speakers_before(words, at) if puts_at(words, at) else []
    if "post" in of:
        return speakers_before(words, at) if _posts(words, at) else []
    if word == "by":
        return speakers_after(words, at + 1, "reported-by") if _passive(words, at) else []
    if word == "as" or ("tell" in of and _orders(words, at)):
        return []
    if "say_ing" in of and words.word(at - 1) in _BEING and words.soft(at):
        after = words.word(at + 1)
        noun = "say_ing_noun" in of and after not in roles("en", "say_after_next", "determiner")
        return [] if noun or after == "to" else speakers_before(words, at - 1)
    if not _speaks(words, at, of):
        if "recount" not in of:
            return []
        return [
            one for one in speakers_before(words, at) if one.kind == "unnamed" and _tells_at_length(words, one.last, at)
        ]
    found = speakers_before(words, at) or speakers_again(words, at)
    if found and not words.raw.isascii() and _is_inset(words, found[0].first, at):
        return []
    if not found and _inverted(words, at):
        found = [one for one in speakers_after(words, at + 1, "says") if _closed(words, one.last)]
    return [] if found and asks(words, at) else found


def _is_quoted(words: Words, at: int) -> bool:
    """Whether "as saying" follows, perhaps after by whom: "was quoted by Reuters as saying"."""
    for ahead in range(at + 1, min(at + _QUOTER, words.size - 1)):
        if not words.soft(ahead) or words.words[ahead] in ("saying", "that"):
            return False
        if words.words[ahead] == "as":
            return words.words[ahead + 1] in ("saying", "telling")
    return False


_QUOTER = 10
"""Words at most of whoever quotes somebody."""


def _is_cited(words: Words, per: int, one: Found) -> bool:
    """Whether "per" there names who says it, "per the ministry", and not what is counted: "one nurse per hospital"."""
    closed = one.last >= words.size or not words.soft(one.last) or words.words[one.last - 1] == "reports"
    named = words.words[per + 1] == "the" or words.capital(one.first) or words.words[one.first] == "police"
    return closed and (named or (one.kind == "unnamed" and words.words[one.last - 1].endswith("s")))


def _is_inset(words: Words, first: int, verb: int) -> bool:
    """Whether the English words are but a phrase inside a clause of another script, on both sides."""
    inside = words.word(first - 1) >= ARABIC_SCRIPT and words.word(verb + 1) >= ARABIC_SCRIPT
    return inside and words.soft(first) and words.soft(verb + 1)


def _posts(words: Words, at: int) -> bool:
    """Whether words are posted there: "posted that", "posted on Facebook", "posted: ..."."""
    after, network = words.word(at + 1), words.word(at + 2)
    if words.gaps[at + 1].strip()[:1] == ":":
        return True
    if after in ("on", "to") and words.soft(at + 1):
        return words.capital(at + 2) or network in ("its", "social") or words.word(at + 3) in ("account", "page")
    return after == "that" and words.soft(at + 1)


def _speaks(words: Words, at: int, of: frozenset[str]) -> bool:
    """Whether the verb there is followed by speech: not "said nothing", nor "report cards"."""
    after = words.word(at + 1)
    if after in role("en", "silent") and not is_denial(words, at + 1):
        return False
    if "say_ing" in of and "say" not in of:
        return False
    if after == "to" and words.words[at] == "said":
        heard = words.word(at + 2) in roles("en", "audience", "determiner", "press")
        return heard or words.capital(at + 2) or not words.word(at + 2).isalpha()
    if "say_that" in of:
        return (
            after == "that"
            or (after in ("in", "on") and "recount" not in of)
            or (not words.gaps[at + 1].strip(" ").isalnum() and words.gaps[at + 1] != " ")
        )
    if "say_after" in of:
        return after in role("en", "say_after_next") or after.isdigit()
    return True


def _orders(words: Words, at: int) -> bool:
    """Whether "told" there gives an order, "told residents to leave", and reports nothing."""
    first = at + 1
    while first < words.size and words.words[first] in role("en", "determiner") and words.soft(first):
        first += 1
    mention = mention_at(words, first) if first < words.size else None
    heard = words.word(first) in role("en", "audience")
    last = mention.last if mention else first + heard
    end = last if mention or heard else min(first + _LISTENER, words.size)
    while last < end and words.soft(last) and words.words[last] != "to":
        if words.words[last] in roles("en", "stop", "determiner"):
            return False
        last += 1
    if words.word(last) != "to" or last >= words.size or not words.soft(last) or last == at + 1:
        return False
    after = words.word(last + 1)
    return after.isalpha() and after not in role("en", "determiner") and not words.capital(last + 1)


def _tells_at_length(words: Words, last: int, verb: int) -> bool:
    """Whether witnesses describe something: a noun follows the verb, which stands beside them."""
    after = words.word(verb + 1)
    noun = after in role("en", "determiner") or after not in role("en", "stop")
    return last == verb and noun and words.soft(verb + 1) and not words.line_end(verb + 1)


def _passive(words: Words, at: int) -> bool:
    """Whether "by" there follows a report: "was confirmed by", "confirmed to Reuters by"."""
    back = at - 1
    before = words.word(before_time(words, at) - 1)
    if before in roles("en", "before_by", but="before_by_thing") or before in _PASSED_ON:
        return words.soft(at)
    for start in range(back, max(back - 4, -1), -1):
        mention = mention_at(words, start)
        if mention and mention.last == at:
            return english_left(words, start) == "told"
    return False


def _inverted(words: Words, at: int) -> bool:
    """Whether the subject may stand after the verb: after a comma, a quotation, or at the start of a sentence."""
    gap = words.gaps[at].strip()
    return at > 0 and bool(gap) and (gap[-1] in "," + CLOSING) and words.words[at] not in role("en", "say_after")


def _closed(words: Words, at: int) -> bool:
    """Whether a subject after its verb ends there: what follows is no verb of its own."""
    return (
        at >= words.size
        or not words.soft(at)
        or words.words[at] in roles("en", "stop", but="modal")
        or words.words[at] in role("en", "later")
    )
