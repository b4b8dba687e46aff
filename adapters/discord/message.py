"""A message as Discord takes it, and how discord.py is told to send it."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import discord

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text that is attached.

    Attributes:
        name: such as `text1.txt`; letters, digits and a dot.
        text: what is in it.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Discord takes it: made once, sent as often as wanted, in any thread and without an event loop.

    `await channel.send(**message.sending())`; likewise `InteractionResponse.send_message`, `Webhook.send` (follow-ups)
    and `ForumChannel.create_thread(name=..., ...)`. `await response.edit_message(**message.editing())`; likewise
    `Interaction.edit_original_response`. Add `ephemeral=True` and the like as wanted.

    Attributes:
        components: what is shown, the buttons included.
        content: the text of a message without a layout; empty means that `components` are a layout.
        files: what is attached.
    """

    components: tuple[Json, ...]
    content: str = ""
    files: tuple[TextFile, ...] = field(default=())

    @property
    def payload(self) -> Json:
        """What Discord receives when the message is sent as `sending` says; the files themselves go beside it."""
        flags = discord.MessageFlags(suppress_embeds=True, components_v2=not self.content)
        listed = [{"id": number, "filename": file.name} for number, file in enumerate(self.files)]
        return {
            **({"content": self.content} if self.content else {}),
            "components": list(self.components),
            "flags": flags.value,
            "allowed_mentions": discord.AllowedMentions.none().to_dict(),
            **({"attachments": listed} if listed else {}),
        }

    def sending(self) -> dict[str, Any]:
        """Return the keywords for sending the message: nobody is pinged, no link is previewed."""
        return {
            **({"content": self.content} if self.content else {}),
            **({"files": self._uploads()} if self.files else {}),
            "view": _Drawn(self),
            "allowed_mentions": discord.AllowedMentions.none(),
            "suppress_embeds": True,
        }

    def editing(self) -> dict[str, Any]:
        """Return the keywords for putting the message in the place of another one; its attachments go.

        Embeds are not spoken of: suppressing them in an edit needs a permission, and links are written so that none
        is made of them.
        """
        return {
            "content": self.content or None,
            "attachments": self._uploads(),
            "view": _Drawn(self),
            "allowed_mentions": discord.AllowedMentions.none(),
        }

    def _uploads(self) -> list[discord.File]:
        return [discord.File(BytesIO(file.text.encode()), file.name) for file in self.files]


class _Drawn(discord.ui.LayoutView):
    """Components that are ready, in the shape that discord.py sends.

    Its own views are kept in memory for as long as the bot runs, and look for a callback in them at every click.
    Here a click is read from its `custom_id`, so that a view is over as soon as it is sent.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(timeout=None)
        self._message = message

    def to_components(self) -> list[Json]:
        return list(self._message.components)

    def has_components_v2(self) -> bool:
        return not self._message.content

    def is_finished(self) -> bool:
        return True
