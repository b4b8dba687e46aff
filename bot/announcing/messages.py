"""What a delivery says: made once for all channels that get the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence

from bot.announcing.aside import Aside
from bot.editions import Task
from bot.model import Post
from bot.ports.archive import Archive
from bot.subscriptions import Filter
from bot.views import View

KEPT = 64
"""Views to keep: as many as a publisher keeps rendered ones."""

Compose = Callable[[Sequence[Post], Filter], View]
"""Makes the message about some posts for channels that asked for such."""


class Messages:
    """Makes the messages of deliveries; equal ones are one and the same object."""

    def __init__(self, archive: Archive, compose: Compose, aside: Aside) -> None:
        """Begin without any.

        Args:
            archive: where the posts are.
            compose: makes a message.
            aside: calls the archive.
        """
        self._archive = archive
        self._compose = compose
        self._aside = aside
        self._views: OrderedDict[tuple[tuple[str, ...], Filter], View | None] = OrderedDict()
        self._making = asyncio.Lock()

    async def of(self, task: Task) -> View | None:
        """Return the message of a delivery; `None` when its posts were withdrawn, or are no longer in the archive.

        Raises:
            StoreError: the archive could not be read.
        """
        key = (task.posts, task.filter)
        if key in self._views:
            self._views.move_to_end(key)
            return self._views[key]
        async with self._making:  # whoever waited for the same one finds it made
            if key not in self._views:
                await self._make(key)
            return self._views[key]

    def forget(self) -> None:
        """Make messages anew from now on: posts may have been corrected."""
        self._views.clear()

    async def _make(self, key: tuple[tuple[str, ...], Filter]) -> None:
        ids, wanted = key
        posts = [post for post in await self._aside(self._archive.get, ids) if not post.withdrawn]
        self._views[key] = self._compose(posts, wanted) if posts else None
        while len(self._views) > KEPT:
            self._views.popitem(last=False)
