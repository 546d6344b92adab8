"""Which Arabic institution urges, where no "that" follows: "دعت وزارة الداخلية إلى", "طالبت الأمم المتحدة بوقف"."""

from __future__ import annotations

from postscan.sources.arabic_phrases import SHARED_OFFICES, says
from postscan.sources.mentions import Found
from postscan.sources.words import Words, role, roles


def find_urging(words: Words, at: int, skip: int) -> list[Found]:
    """The institution that urges something: "دعت وزارة الداخلية إلى", "طالبت الأمم المتحدة بوقف".

    Whom it urges may be an institution too, so that the verb agrees with the subject, and does not take up that of a
    verb before it.
    """
    verb = words.word(at - 1)
    bare = verb if verb in role("ar", "urge") else verb[1:]
    head = words.words[at]
    if bare not in role("ar", "urge") or skip or head not in role("ar", "institution"):
        return []
    feminine = bare.endswith("ت")
    if feminine != (head.endswith(("ه", "ات")) or head in role("ar", "feminine") or _is_state(head)):
        return []
    before = words.words[max(0, at - 1 - _TAKES_UP) : at - 1]
    if any(says(word) and word.endswith("ت") == feminine for word in before):
        return []
    end = whom = _institution_end(words, at)
    while words.word(at + 1).startswith("ال") and whom < end + _WHOM and _is_definite(words, whom):
        whom += 1
    if whom >= len(words) or not words.soft(whom):
        return []
    after = words.words[whom]
    asked = after in _TOWARDS or (
        whom == end and after[0] == "ب" and len(after) > _SHORT and after not in roles("ar", "stop", "institution")
    )
    return [Found("official", at, end, 0, None, "says")] if asked else []


def _is_state(word: str) -> bool:
    return word.endswith("ا") or word in role("ar", "feminine_state")


def _is_definite(words: Words, at: int) -> bool:
    return words.word(at).startswith("ال") and words.soft(at) and words.words[at] not in role("ar", "stop")


_TAKES_UP = 40
"""Words back at most of a verb of speech whose subject a verb of asking has too."""
_WHOM = 3
"""Words at most of those whom it urges."""
_TOWARDS = frozenset(("الي", "علي"))
_SHORT = 3
"""Letters of a word with "ب" on it that is no object: "به", "بها"."""


def _institution_end(words: Words, at: int) -> int:
    """Where an institution ends that its object may follow: one definite noun, adjectives, and what it is for."""
    last = at + 1
    while last < len(words) and words.soft(last):
        word = words.words[last]
        before = words.words[last - 1]
        if not before.startswith(("ال", "لل")) and not _is_state(before) and last < at + 3:
            whom = last > at + 1 and word in role("ar", "institution")
            if whom or word in role("ar", "stop") or says(word) or word[0] == "ب":
                break
        elif not (word.startswith("لل") or word in SHARED_OFFICES or _is_adjective(words, last)):
            break
        last += 1
    return last


def _is_adjective(words: Words, at: int) -> bool:
    word = words.words[at]
    relative = word.endswith("يه") or words.surface(at, at + 1).endswith("ي")
    return word.startswith("ال") and (relative or word in role("ar", "quality"))
