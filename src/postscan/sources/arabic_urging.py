"""Which Arabic institution urges, expects or reveals, where no "that" follows: "دعت وزارة الداخلية إلى", "كشفت عن"."""

from __future__ import annotations

from postscan.sources.arabic_phrases import SHARED_OFFICES, TOWARDS, kind_of, phrase_end, says
from postscan.sources.mentions import Found
from postscan.sources.words import Words, role, roles


def find_urging(words: Words, at: int, skip: int) -> list[Found]:
    """The institution that urges something: "دعت وزارة الداخلية إلى", "طالبت الأمم المتحدة بوقف".

    Whom it urges may be an institution too, so that the verb agrees with the subject, and does not take up that of a
    verb before it.
    """
    verb = words.word(at - 1)
    known = roles("ar", "urge", "expect", "reveal")
    bare = verb if verb in known else verb[1:]
    head = words.words[at]
    if bare not in known or skip:
        return []
    feminine = bare[-1] == "ت" or bare[0] == "ت"
    if feminine != (head.endswith(("ه", "ات")) or head in role("ar", "feminine") or _is_state(head)):
        return []
    if bare in role("ar", "reveal"):
        return _revealing(words, at)
    if head not in role("ar", "institution"):
        return []
    before = words.words[max(0, at - 1 - _TAKES_UP) : at - 1]
    if any(says(word) and word.endswith("ت") == feminine for word in before):
        return []
    end = whom = _institution_end(words, at)
    while words.word(at + 1).startswith("ال") and whom < end + _WHOM and _is_definite(words, whom):
        whom += 1
    if whom >= words.size or not words.soft(whom):
        return []
    after = words.words[whom]
    if bare in role("ar", "expect"):
        expects = whom == end and not after.startswith("ال") and after not in roles("ar", "stop", "adverb")
        return [Found("official", at, end, 0, None, "says")] if expects else []
    asked = after in TOWARDS or (
        whom == end and after[0] == "ب" and len(after) > _SHORT and after not in roles("ar", "stop", "institution")
    )
    return [Found("official", at, end, 0, None, "says")] if asked else []


def _revealing(words: Words, at: int) -> list[Found]:
    """The official who speaks "of" something: "كشف وزير النقل عن خطة"."""
    end = phrase_end(words, at, "official")[0]
    spoken = words.word(end) == "عن" and words.soft(end)
    whole = spoken and not any(kind_of(words, i)[0] for i in range(at + 2, end))
    return [Found("official", at, end, 0, None, "says")] if whole else []


def _is_state(word: str) -> bool:
    return word.endswith("ا") or word in role("ar", "feminine_state")


def _is_definite(words: Words, at: int) -> bool:
    return words.word(at).startswith("ال") and words.soft(at) and words.words[at] not in role("ar", "stop")


_TAKES_UP = 40
"""Words back at most of a verb of speech whose subject a verb of asking has too."""
_WHOM = 3
"""Words at most of those whom it urges."""
_SHORT = 3
"""Letters of a word with "ب" on it that is no object: "به", "بها"."""


def _institution_end(words: Words, at: int) -> int:
    """Where an institution ends that its object may follow: one definite noun, adjectives, and what it is for."""
    last = at + 1
    while last < words.size and words.soft(last):
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
