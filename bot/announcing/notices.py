"""What people are told when a channel is lost, and when it is back."""

from bot.outcomes import Gone
from bot.subscriptions import Subscription
from bot.views import Paragraph, Text, View


def lost(subscription: Subscription, gone: Gone) -> View:
    """Return what the person is told who subscribed a channel that cannot be reached."""
    where = subscription.label or "your direct messages"
    return View(
        f"PPRNet cannot post in {where}",
        (
            Paragraph((Text(gone.why),)),
            Paragraph((Text("The subscription is kept, and goes on by itself once PPRNet can post there again."),)),
        ),
    )


BACK = View(
    "PPRNet is back",
    (
        Paragraph(
            (
                Text(
                    "This channel's subscription goes on: what is new comes here again from the next announcement on."
                    " /pprnet latest shows what came last."
                ),
            )
        ),
    ),
)
"""What a channel is told that can be reached again."""
