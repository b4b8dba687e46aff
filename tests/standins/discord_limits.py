"""Whether Discord would take a payload: its published limits, written down a second time and from its documentation.

docs.discord.com: Resources/Message, Resources/Channel, Interactions/Receiving and Responding, Topics/Threads. The bot
has limits of its own in `adapters.discord.limits`; that these are other lines is what makes them a check.
"""

import re
from typing import Any

from tests.standins.discord_commands import commands
from tests.standins.discord_components import form, new, old
from tests.standins.discord_payloads import COMPONENTS_V2, EPHEMERAL
from tests.standins.discord_texts import Found, Json, address, amount, known, length, units
from tests.standins.discord_world import components_in

__all__ = ["choices", "commands", "forum_post", "message", "modal", "pings"]

CONTENT = 2000
EMBEDS, EMBED_CHARACTERS = 10, 6000
FILE_BYTES = 10 * 1024 * 1024
NONCE = 25

SUPPRESS_EMBEDS, SILENT = 1 << 2, 1 << 12
_FLAGS = SUPPRESS_EMBEDS | EPHEMERAL | SILENT | COMPONENTS_V2
_KEYS = (
    "content nonce tts embeds allowed_mentions message_reference components sticker_ids attachments flags"
    " enforce_nonce poll username avatar_url thread_name applied_tags"
)
_EMBED_KEYS = "title type description url timestamp color footer image thumbnail author fields"
_NOBODY: Json = {"parse": []}
_PING = re.compile(r"@everyone|@here|<@[!&]?\d+>")


def message(given: Json, files: dict[str, bytes]) -> Found:
    """Yield what is wrong with a message."""
    yield from known(given, "message", _KEYS)
    flags = given.get("flags") or 0
    if flags & ~_FLAGS:
        yield f"flags: {flags:#x}"
    yield from length(given.get("content") or None, "content", CONTENT, least=0)
    yield from length(given.get("nonce"), "nonce", NONCE, least=0)
    if flags & COMPONENTS_V2:
        yield from (f"{key}: not together with components" for key in ("content", "embeds", "poll") if given.get(key))
        yield from new(given.get("components") or [])
    else:
        yield from _plain(given, files)
    yield from _pinging(given)
    yield from _files(given, files)


def forum_post(given: Json, files: dict[str, bytes]) -> Found:
    """Yield what is wrong with a post in a forum; its message knows no nonce."""
    keys = "name type auto_archive_duration rate_limit_per_user message applied_tags"
    yield from known(given, "forum post", keys)
    yield from length(given.get("name"), "name", 100)
    yield from amount(given.get("applied_tags") or [], "applied_tags", 5, least=0)
    inner = given.get("message") or {}
    if set(inner) & {"nonce", "enforce_nonce"}:
        yield "forum post: a message that opens a post has no nonce"
    yield from message(inner, files)


def choices(given: Any) -> Found:
    """Yield what is wrong with what autocomplete offers."""
    if not isinstance(given, list):
        yield "choices: no list"
        return
    yield from amount(given, "choices", 25, least=0)
    for one in given:
        yield from known(one, "choice", "name name_localizations value")
        yield from length(one.get("name"), "choice's name", 100)
        if isinstance(one.get("value"), str):
            yield from length(one["value"], "choice's value", 100)


def modal(given: Json) -> Found:
    """Yield what is wrong with a modal."""
    yield from known(given, "modal", "custom_id title components")
    yield from length(given.get("custom_id"), "custom_id", 100)
    yield from length(given.get("title"), "title", 45)
    yield from form(given.get("components") or [])


def pings(given: Json) -> list[str]:
    """Return whatever in a message would call people."""
    allowed = given.get("allowed_mentions")
    if allowed is not None and not allowed.get("parse") and not allowed.get("users") and not allowed.get("roles"):
        return []
    texts = [
        given.get("content") or "",
        *(one.get("content") or "" for one in components_in(given.get("components") or [])),
    ]
    return [found for text in texts for found in _PING.findall(text)]


def _plain(given: Json, files: dict[str, bytes]) -> Found:
    embeds = given.get("embeds") or []
    if not (
        given.get("content")
        or embeds
        or files
        or given.get("attachments")
        or given.get("sticker_ids")
        or given.get("poll")
    ):
        yield "message: empty"
    yield from amount(embeds, "embeds", EMBEDS, least=0)
    for one in embeds:
        yield from _embed(one)
    if (total := sum(map(_characters, embeds))) > EMBED_CHARACTERS:
        yield f"embeds: {total} characters, {EMBED_CHARACTERS} at most"
    yield from old(given.get("components") or [])


def _embed(one: Json) -> Found:
    yield from known(one, "embed", _EMBED_KEYS)
    yield from length(one.get("title"), "embed's title", 256, least=0)
    yield from length(one.get("description"), "embed's description", 4096, least=0)
    yield from length((one.get("footer") or {}).get("text"), "embed's footer", 2048, least=0)
    yield from length((one.get("author") or {}).get("name"), "embed's author", 256, least=0)
    if one.get("url"):
        yield from address(one["url"], "embed's url")
    yield from amount(one.get("fields") or [], "embed's fields", 25, least=0)
    for field in one.get("fields") or []:
        yield from length(field.get("name"), "field's name", 256)
        yield from length(field.get("value"), "field's value", 1024)


def _characters(embed: Json) -> int:
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    parts += [field.get(key) for field in embed.get("fields") or [] for key in ("name", "value")]
    return sum(units(part) for part in parts if part)


def _pinging(given: Json) -> Found:
    if (
        given.get("allowed_mentions", _NOBODY) is not None
        and given.get("allowed_mentions", _NOBODY).get("parse") is None
    ):
        yield "allowed_mentions: without parse everything pings"
    yield from (f"{ping} would ping" for ping in pings(given))


def _files(given: Json, files: dict[str, bytes]) -> Found:
    yield from amount(files, "files", 10, least=0)
    yield from (f"file {name}: {len(body)} bytes" for name, body in files.items() if len(body) > FILE_BYTES)
    shown = [one for one in components_in(given.get("components") or []) if one.get("type") == 13]
    names = {(one.get("file") or {}).get("url", "").removeprefix("attachment://") for one in shown}
    kept = {one.get("filename") for one in given.get("attachments") or []}
    yield from (f"file {name}: shown and not sent" for name in names - set(files) - kept)
