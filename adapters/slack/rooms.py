"""What the ids and names of Slack's conversations tell, and where their messages are to be seen."""

from urllib.parse import urlencode

from bot.channels import Channel


def is_direct(channel: str) -> bool:
    """Say whether a conversation is between two, by its id."""
    return channel.startswith("D")


def label_of(name: str) -> str:
    """Return what people call a channel; empty where Slack does not tell its name.

    Of a conversation that not everyone may know of Slack only says what kind it is.
    """
    return f"#{name}" if name and name not in _KINDS and not name.startswith(_GROUP) else ""


def address_of(site: str, channel: Channel, ts: str) -> str:
    """Return where people can see a message, without asking Slack for its permalink.

    Args:
        site: where the workspace is on the web; empty where that is not known, and then the address is that of the
            channel (https://docs.slack.dev/interactivity/deep-linking).
        channel: where the message is.
        ts: Slack's id of it.
    """
    if site:
        return f"{site.rstrip('/')}/archives/{channel.id}/p{ts.replace('.', '')}"
    return f"https://slack.com/app_redirect?{urlencode({'team': channel.workspace, 'channel': channel.id})}"


_KINDS = frozenset({"directmessage", "privategroup"})
_GROUP = "mpdm-"
