"""What an outcome makes of a delivery: sent, tried again, or given up."""

from datetime import datetime, timedelta

from bot.announcing.backoff import Draw, at_least, backoff
from bot.editions import DeliveryState, Settlement, Task
from bot.outcomes import Finding, Gone, NotSent, Outcome, Refused, Sent, TryLater, Unsure

PATIENCE = timedelta(hours=24)
"""How long a delivery is tried before it is given up."""

SETTLING = 2.0
"""Seconds before a message is looked for whose answer was lost: what was accepted has appeared by then."""


def settlement(task: Task, outcome: Outcome, at: datetime, draw: Draw) -> Settlement:
    """Return what becomes of a delivery that was posted, or that was to be.

    Args:
        task: the delivery.
        outcome: what became of posting it.
        at: the time of day, an aware time.
        draw: chance, for the wait before the next try.
    """
    key = task.delivery.key
    match outcome:
        case Sent(message, url):
            return Settlement(key, DeliveryState.SENT, message, url)
        case Gone(why):
            return Settlement(key, DeliveryState.SKIPPED, why=why)
        case Refused(why):
            return Settlement(key, DeliveryState.FAILED, why=why)
        case TryLater(why, after):
            wait = backoff(task.attempts, draw) if after is None else at_least(after, draw)
            return _again(task, why, at, wait, unsure=False)
        case Unsure(why):
            return _again(task, why, at, SETTLING + backoff(task.attempts, draw), unsure=True)


def settlement_of_search(task: Task, finding: Finding, at: datetime, draw: Draw) -> Settlement | None:
    """Return what becomes of a delivery that was looked for; `None` if it is not there, and so may be posted.

    Args:
        task: the delivery.
        finding: what the search has found.
        at: the time of day, an aware time.
        draw: chance, for the wait before the next search.
    """
    match finding:
        case NotSent():
            return None
        case TryLater(why, after):
            wait = backoff(task.attempts, draw) if after is None else at_least(after, draw)
            return _again(task, why, at, wait, unsure=True)
        case Sent() | Gone() | Unsure():
            return settlement(task, finding, at, draw)


def put_back(task: Task, due_at: datetime, why: str = "It waits for its turn.") -> Settlement:
    """Return the settlement of a delivery that was claimed and not tried: it is as it was, and due again."""
    return Settlement(task.delivery.key, DeliveryState.WAITING, why=why, due_at=due_at, unsure=task.unsure)


def _again(task: Task, why: str, at: datetime, wait: float, *, unsure: bool) -> Settlement:
    key = task.delivery.key
    if at - task.first_tried_at >= PATIENCE:
        return Settlement(key, DeliveryState.UNKNOWN if unsure else DeliveryState.FAILED, why=why, unsure=unsure)
    return Settlement(key, DeliveryState.WAITING, why=why, due_at=at + timedelta(seconds=wait), unsure=unsure)
