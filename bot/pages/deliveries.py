"""How subscriptions stand: what became of the last announcements, and who else gets what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from bot.editions import DeliveryState, Standing
from bot.model import Post
from bot.pages.announcement import announcement
from bot.pages.phrases import at_time, counted, on_day, wanted
from bot.pages.standing import (
    CHANGE,
    PAUSE,
    PREVIEW,
    RESUME,
    UNSUBSCRIBE,
    Here,
    Outlook,
    coming,
    offer,
    paragraphs,
    sample,
)
from bot.requests import Status, Subscriptions
from bot.subscriptions import Subscription, SubscriptionState
from bot.views import Block, Bullets, Button, Buttons, Context, Heading, Link, Span, Strong, Text, View

PAGE_SIZE = 8
"""How many lines a list has."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """One page of the subscriptions of other channels.

    Attributes:
        shown: those of the page, each with its last delivery.
        page: its number, from 1.
        total: how many there are on all pages.
        hidden: how many more there are in private channels.
    """

    shown: Sequence[tuple[Subscription, Sequence[Standing]]]
    page: int
    total: int
    hidden: int


def status(here: Here, outlook: Outlook, page: int, *, more: bool) -> View:
    """Return how a channel stands, and what became of the last announcements there.

    Args:
        here: how it stands, with the deliveries of the page.
        outlook: what is to come.
        page: the number of the page, from 1.
        more: there are older deliveries.
    """
    lines = tuple(_line(delivery, outlook.next_at.tzinfo) for delivery in here.deliveries)
    nothing = "Nothing has been posted here yet." if page == 1 else f"The list has no page {page}."
    return View(
        "What comes here",
        (
            *_stands(here, outlook),
            Heading("The last announcements"),
            *([Bullets(lines)] if lines else paragraphs(nothing)),
            *_turns(Status(page), more=more),
        ),
    )


def overview(here: Here, outlook: Outlook, around: Neighbours) -> View:
    """Return how a channel stands, and what other channels around it have subscribed to."""
    zone = outlook.next_at.tzinfo
    lines = tuple(_neighbour(*each, zone) for each in around.shown)
    return View(
        "Subscriptions",
        (
            *_stands(here, outlook),
            *(Context(_line(delivery, zone)) for delivery in here.deliveries[:1]),
            *((Heading("Other channels"), Bullets(lines)) if lines else ()),
            *_hidden(around.hidden),
            *_turns(Subscriptions(around.page), more=around.page * PAGE_SIZE < around.total),
        ),
    )


def preview(posts: Sequence[Post], here: Here, outlook: Outlook) -> View:
    """Return the announcement of posts as it would be, and that it is none yet.

    Args:
        posts: at least one, newest first.
        here: how the channel stands.
        outlook: what is to come.
    """
    view = announcement(posts, here.filter)
    note = Context((Text(f"This is a preview. {_when(here, outlook)}"),))
    return replace(view, blocks=(*view.blocks, note))


def no_news(here: Here, outlook: Outlook) -> View:
    """Return that there is nothing to announce yet, and a sample of what will come."""
    said = "No summary that would come here is waiting to be announced."
    return View("Nothing new yet", (*paragraphs(said, _when(here, outlook)), *sample(outlook)))


def _stands(here: Here, outlook: Outlook) -> tuple[Block, ...]:
    subscription = here.subscription
    if subscription is None:
        return (*paragraphs(here.is_unsubscribed), offer(here.kept))
    how, choices = _how(subscription, outlook)
    gets = here.gets(here.filter)
    return (
        *paragraphs(f"{gets[0].upper()}{gets[1:]}.", how),
        Context((Text(f"Subscribed {_since(subscription)}."),)),
        Buttons(choices),
    )


def _when(here: Here, outlook: Outlook) -> str:
    return _how(here.subscription, outlook)[0] if here.subscription else here.is_unsubscribed


def _how(subscription: Subscription, outlook: Outlook) -> tuple[str, tuple[Button, ...]]:
    """Say how a subscription stands, with buttons for what can be done about it."""
    match subscription.state:
        case SubscriptionState.ACTIVE:
            return coming(outlook), (CHANGE, PAUSE, UNSUBSCRIBE, PREVIEW)
        case SubscriptionState.PAUSED:
            return "It is paused: nothing is posted until someone resumes it.", (RESUME, UNSUBSCRIBE)
        case SubscriptionState.GONE | SubscriptionState.ENDED:
            return f"It is interrupted. {subscription.why}", (RESUME, UNSUBSCRIBE)


def _since(subscription: Subscription) -> str:
    by = f" by {subscription.by_name}" if subscription.by_name else ""
    return f"on {on_day(subscription.since)}{by}"


def _neighbour(subscription: Subscription, deliveries: Sequence[Standing], zone: tzinfo | None) -> tuple[Span, ...]:
    said = f": {wanted(subscription.filter)}, subscribed {_since(subscription)}.{_STATES[subscription.state]}"
    last = [span for delivery in deliveries[:1] for span in (Text(" "), *_line(delivery, zone))]
    return (Strong(subscription.label or "a channel"), Text(said), *last)


_STATES = {
    SubscriptionState.ACTIVE: "",
    SubscriptionState.PAUSED: " Paused.",
    SubscriptionState.GONE: " Interrupted.",
    SubscriptionState.ENDED: " Ended.",
}


def _line(delivery: Standing, zone: tzinfo | None) -> tuple[Span, ...]:
    """Return what became of a delivery, with a link to the message where it can be seen."""
    when = at_time(delivery.at.astimezone(zone))
    link: tuple[Span, ...] = (Text(" "), Link("See it", delivery.url)) if delivery.url else ()
    return (Text(_became(delivery, when, zone)), *link)


def _became(delivery: Standing, when: str, zone: tzinfo | None) -> str:
    match delivery.state:
        case DeliveryState.SENT:
            return f"Posted on {when}."
        case DeliveryState.PLANNED | DeliveryState.SENDING:
            return f"On its way since {when}."
        case DeliveryState.WAITING:
            again = f" I try again on {at_time(delivery.due_at.astimezone(zone))}." if delivery.due_at else ""
            return f"Waiting since {when}: {delivery.why}{again}"
        case DeliveryState.FAILED:
            return f"Failed on {when}: {delivery.why}"
        case DeliveryState.SKIPPED:
            return f"Left out on {when}: {delivery.why}"
        case DeliveryState.UNKNOWN:
            return f"On {when} it could not be found out whether it was posted: {delivery.why}"


def _hidden(count: int) -> tuple[Block, ...]:
    if not count:
        return ()
    return (Context((Text(f"{counted(count, 'more subscription')}, in private channels and direct messages."),)),)


def _turns(request: Status | Subscriptions, *, more: bool) -> tuple[Block, ...]:
    back = (Button("Back", replace(request, page=request.page - 1)),) if request.page > 1 else ()
    on = (Button("More", replace(request, page=request.page + 1)),) if more else ()
    return (Buttons((*back, *on)),) if back or on else ()
