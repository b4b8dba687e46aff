"""A chat platform."""

from typing import Protocol

from bot.channels import Channel
from bot.outcomes import Delivery, Finding, Outcome, Reach
from bot.views import View


class Publisher(Protocol):
    """A platform, to post announcements on. Nothing raises: whatever goes wrong is an outcome."""

    async def publish(self, delivery: Delivery, view: View) -> Outcome:
        """Post a view as one message that carries the delivery's key; never posts twice by itself."""
        ...

    async def find(self, delivery: Delivery) -> Finding:
        """Look for the message of a delivery that may have been posted already."""
        ...

    async def reach(self, channel: Channel) -> Reach:
        """Say whether the bot can post in a channel at this moment, doing what it may to get there, such as joining."""
        ...

    async def tell(self, channel: Channel, user: str, view: View) -> bool:
        """Tell one person something in a direct message; return whether it got there.

        Args:
            channel: what it is about; its workspace is where the person is known.
            user: the platform's id of the person.
            view: what to say.
        """
        ...


class Registrations(Protocol):
    """What a platform was last told of the commands. Raises `StoreError` when the store fails."""

    def registered(self, application: str) -> str:
        """Return the fingerprint of the commands that an application was registered with; empty if none is known."""
        ...

    def register(self, application: str, fingerprint: str) -> None:
        """Keep the fingerprint of the commands that an application was registered with."""
        ...
