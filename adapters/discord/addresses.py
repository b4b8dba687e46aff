"""Where Discord is: discord.py keeps both addresses for the whole process, in two places that have to agree."""

import re
from urllib.parse import urlsplit

import yarl
from discord import http
from discord.gateway import DiscordWebSocket

API = "https://discord.com/api"
"""Where Discord is unless the operator says otherwise."""

_VERSIONED = re.compile(r"/v\d+$")


def use_api(url: str = API) -> None:
    """Send every request of discord.py to this address from now on.

    Args:
        url: the base of the REST API, with or without its version (`/v10`), as DISCORD_API_URL has it.

    Raises:
        ValueError: it is no address on the web.
    """
    base = url.rstrip("/")
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not an address on the web")
    http.Route.BASE = base if _VERSIONED.search(base) else f"{base}/v{http.INTERNAL_API_VERSION}"


def use_gateway(url: str) -> None:
    """Open every websocket of discord.py at this address from now on.

    discord.py never asks where the gateway is, and goes back to this address whenever a session is lost; so it has to
    be told what `GET /gateway/bot` says, before it connects.

    Args:
        url: what `/gateway/bot` answered, such as `wss://gateway.discord.gg`.
    """
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
