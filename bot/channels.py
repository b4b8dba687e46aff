"""Where on a platform people talk, and who asks there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a platform installs the bot in: a workspace of Slack, a guild of Discord.

    Attributes:
        platform: `slack` or `discord`.
        id: the platform's id of it; for direct messages on Discord, which belong to none, `@me`.
    """

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A place on a platform that messages go to.

    Attributes:
        platform: `slack`, for one.
        workspace: the platform's id of the workspace or guild.
        id: the platform's id of the channel, or of the direct message.
    """

    platform: str
    workspace: str
    id: str

    @property
    def home(self) -> Workspace:
        """The workspace that the channel is in."""
        return Workspace(self.platform, self.workspace)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where: what an answer may depend on.

    Attributes:
        channel: where the request was made; `None` where there are no channels, as on a terminal.
        label: what people call the channel, such as `#research`; empty for a direct message.
        private: not everyone in the workspace may know of the channel.
        direct: the channel is a direct message with the bot.
        user: the platform's id of the person.
        name: what the person is called there; empty where the platform does not say.
        hindrance: why this person may not change what the channel gets, in a sentence; empty when they may.
        obstacle: what keeps the bot from posting in the channel, in a sentence that says what to do; empty when
            nothing does. It is looked at only for requests that need it; see `bot.requests.changes`.
    """

    channel: Channel | None = None
    label: str = ""
    private: bool = False
    direct: bool = False
    user: str = ""
    name: str = ""
    hindrance: str = ""
    obstacle: str = ""


NOBODY = Asker()
"""Someone at a terminal."""
