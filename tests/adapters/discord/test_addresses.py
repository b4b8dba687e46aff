"""Where discord.py is sent: both of its addresses, and only to places on the web."""

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.addresses import use_api, use_gateway
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("http://127.0.0.1:1/api/v10", "http://127.0.0.1:1/api/v10"),
        ("http://127.0.0.1:1/api/", "http://127.0.0.1:1/api/v10"),
        ("https://proxy.example/discord", "https://proxy.example/discord/v10"),
        ("https://discord.com/api", "https://discord.com/api/v10"),
    ],
)
def test_an_address_is_used_with_or_without_its_version(given: str, base: str) -> None:
    use_api(given)
    assert Route("GET", "/users/@me").url == f"{base}/users/@me"


@pytest.mark.parametrize("given", ["", "discord.com", "ftp://discord.com/api", "http://", "https:///api"])
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        use_api(given)


@on_a_loop
async def test_the_gateway_is_where_discord_says() -> None:
    async with DiscordStandIn() as discord:
        use_gateway(discord.gateway.bot()["url"])
        assert str(DiscordWebSocket.DEFAULT_GATEWAY) == discord.gateway.url
