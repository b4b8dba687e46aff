"""Messages are made once for all who get the same, and not kept for ever."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Engine

from bot.announcing.aside import Aside
from bot.announcing.messages import KEPT, Messages
from bot.channels import Channel
from bot.editions import Task
from bot.model import Post
from bot.outcomes import Delivery
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from bot.subscriptions import Filter
from bot.views import View
from tests.builders import a_post
from tests.simulation import START


def a_task(post: str, topic: str = "") -> Task:
    delivery = Delivery("1-1", Channel("discord", "g", "c"), START)
    return Task(delivery, 1, (post,), 1, START, filter=Filter((topic,) if topic else ()))


def test_equal_ones_are_one_however_many_ask_at_once(sqlite: Engine) -> None:
    made: list[str] = []

    def compose(posts: Sequence[Post], _filter: Filter) -> View:
        made.append(posts[0].title)
        return View(posts[0].title, ())

    async def asking() -> None:
        post = a_post()
        SqlRecorder(sqlite).record([post], source="a test", at=START)
        messages = Messages(SqlArchive(sqlite), compose, Aside())

        views = await asyncio.gather(*(messages.of(a_task(post.id)) for _ in range(50)))
        assert len({id(view) for view in views}) == len(made) == 1
        assert await messages.of(a_task("ffffffffffff")) is None

        for number in range(KEPT):
            await messages.of(a_task(post.id, f"topic {number}"))
        assert await messages.of(a_task(post.id)) is not views[0]
        kept = await messages.of(a_task(post.id))
        messages.forget()
        assert await messages.of(a_task(post.id)) is not kept

    asyncio.run(asking())


def test_a_post_that_was_withdrawn_meanwhile_is_not_told_of(sqlite: Engine) -> None:
    def compose(posts: Sequence[Post], _filter: Filter) -> View:
        return View(" and ".join(post.title for post in posts), ())

    async def asking() -> None:
        stays, gone = a_post(title="It stays"), a_post(title="It went", withdrawn=True)
        SqlRecorder(sqlite).record([stays, gone], source="a test", at=START)
        messages = Messages(SqlArchive(sqlite), compose, Aside())
        assert await messages.of(a_task(gone.id)) is None
        view = await messages.of(replace(a_task(gone.id), posts=(gone.id, stays.id)))
        assert view is not None
        assert view.title == "It stays"

    asyncio.run(asking())
