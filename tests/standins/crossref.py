"""A Crossref of our own on loopback, as far as its `/works` goes."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web


class CrossrefStandIn:
    """Answers every question with the same works; statuses to answer with first can be queued.

    Attributes:
        items: the works, as Crossref writes them.
        statuses: what to answer with before anything else, each once.
        body: what to answer with in place of works, unless empty.
        asked: the questions, in order.
        agents: what those who asked said they were.
    """

    def __init__(self, items: Sequence[Any] = ()) -> None:
        self.items = list(items)
        self.statuses: list[int] = []
        self.body = ""
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []
        self.url = ""
        app = web.Application()
        app.router.add_get("/works", self._works)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _works(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        self.agents.append(request.headers["User-Agent"])
        if self.statuses:
            return web.Response(status=self.statuses.pop(0), headers={"Retry-After": "7"})
        if self.body:
            return web.Response(text=self.body, content_type="application/json")
        message = {"items": self.items, "items-per-page": len(self.items), "total-results": len(self.items)}
        return web.json_response({"status": "ok", "message-type": "work-list", "message": message})
