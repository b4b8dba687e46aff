"""The answers to whoever sets what a channel gets."""

from collections.abc import Sequence

from bot.pages.phrases import listed, quoted, shortened, wanted
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
from bot.requests import Request, Status, TopicList
from bot.subscriptions import Subscription, SubscriptionState
from bot.topics.index import How
from bot.topics.several import Understood
from bot.views import Button, Buttons, View
from bot.wording import fits


def nowhere() -> View:
    """Return that a terminal is no place to subscribe in."""
    said = (
        "A subscription brings what is new to a channel of Slack or Discord, or to a direct message there. Bring me to"
        " one, as docs/slack.md and docs/discord.md say, and type /pprnet subscribe there."
    )
    return View("Subscriptions belong to channels", paragraphs(said))


def hindered(why: str) -> View:
    """Return why a person may not change what the channel gets."""
    look = Buttons((Button("What comes here", Status()), PREVIEW))
    return View("That is for others to change", (*paragraphs(why, _UNCHANGED), look))


def blocked(why: str, again: Request) -> View:
    """Return what keeps the bot from posting in the channel, with a button for when that is out of the way."""
    retry = (Buttons((Button("Try again", again),)),) if fits(again) else ()
    return View("I cannot post here yet", (*paragraphs(why, _UNCHANGED), *retry))


def unread(pieces: Sequence[Understood], offers: Sequence[Button]) -> View:
    """Return which words for topics were not understood.

    Args:
        pieces: all that were typed.
        offers: the same request, with what the words may mean in their place.
    """
    said = [_not_understood(piece) for piece in pieces if not piece.names]
    choices = Buttons((*offers, Button("All topics", TopicList())))
    return View(_WHICH, (*paragraphs(*said, _UNCHANGED), choices))


def empty() -> View:
    """Return that all topics that are asked for are also to be left out."""
    said = "That would bring nothing: the topics you ask for are also those to leave out."
    return View(_WHICH, (*paragraphs(said, _UNCHANGED), Buttons((CHANGE,))))


def nothing_to_change(here: Here) -> View:
    """Return that there is no subscription."""
    said = f"{here.is_unsubscribed} There is nothing to change."
    return View("No subscription", (*paragraphs(said), offer(here.kept)))


def subscribed(before: Here, now: Subscription, outlook: Outlook, pieces: Sequence[Understood]) -> View:
    """Return that a channel is subscribed.

    Args:
        before: how it stood.
        now: its subscription as it is.
        outlook: what is to come.
        pieces: the words for topics, as they were understood.
    """
    title, since, changed = _compared(now, before.subscription)
    notes = [note for piece in pieces if (note := _understood(piece))]
    return View(
        title,
        (
            *paragraphs(f"{since} {before.gets(now.filter)}.", *changed, *notes, coming(outlook)),
            *sample(outlook),
            Buttons((CHANGE, PAUSE, UNSUBSCRIBE, PREVIEW)),
        ),
    )


def paused(subscription: Subscription, *, already: bool) -> View:
    """Return that nothing comes until someone resumes it."""
    said = "Nothing more is posted here until someone resumes the subscription."
    kept = f"It stays as it was set: {wanted(subscription.filter)}."
    return View("Paused already" if already else "Paused", (*paragraphs(said, kept), Buttons((RESUME, UNSUBSCRIBE))))


def resumed(here: Here, outlook: Outlook, *, already: bool) -> View:
    """Return that a subscription goes on."""
    said = f"As before, {here.gets(here.filter)}."
    title = "It was not paused" if already else "It goes on"
    return View(title, (*paragraphs(said, coming(outlook)), Buttons((CHANGE, PAUSE, PREVIEW))))


def ended(subscription: Subscription) -> View:
    """Return that a subscription is over."""
    said = "Nothing more is posted here by itself. You can still ask for anything."
    return View("Unsubscribed", (*paragraphs(said), offer(subscription)))


_UNCHANGED = "Nothing was changed."
_WHICH = "Which topics?"


def _compared(now: Subscription, before: Subscription | None) -> tuple[str, str, tuple[str, ...]]:
    """Return a title, since when it is so, and what is different from before."""
    if before is None:
        return "Subscribed", "From now on", ()
    rested = (
        () if before.state is SubscriptionState.ACTIVE else ("The subscription had been interrupted, and goes on.",)
    )
    if before.filter == now.filter:
        return "Subscribed already", "As before,", rested
    return "Changed", "From now on", (*rested, f"That replaces what was set before: {wanted(before.filter)}.")


def _understood(piece: Understood) -> str:
    """Say how words were understood; empty where they are a topic's name."""
    words, names = quoted(shortened(piece.words)), piece.names
    meant = listed([quoted(name) for name in names]) if len(names) > 1 else "".join(names)
    match piece.resolution.how if piece.resolution else How.NAME:
        case How.NAME:
            return ""
        case How.ALIAS | How.JOINED:
            return f"{words} belongs to {meant}."
        case How.PREFIX | How.WORD_PREFIX:
            return f"I took {words} as the beginning of {meant}."
        case How.NEAR:
            return f"I read {words} as {meant}."


def _not_understood(piece: Understood) -> str:
    words = quoted(shortened(piece.words))
    return f"{words} may mean several topics." if piece.resolution else f"I know no topic {words}."
