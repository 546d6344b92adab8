"""What stands beside an outlet's name and credits it: a colon, brackets, and the words of English."""

from __future__ import annotations

from postscan.sources.bits import PUT
from postscan.sources.words import CLOSING, Words, role, roles


def label_rule(words: Words, first: int, last: int, kind: str = "", *, inside: bool = False) -> str:
    """The rule "label" where the name opens a line (or what a bar or "|" cuts off) and a colon follows it.

    `inside`: also where it opens a sentence inside a line. "Exclusive" may stand between: "X exclusive: ...".
    """
    if words.gaps[last] == " ":
        if words.gaps[first] == " " or words.word(last) != "exclusive":
            return ""
        last += 1
    opens = (
        opens_line(words, first)
        or (inside and after_stop(words, first))
        or (words.word(first - 1) == "the" and words.line_start(first - 1))
    )
    after = words.gaps[last].lstrip(" )\"'\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}")
    if opens and after.strip() == ":" and last == words.size and kind == "dateline":
        return "label"
    if opens and after[:1] == ":" and last < words.size and "\n" not in after.split(":", 1)[1][:1]:
        return "label"
    return ""


def opens_line(words: Words, first: int) -> bool:
    """Whether the word there opens a line, or what a bar, colon or dash cuts off."""
    return words.line_start(first) or words.gaps[first].rstrip(" #@\"'")[-1:] in ("|", ":", "\N{EM DASH}", "-")


def after_stop(words: Words, first: int) -> bool:
    """Whether a full stop and a space stand before the word there, so that a label may follow inside a line."""
    gap = words.gaps[first]
    return gap[-1:].isspace() and "\n" not in gap and gap.rstrip()[-1:] == "." and not words.soft(first)


def enclosed_rule(words: Words, first: int, last: int, *, common: bool) -> str:
    """The rule "credit" where brackets hold the name alone, or a dash or slash puts it at a line's end."""
    if words.word(first - 1) == "the" and words.capital(first - 1) and words.gaps[first] == " ":
        first -= 1
    if words.gaps[first] == words.gaps[last] == " ":
        return ""
    before, after = words.gaps[first].rstrip("#@ "), words.gaps[last].lstrip()
    if before[-1:] in ("(", "[") and after[:1] in (")", "]"):
        if _abbreviates(words, first, last) or not _ends_there(words, last):
            return ""
        return "credit" if not common or words.line_end(last) else ""
    if before[-1:] in ("(", "/", "[") and after[:1] in (")", "]", "/") and first > 0 and not common:
        return "credit"
    if words.line_end(last) and before[-1:] in ("|", "\N{EM DASH}", "\N{EN DASH}", "-") and not before[-2:-1].isalnum():
        return "credit" if after.strip(" .\n") == "" or "\n" in words.gaps[last] else ""
    return ""


def _abbreviates(words: Words, first: int, last: int) -> bool:
    """Whether the brackets give the short form of the name before them: "Harbour Workers Union (HWU)"."""
    letters = "".join(words.words[first:last])
    spelled = [word[0] for word in words.words[max(0, first - 2 * len(letters)) : first]]
    wanted = iter(reversed(spelled))
    return (
        last - first == 1 and len(letters) > 1 and first > 0 and all(letter in wanted for letter in reversed(letters))
    )


def _ends_there(words: Words, last: int) -> bool:
    """Whether no sentence goes on after the brackets that close there."""
    return (
        words.line_end(last)
        or words.gaps[last].strip() not in (")", "]")
        or not words.word(last).isascii()
        or words.capital(last)
    )


def asks(words: Words, at: int) -> bool:
    """Whether a question's words stand around the place, which say nothing: "Did Reuters report this?"."""
    after = "".join(words.gaps[at + 1 : at + _ASKED])
    if "?" not in after and "\N{ARABIC QUESTION MARK}" not in after:
        return False
    first = at
    while first > 0 and at - first < _ASKED and not words.sentence_start(first):
        first -= 1
    if not any(words.words[first] in role(language, "ask") for language in ("en", "ar", "fa")):
        return False
    last = at + 1
    while last < words.size and last - at < _ASKED and not words.sentence_start(last):
        last += 1
    quoted = any(sign in gap for gap in words.gaps[first + 1 : last + 1] for sign in _QUOTATION)
    return not quoted and not {"?", "\N{ARABIC QUESTION MARK}"}.isdisjoint(words.gaps[last])


_ASKED = 40
"""Words of a question at most on both sides of its verb."""
_QUOTATION = ('"', "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}")


def english_rule(words: Words, first: int, last: int, *, strong: bool) -> str:
    """The rule that credits a name in Latin letters by the words beside it, or nothing."""
    return english_left(words, first) or english_right(words, last, strong=strong)


def english_left(words: Words, first: int) -> str:
    """The rule that credits a name by the words before it."""
    at, capitals = first - 1, 0
    for _ in range(_BEFORE):
        if at < 0 or not words.touches(at + 1):
            break
        word = words.words[at]
        modifies = (
            word in role("en", "article")
            or word in role("en", "press")
            or word in role("en", "press_modifier")
            or word == "s"
            or (word == "of" and words.word(at - 1) in role("en", "part"))
            or (word in role("en", "part") and words.word(at + 1) == "of")
        )
        capitals += not modifies
        if not modifies and not (
            capitals <= _CAPITALS
            and words.capital(at)
            and words.word(at) not in role("en", "cite")
            and word not in role("en", "according")
        ):
            break
        at -= 1
    if at < 0 or not (words.touches(at + 1) or words.gaps[at + 1].strip() in ('"', "'", ":")):
        return ""
    word, before = words.words[at], words.word(at - 1)
    if word in role("en", "tell"):
        return "told"
    if word in role("en", "say") and words.gaps[at].strip()[-1:] in tuple("," + CLOSING) and at:
        return "reports"
    if word == "to":
        if before in role("en", "according"):
            return "according-to"
        return "told" if before in role("en", "before_to") or _told_something(words, at) else ""
    if word in role("en", "cite"):
        return "citing"
    for link in ("by", "in", "from", "with", "for", "on"):
        if word == link:
            timed = link == "by" and words.words[before_time(words, at) - 1] in role("en", "before_by")
            return _LINK_RULES[link] if timed or before in role("en", f"before_{link}") else ""
    return ""


