"""Who speaks in Arabic: the phrase after a verb of speech or "بحسب", or before a verb in the plural or with "that"."""

from __future__ import annotations

import functools

from postscan.sources.arabic_institutions import names_institution, place_end
from postscan.sources.arabic_phrases import (
    LONGEST,
    definite_run,
    ends_name,
    kind_of,
    past_asides,
    phrase_end,
    says,
    stem,
    subject_end,
    with_name,
)
from postscan.sources.arabic_urging import find_urging
from postscan.sources.cues import asks
from postscan.sources.eastern import passes_on
from postscan.sources.mentions import Found
from postscan.sources.outlets import mention_at
from postscan.sources.words import COMMAS, Words, role, roles, verbs_with_object

_NOT_SAID = frozenset(("لم", "لن", "لا", "لو", "الذي", "التي", "الذين"))


def find_speakers(words: Words, at: int) -> list[Found]:
    """The officials and unnamed who speak by the Arabic verb or preposition there."""
    word = words.words[at]
    bare = word[1:] if word[:1] in ("و", "ف") and word not in role("ar", "cite") else word
    if bare in role("ar", "cite"):
        return _cited(words, at)
    if bare in role("ar", "learn"):
        return _learned(words, at)
    if word == "عن":
        carried = _after_citing(words, at) or _after_outlet(words, at)
        return _phrase(words, at + 1, "citing") if carried else []
    if not says(word):
        if bare in role("ar", "statement"):
            return _stated(words, at)
        return _phrase(words, at + 1, "says") if _said_it(words, at) else []
    plain = bare if bare in role("ar", "say") else word
    if words.word(at - 1).removeprefix("و") in _NOT_SAID:
        return []
    ahead = at + 1
    if ahead < words.size and words.words[ahead][0] == "ل":
        ahead = _past_listener(words, ahead)
    found = (
        _phrase(words, ahead, "says", weak=plain in role("ar", "weak"))
        or _name_first(words, at + 1)
        or _before(words, at, plain)
    )
    if found and plain in role("ar", "spread") and words.words[found[0].first] not in role("ar", "medium"):
        return []
    return [] if found and asks(words, at) else found


def _stated(words: Words, at: int) -> list[Found]:
    """Whose statement it is that says something, or is cited: "أضاف بلاغ للشرطة أن", "حسب بيان الوزارة"."""
    before, second = words.word(at - 1), words.word(at - 2)
    if not words.soft(at):
        return []
    cites = role("ar", "cite")
    if _is_one(before, cites) or (before in ("الي", "عن") and _is_one(second, cites)):
        rule = "according-to"
    elif before == "في" and _is_one(second, role("ar", "stands")):
        rule = "according-to" if words.word(at - 3) == "ما" or _is_one(words.word(at - 3), cites) else "says"
    elif says(before) and second not in _NOT_SAID:
        rule = "says"
    else:
        return []
    whose = at + 1
    while words.word(whose) in role("ar", "statement_kind") and words.soft(whose):
        whose += 1
    if words.word(whose) in role("ar", "statement_out") and words.soft(whose):
        whose += 1 + (words.word(whose + 1) == "عن")
    elif whose < words.size and words.words[whose][0] != "ل" and whose > at + 1:
        return []
    if whose >= words.size or kind_of(words, whose)[0] != "official":
        return []
    found = _phrase(words, whose, rule)
    bare = found and found[0].last == whose + 1 and words.words[whose][found[0].skip :] in role("ar", "bare")
    return [] if bare else found


def _is_one(word: str, some: frozenset[str]) -> bool:
    """Whether the word is one of them, perhaps with "and" before it."""
    return word in some or (word[:1] in ("و", "ف") and word[1:] in some)


_QUOTED = frozenset(('"', "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"))
"""What may close an outlet's name before the speaker who told it."""


def _past_listener(words: Words, at: int) -> int:
    """Where the speaker stands behind the outlet that was told: "أكدت لرويترز مصادر"; the place itself without one."""
    first = at + (words.words[at] == "ل" or words.words[at] in role("ar", "audience"))
    mention = mention_at(words, first) if first < words.size else None
    told = mention is not None and (first > at or mention.clitic.endswith("ل"))
    return mention.last if mention and told else at


def _said_it(words: Words, at: int) -> bool:
    """Whether a clause says who told all that: "وهو ما أكدته الوزارة", "الأمر الذي نفته الشرطة"."""
    before = words.word(at - 1)
    word = words.words[at]
    clause = before == "ما" or (before == "الذي" and words.word(at - 2).endswith("الامر"))
    return clause and word in verbs_with_object()


def _cited(words: Words, at: int) -> list[Found]:
    """The speaker after "according to", "نقلا عن" and "حسبما أعلنت"."""
    ahead = at + 1
    while ahead < min(at + 3, words.size) and words.soft(ahead) and _links(words.words[ahead]):
        ahead += 1
    if says(words.word(ahead - 1)) and words.word(ahead) in role("ar", "of_it") and words.soft(ahead):
        ahead += 1
    ahead += words.word(ahead) in role("ar", "figures") and words.soft(ahead)
    return _phrase(words, ahead, "according-to")


