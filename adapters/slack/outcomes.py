"""What became of a call, in the core's words: every way in which Slack, or the way to it, can say no.

The codes are those of https://docs.slack.dev/reference/methods/chat.postMessage and of conversations.history. The rule:
only what is certain not to have been carried out may be sent again; all else is `Unsure`, and is looked for first.
"""

import re
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.outcomes import Gone, Refused, TryLater, Unsure

NOT_INSTALLED = Gone("PPRNet is not installed in this Slack workspace: install it to go on.", workspace=True)
"""What becomes of anything for a workspace without a token."""


def outcome_of(error: Exception) -> Gone | TryLater | Unsure | Refused:
    """Return what became of a post that raised; no sentence holds a token or a word of the post.

    Args:
        error: whatever the client raised.
    """
    match error:
        case SlackApiError(response=response):
            return _answered(response)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return TryLater("Slack cannot be reached: there was no connection, so nothing was sent.")
        case aiohttp.InvalidURL():
            return TryLater("Slack cannot be reached: SLACK_API_URL is no address, so nothing was sent.")
        case TimeoutError():
            return Unsure("Slack did not answer in time.")
        case aiohttp.ClientError() | OSError():
            return Unsure(f"The connection to Slack broke ({type(error).__name__}).")
        case _:
            return Unsure(f"Slack's answer could not be read ({type(error).__name__}).")


def finding_of(error: Exception) -> Gone | TryLater | Unsure:
    """Return what a search through a channel's history that raised has found out.

    A history that the bot may not read because it is no member any more is `Gone`, as nothing can be posted there
    either. Whether the message was posted before that stays unknown: whoever brings the channel back has to look again
    before sending again. A missing scope, or a call that Slack never takes, says nothing about the channel: `Unsure`.
    """
    if isinstance(error, SlackApiError) and _code(error.response) == "missing_scope":
        return Unsure("The bot may not read this channel's history: a scope is missing, install it again.")
    outcome = outcome_of(error)
    return Unsure(outcome.why) if isinstance(outcome, Refused) else outcome


_INVITE = "PPRNet cannot see this channel: write /invite @pprnet in it, or subscribe another one."
_REINSTALL = "PPRNet is no longer allowed into this Slack workspace: ask an administrator to install it again."
_FORBIDDEN = "PPRNet may not post in this channel: ask an administrator, or subscribe another one."

_CHANNEL_GONE = {
    "access_denied": _FORBIDDEN,
    "channel_not_found": _INVITE,  # how Slack says it of a private channel that the bot is not in
    "ekm_access_denied": "Your organisation's encryption keys keep PPRNet from posting: ask an administrator.",
    "is_archived": "This channel is archived: unarchive it, or subscribe another one.",
    "messages_tab_disabled": "PPRNet's direct messages are turned off: ask an administrator, or subscribe a channel.",
    "no_permission": _FORBIDDEN,
    "not_in_channel": _INVITE,
}

_WORKSPACE_GONE = {
    "account_inactive": _REINSTALL,
    "app_uninstalled": _REINSTALL,
    "enterprise_is_restricted": _REINSTALL,
    "invalid_auth": _REINSTALL,
    "missing_scope": "PPRNet lacks a permission in this Slack workspace: ask an administrator to install it again.",
    "not_allowed_token_type": _REINSTALL,
    "not_authed": _REINSTALL,
    "team_access_not_granted": _REINSTALL,
    "team_not_found": _REINSTALL,
    "token_expired": _REINSTALL,
    "token_revoked": _REINSTALL,
    "two_factor_setup_required": _REINSTALL,
}

_LATER = {
    "accesslimited": "Slack does not take calls from this network.",
    "message_limit_exceeded": "This Slack workspace has posted too many messages for now.",
    "org_login_required": "This Slack workspace is moving to another organisation.",
    "rate_limited": "Slack asks for fewer messages.",
    "ratelimited": "Slack asks for fewer messages.",
    "request_timeout": "The post did not reach Slack whole.",  # said of a body that was missing or cut short
    "service_unavailable": "Slack is not available for now.",
    "team_added_to_org": "This Slack workspace is moving to another organisation.",
}

_UNSURE = {"fatal_error", "internal_error"}
"""Of these the documentation says that part of the work may have been done."""

_OURS = {
    "attachment_payload_limit_exceeded",
    "invalid_arg_name",
    "invalid_arguments",
    "invalid_array_arg",
    "invalid_charset",
    "invalid_form_data",
    "invalid_json",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "invalid_post_type",
    "json_not_object",
    "markdown_text_conflict",
    "metadata_must_be_sent_from_app",
    "metadata_too_large",
    "missing_post_type",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "unknown_method",
}

_A_CODE = re.compile(r"[a-z][a-z0-9_]{1,63}")


def _answered(response: Any) -> Gone | TryLater | Unsure | Refused:
    """Return what an answer means: the SDK's own, or aiohttp's when its body was no JSON."""
    code, status = _code(response), getattr(response, "status_code", None) or getattr(response, "status", None)
    if status == 429 or code in _LATER:
        return TryLater(_LATER[code if code in _LATER else "ratelimited"], _seconds(response.headers))
    if code is None:
        return Unsure(f"Slack's answer could not be read (HTTP {status}).")
    return _refused(code)


def _refused(code: str) -> Gone | Unsure | Refused:
    """Return what a code means.

    One that is not known is `Unsure`: a look through the history costs one call, a post that was sent twice cannot be
    taken back from those who read it.
    """
    if code in _CHANNEL_GONE or code.startswith("restricted_action"):
        return Gone(_CHANNEL_GONE.get(code, _FORBIDDEN))
    if code in _WORKSPACE_GONE:
        return Gone(_WORKSPACE_GONE[code], workspace=True)
    if code in _OURS or code.startswith("invalid_blocks"):
        return Refused(f"Slack will not take this post: {code}.")
    return Unsure(f"Slack failed to say whether it took the post: {code}.")


def _code(response: Any) -> str | None:
    """Return Slack's word for what is wrong; `None` where the answer has none that can be one."""
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, Mapping) else None
    return code if isinstance(code, str) and _A_CODE.fullmatch(code) else None


def _seconds(headers: Mapping[str, str]) -> float | None:
    given = headers.get("Retry-After", "")
    return float(given) if re.fullmatch(r"\d{1,6}(\.\d+)?", given) else None