_BEFORE = 8
_CAPITALS = 5
"""Words at most between a name and what credits it, "by the Doha-based satellite channel", and of other names there."""


def before_time(words: Words, by: int) -> int:
    """Where the words that say when begin that end before "by": "reported late on Monday by"; `by` where none do."""
    at = by
    while at > 1 and by - at < _TIME and words.soft(at):
        if words.words[at - 1] not in roles("en", "between", "clock", "when") and not words.words[at - 1].isdigit():
            break
        at -= 1
    return at


_TIME = 7
"""Words at most that say when something was reported."""


def _told_something(words: Words, to: int) -> bool:
    """Whether what was told stands between the verb and "to": "confirmed the delay to"."""
    for at in range(to - 1, max(to - _OBJECT, 0), -1):
        word = words.words[at]
        if not words.soft(at + 1):
            return False
        if word in role("en", "tell_to"):
            return at + 1 < to
        if word in role("en", "clause") or word in roles("en", "say", but="say_after"):
            return False
    return False


_OBJECT = 8
"""Words back from "to", at most, of a verb and what it tells."""
_LINK_RULES = {
    "by": "reported-by",
    "in": "appeared-in",
    "from": "appeared-in",
    "with": "told",
    "for": "appeared-in",
    "on": "appeared-in",
}


def english_right(words: Words, last: int, *, strong: bool) -> str:
    at = last
    if at < words.size and words.gaps[at] == "'" and words.words[at] == "s":
        at += 1
        parts = roles("en", "part", "press_people")
        while at < min(last + 5, words.size) and words.soft(at) and (words.capital(at) or words.words[at] in parts):
            if words.words[at] in role("en", "say") and words.words[at - 1] in parts:
                break
            at += 1
        if (
            words.word(at - 1) in role("en", "press_people")
            and words.word(at) in ("in", "at")
            and words.capital(at + 1)
        ):
            at += 2
    for _ in range(3):
        if (
            at < words.size
            and words.soft(at)
            and (
                words.words[at] in role("en", "press")
                or words.words[at] in role("en", "between")
                or words.words[at] == "both"
            )
        ):
            at += 1
    if at >= words.size:
        return ""
    word = words.words[at]
    if words.signs[at] & PUT and word in roles("en", "put", "raised"):
        return "reports" if words.soft(at) and puts_at(words, at) else ""
    if words.gaps[at].strip() == "," and word in role("en", "cite"):
        return "reports"
    if not words.soft(at):
        return "reports" if words.gaps[at].strip() == "," and _said_after_clause(words, at, strong=strong) else ""
    if word in ("is", "are", "was", "were") and words.word(at + 1) in role("en", "say_ing"):
        return "reports" if words.word(at + 2) != "to" else ""
    if word == "seen" and words.words[at - 1] in ("has", "have", "had"):
        return "" if role("en", "document").isdisjoint(words.words[at + 1 : at + 6]) else "reports"
    if word in role("en", "say") or word in role("en", "publish") or word in role("en", "tell"):
        silent = words.word(at + 1) in role("en", "silent") and not is_denial(words, at + 1)
        if silent or (word == "report" and not strong and words.words[at - 1] != "both"):
            return ""
        return "reports"
    if word in role("en", "press_people") and any(w in role("en", "saw") for w in words.words[at + 1 : at + 7]):
        return "reports"
    return ""


def puts_at(words: Words, verb: int) -> bool:
    """Whether something is put at a number there: "put the toll at 14", "puts it at half", "raised the toll to 20"."""
    first = verb + 1
    raised = words.words[verb] in role("en", "raised")
    if words.word(first) not in ("the", "it", "its"):
        return False
    for at in range(first + 1, min(first + _TOLL, words.size - 1)):
        if not words.soft(at):
            return False
        if words.words[at] == ("to" if raised else "at"):
            some = role("en", "raised_toll" if raised else "toll")
            counted = (words.words[first] == "it" and not raised) or not some.isdisjoint(words.words[first:at])
            number = at + 1
            while words.word(number) in role("en", "about"):
                number += 1
            return counted and (words.word(number)[:1].isdigit() or words.word(number) in role("en", "half"))
    return False


_TOLL = 9
"""Words at most of what is put at a number."""


def is_denial(words: Words, at: int) -> bool:
    """Whether "no" or "nothing" there belongs to what is reported: "no new cases", "nothing is signed"."""
    if at + 1 >= words.size or not words.soft(at + 1):
        return False
    return words.word(at) == "no" or (words.word(at) == "nothing" and words.words[at + 1] in role("en", "modal"))


def _said_after_clause(words: Words, at: int, *, strong: bool) -> bool:
    """Whether a verb of speech follows the clause that a comma opens there: "X, run by the state, said".

    A name that is a common word needs a medium's noun in the clause: "X, the state news agency, said".
    """
    for ahead in range(at + 1, min(at + 11, words.size)):
        if words.sentence_start(ahead):
            return False
        if "," in words.gaps[ahead]:
            known = strong or not role("en", "press").isdisjoint(words.words[at:ahead])
            return known and words.words[ahead] in roles("en", "say", but="say_after")
    return False
