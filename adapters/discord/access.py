"""Whether Discord lets the bot in, and what it says about the bot: its application, its shards, its gateway."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

import aiohttp
import discord

from adapters.discord.addresses import use_api, use_gateway
from bot.errors import PprnetError
from bot.settings import DiscordSettings

APPLICATIONS = "https://discord.com/developers/applications"
"""Where applications are looked after."""

UNREACHABLE = (aiohttp.ClientError, discord.DiscordServerError, TimeoutError, OSError)
"""What calls of discord.py raise when the far end is away."""

NONSENSE = (KeyError, TypeError, ValueError)
"""What discord.py raises when an answer is none of Discord's, such as the page of a proxy (2.7)."""

_PATIENCE = 60.0
"""Seconds that Discord may take at the start; discord.py tries a failing call for 25 by itself."""


class DiscordAccessError(PprnetError):
    """Discord does not let the bot in."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What Discord says at the door.

    Attributes:
        application: the id of the application.
        shards: how many shards Discord recommends.
        concurrency: how many shards may begin a session at once.
    """

    application: int
    shards: int = 1
    concurrency: int = 1


async def enter(settings: DiscordSettings) -> Entrance:
    """Ask Discord who the bot is and how its gateway is reached; from now on everything goes to the address set.

    Raises:
        DiscordAccessError: the token is not valid, commands are sent elsewhere, or Discord cannot be reached.
    """
    async with admittance(), discord.Client(intents=discord.Intents.none()) as guest:
        use_api(settings.api_url)
        await guest.login(settings.token)
        shards, url, limit = await guest.http.get_bot_gateway()
    application = cast("discord.AppInfo", guest.application)  # which logging in has brought
    if application.interactions_endpoint_url:
        raise _sent_elsewhere()
    use_gateway(url)
    return Entrance(application.id, max(1, shards), limit["max_concurrency"])


@contextlib.asynccontextmanager
async def admittance() -> AsyncIterator[None]:
    """Ask Discord to be let in, and translate what it says.

    Raises:
        DiscordAccessError: the token is not valid, or Discord cannot be reached.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            yield
    except discord.LoginFailure as error:
        raise _unknown_token() from error
    except (*UNREACHABLE, *NONSENSE, discord.GatewayNotFound) as error:
        raise _unreachable(type(error).__name__) from error
    except discord.HTTPException as error:
        raise _refused(error) from error


def _unknown_token() -> DiscordAccessError:
    human = (
        f"Discord does not know DISCORD_TOKEN. At {APPLICATIONS} choose the application, then “Bot” and “Reset Token”,"
        " and copy the new one."
    )
    return DiscordAccessError("the token was refused", human)


def _refused(error: discord.HTTPException) -> DiscordAccessError:
    code = f"{error.status}, {error.code}" if error.code else str(error.status)
    return DiscordAccessError(f"the login was refused: {code}", f"Discord does not let the bot in ({code}).")


def _unreachable(kind: str) -> DiscordAccessError:
    where = discord.http.Route.BASE
    return DiscordAccessError(
        f"Discord could not be reached: {kind}",
        f"Discord cannot be reached at {where}. Is this machine online, and is DISCORD_API_URL right if it is set?",
    )


def _sent_elsewhere() -> DiscordAccessError:
    human = (
        "Discord sends the bot's commands to another address. At"
        f" {APPLICATIONS} choose the application, then “General Information”, and empty “Interactions Endpoint URL”."
    )
    return DiscordAccessError("the application has an interactions endpoint", human)
