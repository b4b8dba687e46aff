"""The App Home: a search box, the topics, the newest month and how to start."""

from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import Any

from adapters.slack import limits, names
from adapters.slack.blocks import actions, button, plain_text
from adapters.slack.measuring import VIEW
from adapters.slack.pieces import pieces_of
from bot.commands import COMMANDS
from bot.requests import Latest, TopicPosts
from bot.topics.catalogue import Topic
from bot.views import Bullets, Button, Context, Paragraph, Strong, Text, View
from bot.wording import encode, fits

Json = dict[str, Any]


def home(latest: View, subscription: View | None = None, *, channel: str = "") -> Json:
    """Return the App Home, for views.publish.

    Args:
        latest: the answer to `latest`.
        subscription: what comes to the person's direct messages, if that is known.
        channel: these direct messages, kept with the Home for what is clicked in it.
    """
    numbers = count(1)
    shown = [latest, *([subscription] if subscription else [])]
    pieces = [[_search_box()], [_topic_menu()], *chain(*(pieces_of(view, numbers) for view in shown))]
    foot = list(chain(*pieces_of(_START, numbers)))
    more = actions([button(Button("Read the newest month in full", Latest()), names.FULL)])
    return {
        "type": "home",
        "callback_id": names.HOME,
        "private_metadata": channel,
        "blocks": VIEW.carry(pieces, foot, [more]),
    }


def topic_options(topics: Sequence[Topic], counts: Mapping[str, int] | None = None) -> list[Json]:
    """Return topics as options of the menu, for the answer to a block_suggestion; at most as many as Slack takes.

    Args:
        topics: in the order to show them.
        counts: how many posts each topic has, by its name; left out where not given.
    """
    return [_option(topic, counts) for topic in topics if fits(TopicPosts(topic.name))][: limits.OPTIONS]


_START = View(
    "How to start",
    (
        Paragraph((Text("Type a command in any channel, send me a message, or mention me where I am a member."),)),
        Bullets(tuple((Strong(f"{names.COMMAND} {each.form}"), Text(f": {each.purpose}")) for each in COMMANDS)),
        Context((Text("Only you see the answer to a command, until you share it."),)),
    ),
)


def _search_box() -> Json:
    return {
        "type": "input",
        "block_id": names.SEARCH_BLOCK,
        "dispatch_action": True,
        "label": plain_text("Search the summaries", limits.PLACEHOLDER),
        "element": {
            "type": "plain_text_input",
            "action_id": names.SEARCH,
            "placeholder": plain_text("Words, a question, author:name, year:>2019 … then Enter", limits.PLACEHOLDER),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }


def _topic_menu() -> Json:
    return {
        "type": "section",
        "block_id": names.TOPIC_BLOCK,
        "text": plain_text("Or choose a topic", limits.PLACEHOLDER),
        "accessory": {
            "type": "external_select",
            "action_id": names.TOPIC,
            "placeholder": plain_text("Topics", limits.PLACEHOLDER),
            "min_query_length": 0,
        },
    }


def _option(topic: Topic, counts: Mapping[str, int] | None) -> Json:
    label = topic.name if counts is None else f"{topic.name} ({counts.get(topic.name, 0):,})"
    return {"text": plain_text(label, limits.OPTION_LABEL), "value": encode(TopicPosts(topic.name))}