def _links(word: str) -> bool:
    """Whether a word stands between "according to" and a name: "to", "what", "announced it"."""
    return word in role("ar", "cite_link") or says(word) or says(word.removesuffix("ه"))


def _after_citing(words: Words, at: int) -> bool:
    """Whether "عن" there passes on somebody's words: "نقلت ... عن", not after "نقلا", which looks for itself."""
    if words.word(at - 1) in ("نقلا", "ونقلا"):
        return False
    carries = frozenset(("نقل", "نقلت", "ونقل", "ونقلت", "تنقل", "ينقل"))
    return any(words.words[i] in carries for i in range(max(0, at - 7), at)) and not any(
        words.sentence_start(i)
        for i in range(max(1, at - 6), at)
        if words.words[i] not in carries and not any(w in carries for w in words.words[i:at])
    )


def _learned(words: Words, at: int) -> list[Found]:
    """Whom an outlet learned it from: "علمت رويترز من مصدر أن"."""
    for ahead in range(at + 2, min(at + 7, words.size - 1)):
        if not words.soft(ahead):
            return []
        if words.words[ahead] == "من":
            known = any(mention_at(words, i) for i in range(at + 1, ahead))
            return _phrase(words, ahead + 1, "citing") if known else []
    return []


def _after_outlet(words: Words, at: int) -> bool:
    """Whether an outlet that opens a line stands before "عن": "رويترز عن مسؤولين: ..."."""
    for first in range(at - 1, max(at - 4, -1), -1):
        mention = mention_at(words, first)
        if mention and mention.last == at:
            return passes_on(words, first, at)
    return False


def _phrase(words: Words, at: int, rule: str, *, weak: bool = False) -> list[Found]:
    """The speaker whose phrase begins there, after adverbs and honorifics."""
    while at < words.size and words.soft(at) and words.words[at] in before_speakers():
        at += 1
    if at >= words.size or not (words.soft(at) or words.gaps[at].strip() in _QUOTED):
        return []
    kind, skip = kind_of(words, at)
    if not kind or (mention_at(words, at) and not (kind == "official" and names_institution(words, at))):
        return []
    end, whole, that = phrase_end(words, at, kind)
    if (
        rule == "says"
        and not that
        and kind == "official"
        and words.gaps[end].strip()[:1] not in ('"', "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}")
    ):
        that = past_asides(words, end) != end
        whole = that or with_name(words, end) != end
    if weak and kind == "official" and not that:
        return find_urging(words, at, skip)
    if not whole:
        end = definite_run(words, at, end)
    if kind == "official":
        end = with_name(words, _with_place(words, at, end, rule))
    found = [Found(kind, at, end, skip, None, rule)]
    following = words.word(end)
    if following[:1] == "و" and words.soft(end) and end < words.size:
        kind, skip = kind_of(words, end)
        if kind and skip == 1 and not says(following):
            more, whole, _ = phrase_end(words, end, kind)
            found.append(Found(kind, end, more if whole else definite_run(words, end, more), 1, None, rule))
    return found


def _with_place(words: Words, at: int, end: int, rule: str) -> int:
    """Where an institution's phrase ends with the place it is in: "قالت وزارة الصحة في غزة إن".

    Without "that", the place may be where something was announced.
    """
    place = place_end(words, end)
    named = place
    while place > end and named < words.size and named - place < _NAME and words.soft(named):
        if words.words[named] in role("ar", "that"):
            return named  # "الناطق باسم الدفاع المدني في غزة محمود بصل"
        if ends_name(words, named) or words.words[named].startswith("ال"):
            break
        named += 1
    last = place if stem(words.words[at], role("ar", "institution")) >= 0 else end
    spoken = last < words.size and words.soft(last)
    after = words.word(last)
    that = spoken and (after in role("ar", "that") or (after == "في" and words.word(last + 1) in role("ar", "talk")))
    return last if that or rule != "says" or past_asides(words, last) != last else end


@functools.cache
def before_speakers() -> frozenset[str]:
    """What stands between a verb and its subject: adverbs, pronouns, honorifics."""
    return roles("ar", "adverb", "honorific") | {"له", "لها", "لنا"}


