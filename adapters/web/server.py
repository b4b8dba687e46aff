"""The web server: what is mounted on it is served until it is left."""

import contextlib
import logging
from collections.abc import AsyncIterator, Iterable

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.log import server_logger
from aiohttp.typedefs import Middleware

from bot.errors import PprnetError

_log = logging.getLogger("pprnet.web.access")

_unheard = logging.getLogger("pprnet.web.malformed")
"""What aiohttp says of requests that are no HTTP: who sent them and an exception each, which is nobody's business."""
_unheard.disabled = True

_LAST_ANSWERS = 2.0
"""Seconds that requests in hand may take when the server is left."""


_IDLE = 75.0
"""Seconds that a connection is kept on which nothing is asked; hosts' proxies give up after 60."""

_WELL = 200
_ASKED_ALL_DAY = frozenset({"/live", "/ready", "/metrics"})
"""What hosts and Prometheus ask every few seconds: in the log only when it is not well."""


class PortError(PprnetError):
    """The web server cannot listen."""


class AccessLog(AbstractAccessLogger):
    """One line a request: what was asked for by its route, never by what somebody typed, and what became of it."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write the line.

        Args:
            request: what was asked.
            response: what was answered.
            time: seconds that it took.
        """
        if response.status == _WELL and request.path in _ASKED_ALL_DAY:
            return
        line = "%s %s answered with %d in %.0f ms"
        shown = (request.method, route_of(request), response.status, time * 1000)
        self.logger.info(line, *shown, extra={"action": "web.request"})


def route_of(request: web.BaseRequest) -> str:
    """Return the route that a request took, such as `/posts/{id}`; `elsewhere` if it took none."""
    try:
        resource = request.match_info.route.resource if isinstance(request, web.Request) else None
    except AssertionError:  # how aiohttp says that a request that is no HTTP was never routed
        resource = None
    return resource.canonical if resource else "elsewhere"


@contextlib.asynccontextmanager
async def served(
    routes: Iterable[web.AbstractRouteDef], host: str, port: int, middlewares: Iterable[Middleware] = ()
) -> AsyncIterator[str]:
    """Serve routes as long as the context lasts; on leaving, take nothing more and answer what is in hand.

    Args:
        routes: what is served.
        host: the address to listen on.
        port: the port to listen on; 0 for any free one.
        middlewares: what stands before all of it, the outermost first.

    Yields:
        The address that the server can be reached at, from this machine.

    Raises:
        PortError: the port is taken, or not for this user.
    """
    site = web.Application(middlewares=tuple(middlewares))
    site.add_routes(routes)
    runner = web.AppRunner(
        site,
        access_log=_log if middlewares else None,
        access_log_class=AccessLog,
        logger=_unheard if middlewares else server_logger,  # what stands before handlers lets no exception through
        shutdown_timeout=_LAST_ANSWERS,
        keepalive_timeout=_IDLE,
    )
    await runner.setup()
    try:
        yield await _listening(runner, host, port)
    finally:
        await runner.cleanup()


async def _listening(runner: web.AppRunner, host: str, port: int) -> str:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        human = f"The web server cannot listen on port {port}: {error.strerror}. Set PORT to another."
        raise PortError(f"listening on port {port} failed: {type(error).__name__}", human) from error
    bound = runner.addresses[0]
    return f"http://{bound[0]}:{bound[1]}"
