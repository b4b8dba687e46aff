"""How Discord writes people, guilds, channels, messages and what people do."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from tests.standins.discord_world import APP, EPOCH, FORUM_KIND, MEMBER, STAGE_VOICE, Channel, Guild, Message, World

CROSSPOSTED = 1 << 0
"""A flag of a message that was published to the channels that follow its own."""
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15

_SINCE = "2026-01-01T00:00:00+00:00"


def user(world: World, name: str) -> dict[str, Any]:
    """Return a person."""
    return {
        "id": name,
        "username": world.users.get(name, "someone"),
        "discriminator": "0",
        "avatar": None,
        "global_name": None,
        "bot": name == APP,
        "public_flags": 0,
    }


def member(world: World, name: str, permissions: int | None = None) -> dict[str, Any]:
    """Return a person in a guild; in what people do with what they may do there."""
    told: dict[str, Any] = {
        "user": user(world, name),
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": _SINCE,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    return told if permissions is None else told | {"permissions": str(permissions)}


def application(world: World) -> dict[str, Any]:
    """Return the application."""
    return {
        "id": APP,
        "name": "PPRNet",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user(world, "900000000000000099"),
        "team": None,
        "verify_key": "00",
        "flags": 0,
        "integration_types_config": {"0": {}, "1": {}},
    }


def role(guild: Guild) -> dict[str, Any]:
    """Return the role that everyone in a guild has."""
    return {
        "id": guild.id,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": str(MEMBER),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def guild(world: World, of: Guild) -> dict[str, Any]:
    """Return a guild as the gateway tells of it."""
    inside = [one for one in world.channels.values() if one.guild == of.id]
    return {
        "id": of.id,
        "name": of.name,
        "icon": None,
        "owner_id": "900000000000000099",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": [role(of)],
        "emojis": [],
        "features": [],
        "mfa_level": 0,
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "stickers": [],
        "member_count": len(of.members) + 1,
        "large": False,
        "unavailable": False,
        "joined_at": _SINCE,
        "members": [member(world, APP)],
        "channels": [channel(world, one) for one in inside if not one.is_thread],
        "threads": [channel(world, one) for one in inside if one.is_thread and not one.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel(world: World, of: Channel) -> dict[str, Any]:
    """Return a channel, a thread or a direct message."""
    if of.recipient:
        return {"id": of.id, "type": of.kind, "last_message_id": None, "recipients": [user(world, of.recipient)]}
    told: dict[str, Any] = {"id": of.id, "type": of.kind, "guild_id": of.guild, "name": of.name, "parent_id": of.parent}
    if of.is_thread:
        return told | _thread(of)
    if of.kind == FORUM_KIND:
        told |= {"available_tags": [], "flags": (1 << 4) * of.tag_required, "default_forum_layout": 0}
        told |= {"default_reaction_emoji": None, "default_sort_order": None}
    if of.kind == STAGE_VOICE:
        told |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None}
    return told | {"position": 0, "permission_overwrites": _overwrites(of), "nsfw": False, "topic": None}


def message(world: World, of: Message, *, nonce: bool = False) -> dict[str, Any]:
    """Return a message; the nonce is told only to whoever has just posted it, and never of one in a history."""
    flags = (of.data.get("flags") or 0) | CROSSPOSTED * of.crossposted | LOADING * of.loading
    told: dict[str, Any] = {
        "id": of.id,
        "channel_id": of.channel,
        "type": 0,
        "author": user(world, of.author),
        "application_id": APP if of.author == APP else None,
        "content": of.content,
        "timestamp": _moment(of.id),
        "edited_timestamp": world.now() if of.edited else None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [_attachment(name, body) for name, body in of.files.items()],
        "embeds": [{"type": "rich", **one} for one in of.data.get("embeds") or []],
        "pinned": False,
        "flags": flags,
        "components": deepcopy(of.components),
    }
    return told | {"nonce": of.nonce} if nonce and of.nonce else told


def interaction(
    world: World, name: str, token: str, kind: int, data: dict[str, Any], *, where: Channel, who: str, permissions: int
) -> dict[str, Any]:
    """Return what a person did, as the gateway tells of it.

    Args:
        world: where it happened.
        name: its id.
        token: what it is answered with.
        kind: 2 a command, 3 a component, 4 autocomplete, 5 a modal.
        data: what was done.
        where: the channel.
        who: the person.
        permissions: what they may do there.
    """
    told: dict[str, Any] = {
        "id": name,
        "application_id": APP,
        "type": kind,
        "token": token,
        "version": 1,
        "data": data,
        "channel_id": where.id,
        "channel": channel(world, where),
        "app_permissions": str(where.allowed),
        "locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": {"0": where.guild or "0"},
        "context": 0 if where.guild else 1,
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if where.guild is None:
        return told | {"user": user(world, who)}
    installed = world.guilds[where.guild].installed
    owners = {"0": where.guild} if installed else {"1": who}
    inside = {"id": where.guild, "locale": "en-US", "features": []}
    return told | {
        "guild_id": where.guild,
        "guild": inside,
        "guild_locale": "en-US",
        "member": member(world, who, permissions),
        "authorizing_integration_owners": owners,
    }


def _thread(of: Channel) -> dict[str, Any]:
    return {
        "owner_id": of.owner,
        "last_message_id": None,
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": of.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": _moment(of.id),
            "locked": of.locked,
            "create_timestamp": _moment(of.id),
        },
    }


def _overwrites(of: Channel) -> list[dict[str, Any]]:
    if of.allowed == MEMBER or of.guild is None:
        return []
    denied, more = MEMBER & ~of.allowed, of.allowed & ~MEMBER
    return [{"id": of.guild, "type": 0, "allow": str(more), "deny": str(denied)}]


def _attachment(name: str, body: bytes) -> dict[str, Any]:
    url = f"https://cdn.discordapp.com/attachments/{name}"
    return {"id": "900000000000000999", "filename": name, "size": len(body), "url": url, "proxy_url": url}


def _moment(snowflake: str) -> str:
    return datetime.fromtimestamp(((int(snowflake) >> 22) + EPOCH) / 1000, UTC).isoformat()