def _name_first(words: Words, at: int) -> list[Found]:
    """The name, with its title, of somebody whose office follows it: "قال الدكتور سامي ناصر وزير الصحة إن"."""
    while at < words.size and words.words[at] in before_speakers() and words.soft(at):
        if words.words[at] in role("ar", "titled"):
            break
        at += 1
    if at >= words.size or words.words[at] not in role("ar", "titled") or not words.soft(at):
        return []
    office = at + 1
    while office < words.size and office - at < _NAME and words.soft(office):
        if words.words[office] in role("ar", "office") or ends_name(words, office):
            break
        office += 1
    if office - at < 2 or office >= words.size or words.words[office] not in role("ar", "office"):
        return []
    if not words.soft(office) and words.gaps[office].strip() not in COMMAS:
        return []
    last = office + 1
    while last < words.size and last - office < LONGEST and words.soft(last) and not ends_name(words, last):
        last += 1
    last = past_asides(words, last)
    closed = last < words.size and words.words[last] in role("ar", "that")
    return [Found("official", at, office, 0, None, "says")] if closed else []


_NAME = 7
"""Words of a name with its title at most."""


def _opens_clause(words: Words, verb: int, plain: str) -> bool:
    """Whether an official opens the sentence and his verb of speech follows at once: "الوزارة نفت الخبر"."""
    if plain in roles("ar", "weak", but="judge"):
        return False
    for at in range(verb - 1, max(verb - _SUBJECT, -1), -1):
        if words.words[at] in role("ar", "stop"):
            return False
        if words.sentence_start(at):
            kind, skip = kind_of(words, at)
            feminine = words.words[at].endswith(("ه", "ات"))
            return (
                kind == "official"
                and not skip
                and subject_end(words, at, verb) == verb
                and (plain[-1] == "ت" or (plain[0] == "ت" and "ي" + plain[1:] in role("ar", "say"))) == feminine
                and not mention_at(words, at)
            )
    return False


_SUBJECT = 6
"""Words at most of a subject that opens a sentence."""


def _taken_up(words: Words, verb: int) -> list[Found]:
    """The official who is the subject of the verb before "and said that": "فتح المحافظ المعبر، وقال إن"."""
    first = verb - 1
    while first > 0 and verb - first < _REACH and not words.sentence_start(first):
        first -= 1
    for at in range(verb - 1, first - 1, -1):
        opens = at == first or (words.words[at][0] in "وف" and "," in words.gaps[at].replace("\N{ARABIC COMMA}", ","))
        if not opens:
            continue
        ahead = kind_of(words, at)[0] != "official"
        subject = at + ahead
        kind, skip = kind_of(words, subject)
        end = subject_end(words, subject, verb)
        act = words.word(at if ahead else end)
        if ahead and at > first:
            act = act.removeprefix("و")
        fits = kind == "official" and not skip and _acts(act, words.words[subject], words.words[verb])
        whole = words.soft(subject if ahead else end) and end < verb
        if not (fits and whole) or says(act) or any(says(words.words[i]) for i in range(end, verb)):
            return []
        return [Found(kind, subject, end, 0, None, "says")]
    return []


_REACH = 24
"""Words back from a verb, at most, of the one whose subject it has."""


def _acts(act: str, subject: str, verb: str) -> bool:
    """Whether the first word may be a verb that has the subject, and the subject the second verb: all of one gender."""
    feminine = subject.endswith(("ه", "ات"))
    return (
        act not in role("ar", "stop")
        and not (act.startswith("ال") and act[2:3] != "ت")
        and 2 < len(act) < 8
        and not act.endswith("ه")
        and act.endswith("ت") == feminine == verb.endswith("ت")
    )


def _before(words: Words, verb: int, plain: str) -> list[Found]:
    """The speaker before a verb: in the plural, or followed by "that" or "in a statement"."""
    said = verb + 1
    while said < words.size and words.soft(said) and words.words[said] in role("ar", "adverb"):
        said += 1
    after = words.word(said)
    that = after in role("ar", "that") and words.soft(said)
    if words.words[verb] != plain:
        return _taken_up(words, verb) if that else []
    after = words.word(verb + 1)
    if not (
        that
        or _opens_clause(words, verb, plain)
        or plain in role("ar", "plural")
        or words.gaps[verb + 1].strip()[:1] in (":", '"')
        or after in ("في", "لنا", "العكس")
        or after in role("ar", "audience")
    ):
        return []
    end = verb
    while end > 1 and words.words[end - 1] in role("ar", "having") and words.soft(end):
        end -= 1
    start = end
    while start > 0 and verb - start < LONGEST and words.soft(start):
        word = words.words[start - 1]
        if (
            word in role("ar", "that")
            or says(word)
            or (word in role("ar", "stop") and word not in role("ar", "people_link"))
        ):
            break
        start -= 1
    for at in range(start, end):
        kind, skip = kind_of(words, at)
        if kind and not mention_at(words, at):
            return [Found(kind, at, end, skip, None, "says")]
    word = words.word(verb - 1)
    if (
        plain in role("ar", "plural")
        and words.soft(verb)
        and word.endswith(("ون", "ين"))
        and len(word) > 4
        and word not in role("ar", "stop")
    ):
        return [Found("unnamed", verb - 1, verb, 1 if word.startswith("وال") else 0, None, "says")]
    return []
