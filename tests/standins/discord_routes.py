"""Which request does what at a stand-in Discord."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.standins import discord_commandbook as book
from tests.standins import discord_rest as rest
from tests.standins.discord_calls import Call
from tests.standins.discord_gateway import Gateway
from tests.standins.discord_interactions import Interactions

Deed = Callable[[Call], Any | Awaitable[Any]]

_REST: dict[str, rest.Handler] = {
    "GET /users/@me": rest.me,
    "GET /applications/@me": rest.application,
    "GET /oauth2/applications/@me": rest.application,
    "POST /users/@me/channels": rest.direct,
    "GET /channels/{channel}": rest.read_channel,
    "PATCH /channels/{channel}": rest.edit_channel,
    "GET /channels/{channel}/messages": rest.read_messages,
    "POST /channels/{channel}/messages": rest.post_message,
    "GET /channels/{channel}/messages/{message}": rest.read_message,
    "PATCH /channels/{channel}/messages/{message}": rest.edit_message,
    "POST /channels/{channel}/messages/{message}/crosspost": rest.crosspost,
    "POST /channels/{channel}/threads": rest.start_post,
    "GET /channels/{channel}/threads/archived/public": rest.archived_threads,
    "GET /guilds/{guild}": rest.read_guild,
    "GET /guilds/{guild}/channels": rest.guild_channels,
    "GET /guilds/{guild}/members/{user}": rest.read_member,
    "GET /guilds/{guild}/threads/active": rest.active_threads,
    "GET /applications/{app}/commands": book.read,
    "PUT /applications/{app}/commands": book.replace,
    "POST /applications/{app}/commands": book.add,
    "PATCH /applications/{app}/commands/{command}": book.change,
    "DELETE /applications/{app}/commands/{command}": book.remove,
}

_WEBHOOK = "/webhooks/{app}/{token}"


def routes(api: rest.Api, interactions: Interactions, gateway: Gateway) -> dict[str, Deed]:
    """Return what every route does."""

    def bound(handler: rest.Handler) -> Deed:
        return lambda call: handler(api, call)

    return {
        **{route: bound(handler) for route, handler in _REST.items()},
        "GET /gateway/bot": lambda _: gateway.bot(),
        "GET /gateway": lambda _: {"url": gateway.url},
        "POST /interactions/{id}/{token}/callback": interactions.callback,
        f"POST {_WEBHOOK}": interactions.follow_up,
        f"GET {_WEBHOOK}/messages/{{message}}": interactions.read,
        f"PATCH {_WEBHOOK}/messages/{{message}}": interactions.edit,
        f"DELETE {_WEBHOOK}/messages/{{message}}": interactions.delete,
    }
