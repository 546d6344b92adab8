"""Logarithms in whole numbers, the same on every machine."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CERTAIN_BITS = 30
"""Chances are whole numbers in units of 2**-30."""
CERTAIN = 1000 * CERTAIN_BITS
"""The logarithm of 2**30, which stands for certainty."""
_LOG_BITS = 12


@functools.cache
def _log_table() -> NDArray[np.int64]:
    """1000 * log2 of the middle of each of 4096 steps from 1/2 to 1; a test holds that none is near a rounding edge."""
    import numpy as np

    steps = 1 << _LOG_BITS
    return np.array([round(1000 * math.log2(0.5 + (i + 0.5) / (2 * steps))) for i in range(steps)], np.int64)


def log_thousandths(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """1000 * log2 of positive whole numbers below 2**53, to within 0.2, the same on every machine."""
    import numpy as np

    fraction, exponent = np.frexp(values.astype(np.float64))  # exact: no rounding below 2**53
    step = ((fraction - 0.5) * (2 << _LOG_BITS)).astype(np.int64)
    return 1000 * exponent.astype(np.int64) + _log_table()[step]
