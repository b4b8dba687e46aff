"""How long to wait before something that failed is tried again."""

from collections.abc import Callable
from math import ldexp

Draw = Callable[[], float]
"""Draws a number from 0 to 1, 1 not included; `random.random` is one."""

SHORTEST, LONGEST = 1.0, 3600.0
"""The bounds of a wait, in seconds."""

_MOST_DOUBLINGS = 12  # past the longest wait; a larger power says nothing more


def backoff(failures: int, draw: Draw, *, longest: float = LONGEST) -> float:
    """Return the seconds to wait after so many failures in a row: anything up to twice as long as the last time.

    Full jitter, as in https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/: what failed together
    does not come back together.

    Args:
        failures: how many, at least 1.
        draw: chance.
        longest: the longest wait, in seconds.
    """
    most = min(longest, ldexp(SHORTEST, min(failures, _MOST_DOUBLINGS)))
    return max(SHORTEST, draw() * most)


def at_least(seconds: float, draw: Draw) -> float:
    """Return a wait that somebody asked for, a little longer, so that not all who were asked come back at once."""
    return seconds + draw() * max(SHORTEST, seconds / 10)
