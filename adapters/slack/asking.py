"""Who asks in Slack, and where: what Slack says with a request, and what has to be asked for."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import Workspace
from adapters.slack.rooms import is_direct, label_of
from bot.channels import NOBODY, Asker, Channel
from bot.ports.platform import Publisher
from bot.requests import Request, Unclear, changes, posts_later
from bot.settings import Managers

PLATFORM = "slack"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from, as Slack says with it.

    Attributes:
        channel: the channel's id; empty where a request comes from none.
        user: the person's id.
        name: the channel's name; empty where Slack does not say it.
        member: Slack took the request because the person is a member of the channel.
        home: it was clicked in the App Home, or in a modal that was opened from there.
    """

    channel: str
    user: str
    name: str = ""
    member: bool = True
    home: bool = False


def command_origin(body: Mapping[str, Any]) -> Origin:
    """Return where a slash command comes from: only members can write in a channel."""
    return Origin(body["channel_id"], body["user_id"], body.get("channel_name") or "")


def message_origin(event: Mapping[str, Any]) -> Origin:
    """Return where a message comes from."""
    return Origin(event["channel"], event["user"])


def click_origin(body: Mapping[str, Any]) -> Origin:
    """Return where a click comes from; one in a modal or the Home from the channel that is kept with that view.

    Whoever looks into a public channel without being a member can click on what is posted there.
    """
    user = body["user"]["id"]
    if view := body.get("view"):
        kept = view.get("private_metadata") or ""
        return Origin(kept, user, member=False, home=is_direct(kept))
    channel = body.get("channel") or {}
    alone = bool(body.get("container", {}).get("is_ephemeral"))
    return Origin(channel.get("id") or "", user, channel.get("name") or "", member=alone)


class Askers:
    """Finds out about whoever asks as much as the request needs: most need nothing that Slack does not say at once."""

    def __init__(
        self, client: AsyncWebClient, workspace: Workspace, publisher: Publisher, managers: Managers = Managers.MEMBERS
    ) -> None:
        """Keep whom to ask.

        Args:
            client: Slack's Web API.
            workspace: where it all happens.
            publisher: says whether a channel can be posted in.
            managers: who may change what a channel gets.
        """
        self._client = client
        self._workspace = workspace
        self._publisher = publisher
        self._managers = managers

    async def who(self, origin: Origin, request: Request | Unclear) -> Asker:
        """Return who asks, and where.

        Raises:
            SlackClientError: Slack did not say who it is, where that matters.
        """
        if not origin.channel:
            return NOBODY
        channel = Channel(PLATFORM, self._workspace.id, origin.channel)
        direct, label = is_direct(origin.channel), label_of(origin.name)
        asker = Asker(channel, label, private=not label, direct=direct, user=origin.user)
        if not changes(request):
            return asker
        if not direct:
            asker = await self._with_person(asker, origin)
        return await self._with_channel(asker, channel) if posts_later(request) and not asker.hindrance else asker

    async def _with_person(self, asker: Asker, origin: Origin) -> Asker:
        person: Mapping[str, Any] = (await self._client.users_info(user=origin.user))["user"]
        hindrance = self._hindrance(person)
        if not hindrance and not origin.member and not await self._is_member(origin):
            hindrance = _NOT_A_MEMBER
        profile = person.get("profile") or {}
        name = profile.get("display_name") or person.get("real_name") or ""
        return replace(asker, name=name, hindrance=hindrance)

    async def _with_channel(self, asker: Asker, channel: Channel) -> Asker:
        reach = await self._publisher.reach(channel)
        if reach is not None:
            return replace(asker, obstacle=reach.why)
        if asker.label or asker.direct:
            return asker
        told: Mapping[str, Any] = (await self._client.conversations_info(channel=channel.id))["channel"]
        return replace(asker, label=label_of(told.get("name") or ""), private=bool(told.get("is_private")))

    def _hindrance(self, person: Mapping[str, Any]) -> str:
        """Return why a person may not change what channels get; empty when they may."""
        if person.get("is_restricted") or person.get("is_ultra_restricted") or self._is_from_elsewhere(person):
            return _GUEST
        if self._managers is Managers.ADMINS and not (person.get("is_admin") or person.get("is_owner")):
            return _NOT_AN_ADMIN
        return ""

    def _is_from_elsewhere(self, person: Mapping[str, Any]) -> bool:
        """Say whether a person is of another organisation and sees the channel because it is shared with theirs."""
        ours = self._workspace.identity
        if person.get("team_id") in {None, ours.team_id}:
            return False
        organisation = (person.get("enterprise_user") or {}).get("enterprise_id")
        return organisation is None or organisation != ours.enterprise_id

    async def _is_member(self, origin: Origin) -> bool:
        async for page in self._members(origin.channel):
            if origin.user in page:
                return True
        return False

    async def _members(self, channel: str) -> AsyncIterator[list[str]]:
        cursor = ""
        while True:
            told = await self._client.conversations_members(channel=channel, limit=_PAGE, cursor=cursor or None)
            yield told["members"]
            cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return


_PAGE = 1000
"""Members in one answer: the most that Slack gives."""

_GUEST = (
    "Guests, and people from other organisations, cannot change what a channel gets. Ask a member of this workspace, or"
    " write subscribe to me directly, for yourself."
)
_NOT_AN_ADMIN = (
    "In this workspace only its admins change what a channel gets. Ask one of them, or write subscribe to me directly,"
    " for yourself."
)
_NOT_A_MEMBER = "Only members of a channel change what it gets. Join it first, and try again."
