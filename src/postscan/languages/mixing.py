"""Figures of code-mixing: how mixed a text or a corpus is, from the languages of its words.

- CMI, the code-mixing index: 100 * (1 - max(w_i) / (n - u)), where n counts the tokens, u those of no language and w_i
  those of language i; 0 where n = u. Gambäck and Das, "Comparing the Level of Code-Switching in Corpora", LREC 2016
  (L16-1292), who restate it from their paper of 2014; their further term for switch points is left to the I-index.
- I-index, the chance that the language switches: switches between neighbouring tokens / (n - 1), over the tokens that
  have a language. Guzmán, Ricard, Serigos, Bullock and Toribio, "Metrics for Modeling Code-Switching Across Corpora",
  Interspeech 2017.
- M-index, the multilingual index: (1 - sum(p_j ** 2)) / ((k - 1) * sum(p_j ** 2)) over k languages with shares p_j;
  0 for one language, 1 for equal shares. Barnett and others 2000, as Guzmán and others give it.

"und" is no language here. A token is a stretch of letters and marks; entities are none.
"""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterable, Mapping, Sequence

from postscan.languages.letters import find_turns, find_words, read_letters
from postscan.model import Entity, Language

NO_LANGUAGE = "und"


def word_languages(text: str, segments: Sequence[Language], entities: Sequence[Entity] = ()) -> list[str]:
    """The language of each word of a text, in order; words of entities are left out.

    >>> word_languages("very نار نار", [Language("en", "Latn", 0, 4, 0.9), Language("ar", "Arab", 5, 12, 0.9)])
    ['en', 'ar', 'ar']
    """
    import numpy as np

    row = np.full(len(text), -1, np.int64)
    for i, segment in enumerate(segments):
        row[segment.start : segment.end] = i
    for entity in entities:
        row[entity.start : entity.end] = -1
    start = find_turns(row)
    words = find_words(read_letters(text), start, row[start] >= 0)
    return [segments[i].code for i in row[start][words.stretch].tolist()]


def code_mixing_index(languages: Iterable[str]) -> float:
    """CMI of a text, 0 to 100, from the languages of its words.

    >>> code_mixing_index(["en", "en", "en", "ar", "und"])
    25.0
    """
    counts = collections.Counter(languages)
    del counts[NO_LANGUAGE]
    spoken = sum(counts.values())
    return 100.0 * (spoken - max(counts.values())) / spoken if spoken else 0.0


def integration_index(languages: Iterable[str]) -> float:
    """I-index of a text, 0 to 1: how often the language changes from one word to the next.

    >>> integration_index(["en", "ar", "und", "ar", "en"])
    0.6666666666666666
    """
    spoken = [code for code in languages if code != NO_LANGUAGE]
    switches = sum(a != b for a, b in itertools.pairwise(spoken))
    return switches / (len(spoken) - 1) if len(spoken) > 1 else 0.0


def multilingual_index(counts: Mapping[str, int]) -> float:
    """M-index of a corpus, 0 to 1, from the number of words (or letters) of each language.

    >>> multilingual_index({"en": 50, "ar": 50, "und": 7})
    1.0
    """
    spoken = [number for code, number in counts.items() if code != NO_LANGUAGE and number > 0]
    if len(spoken) < 2:
        return 0.0
    total = sum(spoken)
    squares = sum(number * number for number in spoken)
    return (total * total - squares) / ((len(spoken) - 1) * squares)
