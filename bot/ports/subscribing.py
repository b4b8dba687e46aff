"""What channels have asked for, kept."""

from datetime import datetime
from typing import Protocol

from bot.channels import Channel, Workspace
from bot.subscriptions import Subscription, SubscriptionState


class Subscriptions(Protocol):
    """What channels have asked for. Every method raises `StoreError` when the store cannot be reached."""

    def here(self, channel: Channel) -> Subscription | None:
        """Return a channel's subscription, whatever its state; `None` if it never had one."""
        ...

    def among(
        self, workspace: Workspace | None = None, state: SubscriptionState | None = None
    ) -> tuple[Subscription, ...]:
        """Return subscriptions, the oldest first: of one workspace or of all, in one state or in any but ended."""
        ...

    def save(self, subscription: Subscription) -> Subscription:
        """Keep a channel's subscription in the place of the one it had, and return it with its number.

        Deliveries of a subscription that is no longer active and not yet in a worker's hands are skipped.
        """
        ...

    def lose(self, where: Channel | Workspace, why: str, at: datetime) -> tuple[Subscription, ...]:
        """Mark the active subscriptions of a channel or a workspace as gone, and return them as they are now."""
        ...

    def regain(self, where: Channel | Workspace, at: datetime) -> tuple[Subscription, ...]:
        """Mark the gone subscriptions of a channel or a workspace as active, and return them as they are now.

        Of several processes that find a channel back, one gets its subscription, and says so there.
        """
        ...
