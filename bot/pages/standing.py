"""How a channel stands: what every answer about subscriptions says of it, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.editions import Standing
from bot.model import Post
from bot.pages import lists
from bot.pages.phrases import at_time, wanted
from bot.requests import Help, Pause, Preview, Resume, Subscribe, Unsubscribe
from bot.subscriptions import Filter, Subscription, SubscriptionState
from bot.views import Block, Button, Buttons, Heading, Paragraph, Text
from bot.wording import fits

CHANGE = Button("Change", Help("subscribe"))
PAUSE = Button("Pause", Pause())
PREVIEW = Button("Preview", Preview())
RESUME = Button("Resume", Resume())
UNSUBSCRIBE = Button("Unsubscribe", Unsubscribe())


@dataclass(frozen=True, slots=True)
class Here:
    """The channel that was asked in.

    Attributes:
        kept: the subscription that the store has of it, whatever its state; `None` if it never had one.
        direct: it is a direct message.
        deliveries: some of the deliveries there, newest first.
    """

    kept: Subscription | None
    direct: bool
    deliveries: Sequence[Standing] = ()

    @property
    def subscription(self) -> Subscription | None:
        """Its subscription, unless that has ended."""
        return self.kept if self.kept and self.kept.state is not SubscriptionState.ENDED else None

    @property
    def filter(self) -> Filter:
        """What it gets, or would get."""
        return self.subscription.filter if self.subscription else Filter()

    @property
    def is_unsubscribed(self) -> str:
        """Say that it has no subscription."""
        return "You have not subscribed here." if self.direct else "This channel has not subscribed."

    def gets(self, filter_: Filter) -> str:
        """Say what it gets by a filter, as a clause: `this channel gets every new summary`."""
        return f"you get {wanted(filter_)} here" if self.direct else f"this channel gets {wanted(filter_)}"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said of the announcements to come.

    Attributes:
        next_at: when the next one is due, in the time zone of the schedule.
        sample: the latest post that would have come; `None` when the archive holds none.
    """

    next_at: datetime
    sample: Post | None = None


def coming(outlook: Outlook) -> str:
    """Say when the next announcement is due."""
    return f"Next: {at_time(outlook.next_at)}. If nothing is new by then, I look again every day."


def sample(outlook: Outlook) -> tuple[Block, ...]:
    """Return the latest post that would have come, marked as a sample."""
    if outlook.sample is None:
        return paragraphs("The archive holds nothing yet that would have come.")
    heading = Heading("A sample: the latest summary that would have come")
    return (heading, lists.entry(outlook.sample), *paragraphs("Nothing old is posted."))


def offer(kept: Subscription | None) -> Buttons:
    """Return buttons to subscribe, as it was before if there was a subscription."""
    before = kept.filter if kept else Filter()
    request = Subscribe(", ".join(before.topics), ", ".join(before.without))
    again = (Button("Subscribe as before", request),) if request != Subscribe() and fits(request) else ()
    return Buttons((*again, Button("Subscribe to everything", Subscribe()), PREVIEW))


def paragraphs(*sentences: str) -> tuple[Paragraph, ...]:
    """Return each as a paragraph."""
    return tuple(Paragraph((Text(sentence),)) for sentence in sentences)
