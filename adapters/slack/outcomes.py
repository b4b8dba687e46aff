"""What became of a call, in the core's words: every way in which Slack, or the way to it, can say no.

The codes are those of https://docs.slack.dev/reference/methods/chat.postMessage and of conversations.history. The rule:
only what is certain not to have been carried out may be sent again; all else is `Unsure`, and is looked for first.
"""

import re
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.gone import REASONS
from bot.outcomes import Gone, Refused, Scope, TryLater, Unsure

ARCHIVED = Gone("This channel is archived: unarchive it, or subscribe another one.")

FORBIDDEN = Gone("PPRNet may not post in this channel: ask an administrator, or subscribe another one.")

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
            said = "Slack cannot be reached: there was no connection, so nothing was sent."
            return TryLater(said, scope=Scope.PLATFORM)
        case aiohttp.InvalidURL():
            said = "Slack cannot be reached: SLACK_API_URL is no address, so nothing was sent."
            return TryLater(said, scope=Scope.PLATFORM)
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


def reach_of(error: Exception, *, direct: bool) -> Gone | TryLater:
    """Return what a look at a channel that raised has found out; what it did not find out may be tried later.

    Args:
        error: whatever the client raised.
        direct: the channel is a conversation between two: if the bot is not one of them, nobody can invite it.
    """
    code = _code(error.response) if isinstance(error, SlackApiError) else None
    if code == "missing_scope" or (direct and code == "channel_not_found"):
        return _AMONG_PEOPLE
    outcome = outcome_of(error)
    return TryLater(outcome.why) if isinstance(outcome, Unsure | Refused) else outcome


_AMONG_PEOPLE = Gone(
    "PPRNet cannot write in a conversation between people: subscribe in a channel, or in a direct message with PPRNet."
)
"""The app asks for no permission there: a missing one means that the conversation is of this kind."""

_REINSTALL = "PPRNet is no longer allowed into this Slack workspace: ask an administrator to install it again."

_INVITE = Gone("PPRNet cannot see this channel: write /invite @pprnet in it, or subscribe another one.")

_CHANNEL_GONE = {
    "access_denied": FORBIDDEN,
    "channel_is_limited_access": FORBIDDEN,
    "channel_not_found": _INVITE,  # how Slack says it of a private channel that the bot is not in
    "ekm_access_denied": Gone("Your organisation's encryption keys keep PPRNet from posting: ask an administrator."),
    "is_archived": ARCHIVED,
    "messages_tab_disabled": Gone(
        "PPRNet's direct messages are turned off: ask an administrator, or subscribe a channel."
    ),
    "method_not_supported_for_channel_type": _INVITE,
    "no_permission": FORBIDDEN,
    "not_in_channel": _INVITE,
    "too_many_members": Gone("This channel takes no more members, so PPRNet cannot join it: subscribe another one."),
}

_WORKSPACE_GONE = {
    **dict.fromkeys(REASONS, _REINSTALL),
    "missing_scope": "PPRNet lacks a permission in this Slack workspace: ask an administrator to install it again.",
}

_LATER = {
    "accesslimited": ("Slack does not take calls from this network.", Scope.PLATFORM),
    "message_limit_exceeded": ("This Slack workspace has posted too many messages for now.", Scope.WORKSPACE),
    "org_login_required": ("This Slack workspace is moving to another organisation.", Scope.WORKSPACE),
    "rate_limited": ("Slack asks for fewer messages.", Scope.WORKSPACE),
    "ratelimited": ("Slack asks for fewer messages.", Scope.WORKSPACE),
    "request_timeout": ("The post did not reach Slack whole.", Scope.CHANNEL),  # its body was missing or cut short
    "service_unavailable": ("Slack is not available for now.", Scope.PLATFORM),
    "team_added_to_org": ("This Slack workspace is moving to another organisation.", Scope.WORKSPACE),
}
"""What has to wait is what https://docs.slack.dev/apis/web-api/rate-limits says: the same method in the same workspace.

A channel of its own takes a message a second, which announcements never come near.
"""

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
        why, scope = _LATER[code if code in _LATER else "ratelimited"]
        return TryLater(why, _seconds(response.headers), scope)
    if code is None:
        return Unsure(f"Slack's answer could not be read (HTTP {status}).")
    return _refused(code)


def _refused(code: str) -> Gone | Unsure | Refused:
    """Return what a code means.

    One that is not known is `Unsure`: a look through the history costs one call, a post that was sent twice cannot be
    taken back from those who read it.
    """
    if code in _CHANNEL_GONE or code.startswith("restricted_action"):
        return _CHANNEL_GONE.get(code, FORBIDDEN)
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
