"""Runs langdetect's own detector, for those who must reproduce it: with a fixed seed and a factory of our own."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING, Any

from postscan.languages.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEED = 0
_CHINESE = {"zh-cn": "zh", "zh-tw": "zh"}


@functools.cache
def _factory() -> Any:
    """A factory that shares nothing with `langdetect.detect`, whose seed belongs to the whole process."""
    from langdetect.detector_factory import DetectorFactory

    profiles = sorted(resources.files("langdetect").joinpath("profiles").iterdir(), key=lambda path: path.name)
    factory = DetectorFactory()
    factory.load_json_profile([path.read_text(encoding="utf-8") for path in profiles])
    factory.seed = _SEED
    return factory


def detect_original(text: str) -> tuple[str, float]:
    """The answer and probability of langdetect, the same each time; ("und", 0.0) where it finds nothing to go by.

    >>> detect_original("")
    ('und', 0.0)
    """
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return "und", 0.0
    if not found:
        return "und", 0.0
    return _CHINESE.get(found[0].lang, found[0].lang), min(1.0, round(float(found[0].prob), 3))


def detect_groups(pieces: Pieces, group: NDArray[np.int64], votes: NDArray[np.bool_]) -> dict[int, tuple[str, float]]:
    """The decision of each group, by the text of its pieces, as they stand, with spaces between."""
    texts: dict[int, list[str]] = {}
    rows = zip(group.tolist(), votes.tolist(), pieces.start.tolist(), pieces.end.tolist(), strict=True)
    for key, counts, start, end in rows:
        if counts:
            texts.setdefault(key, []).append(pieces.text[start:end])
    return {key: detect_original(" ".join(some)) for key, some in texts.items()}
