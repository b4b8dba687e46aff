"""Who the bot is in a workspace, and whether it may do its work there."""

import logging
from collections.abc import Iterable
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.gone import REASONS
from adapters.slack.manifest import required_scopes
from bot.errors import PprnetError

_log = logging.getLogger("pprnet.slack")

APPS = "https://api.slack.com/apps"
"""Where apps are looked after."""

UNREACHABLE = (aiohttp.ClientError, SlackClientError, TimeoutError, OSError, TypeError)
"""What calls of slack_sdk raise when the far end is away or talks nonsense (`TypeError` for a broken body, 3.48)."""

_TOKEN_PAGE = f"At {APPS} choose the app, then “OAuth & Permissions”"
_SECRETS_PAGE = f"At {APPS} choose the app, then “Basic Information”"


class SlackAccessError(PprnetError):
    """Slack does not let the bot in."""


class Workspace:
    """A workspace that let the bot in.

    Attributes:
        identity: who the bot is there, as bolt wants it; it holds the token.
        url: where people see it on the web, with a slash at its end; empty where Slack did not say.
        gone: why the workspace can no longer be used; empty as long as it can.
    """

    def __init__(self, identity: AuthorizeResult, url: str = "") -> None:
        """Begin with a workspace that can be used."""
        self.identity = identity
        self.url = url
        self.gone = ""

    @property
    def id(self) -> str:
        """Slack's id of it."""
        return self.identity.team_id or ""

    def leave(self, code: str) -> None:
        """Stop using the workspace because of what Slack said; everything that is set for it stays."""
        if not self.gone:
            self.gone = REASONS.get(code, code)
            said = "the workspace %s is no longer used: %s; its settings are kept"
            _log.error(said, self.identity.team_id, self.gone, extra={"action": "slack.gone"})

    def heed(self, error: Exception) -> None:
        """Leave the workspace if this is how Slack says that it is gone."""
        if (code := error_code(error)) in REASONS:
            self.leave(code)


def error_code(error: Exception) -> str:
    """Return Slack's word for an error; empty when it gave none.

    On a page that is no JSON, `response` holds no word, or is none of slack_sdk's own (slack_sdk 3.48).
    """
    response: Any = getattr(error, "response", None)
    data = getattr(response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def retry_after(error: Exception) -> float:
    """Return the seconds that Slack wants to be left alone for after an error; 0 where it does not say."""
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("Retry-After", 0)))
    except ValueError:
        return 0.0


async def enter(client: AsyncWebClient, token: str) -> Workspace:
    """Ask Slack who the bot is, and whether it may do everything it needs to.

    Raises:
        SlackAccessError: the token is not valid, a scope is missing, or Slack cannot be reached.
    """
    try:
        told = await client.auth_test(token=token)
    except SlackApiError as error:
        raise _refused(error) from error
    except UNREACHABLE as error:
        raise _unreachable(type(error).__name__, client.base_url) from error
    _check_scopes(told.headers)
    identity = AuthorizeResult(
        enterprise_id=told.get("enterprise_id"),
        team_id=told["team_id"],
        bot_user_id=told["user_id"],
        bot_id=told.get("bot_id"),
        bot_token=token,
    )
    return Workspace(identity, told.get("url") or "")


def app_token_error(code: str) -> SlackAccessError:
    """Return the error of an app token that Socket Mode cannot be opened with."""
    human = (
        f"Slack does not open Socket Mode with SLACK_APP_TOKEN ({code}). {_SECRETS_PAGE}, “App-Level Tokens”, and copy"
        " or make a token with the scope connections:write; “Socket Mode” has to be switched on."
    )
    return SlackAccessError(f"Socket Mode was refused: {code}", human)


def _refused(error: SlackApiError) -> SlackAccessError:
    code = error_code(error)
    if code in {"account_inactive", "app_uninstalled", "token_revoked"}:
        human = f"The app was removed from the workspace ({code}). {_TOKEN_PAGE}, and install it again."
    elif code in {"invalid_auth", "not_authed", "token_expired"}:
        human = (
            f"Slack does not know SLACK_BOT_TOKEN ({code}). {_TOKEN_PAGE}, and copy the “Bot User OAuth Token” anew."
        )
    elif code:
        human = f"Slack does not let the bot in ({code})."
    else:
        return _unreachable("no answer that could be read", "")
    return SlackAccessError(f"auth.test was refused: {code}", human)


def _unreachable(kind: str, url: str) -> SlackAccessError:
    where = f" at {url}" if url else ""
    return SlackAccessError(
        f"Slack could not be reached: {kind}",
        f"Slack cannot be reached{where}. Is this machine online, and is SLACK_API_URL right if it is set?",
    )


def _check_scopes(headers: Any) -> None:
    granted = {scope.strip() for name, value in headers.items() if name.lower() == "x-oauth-scopes"
               for scope in value.split(",")}  # fmt: skip
    if not granted:
        _log.warning("Slack did not say what the bot may do", extra={"action": "slack.scopes"})
    elif missing := sorted(required_scopes() - granted):
        listed = _listed(missing)
        human = (
            f"The bot's token lacks the scope{'s' if len(missing) > 1 else ''} {listed}. {_TOKEN_PAGE},"
            f" “Bot Token Scopes”, add {listed}, and then “Reinstall to Workspace”."
        )
        raise SlackAccessError(f"missing scopes: {', '.join(missing)}", human)


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
