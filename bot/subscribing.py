"""What a channel gets each month: subscribing to it, changing it, ending it, and looking at it."""

from bot.channels import Asker
from bot.requests import Subscribing
from bot.views import Paragraph, Text, View


class Subscriber:
    """Answers everything about what channels get each month."""

    def answer(self, request: Subscribing, asker: Asker) -> View:  # noqa: ARG002 - the use cases come next
        """Return the answer to a request."""
        return View("Subscriptions", (Paragraph((Text("Subscriptions are on their way."),)),))
