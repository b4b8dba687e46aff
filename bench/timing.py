"""Taking times, and printing them side by side."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence


def times(call: Callable[[], object], rounds: int) -> list[float]:
    """Return how long each of so many calls took, in seconds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return taken


def taken_by_each(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Return how long each of these calls took, in seconds."""
    return [times(call, 1)[0] for call in calls]


def p50(taken: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(taken)


def p99(taken: Sequence[float]) -> float:
    """Return the time that 99 of 100 calls stay under."""
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.99))]


def row(name: str, *figures: str) -> None:
    """Print one row of a table."""
    print(f"{name:<44}", *(f"{figure:>14}" for figure in figures))


def ms(seconds: float) -> str:
    """Return a time in milliseconds."""
    return f"{seconds * 1000:.2f} ms"
