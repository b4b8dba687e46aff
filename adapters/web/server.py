"""The web server: what is mounted on it is served until it is left."""

import contextlib
from collections.abc import AsyncIterator, Iterable

from aiohttp import web

from bot.errors import PprnetError

_LAST_ANSWERS = 2.0
"""Seconds that requests in hand may take when the server is left."""


class PortError(PprnetError):
    """The web server cannot listen."""


@contextlib.asynccontextmanager
async def served(routes: Iterable[web.AbstractRouteDef], host: str, port: int) -> AsyncIterator[str]:
    """Serve routes as long as the context lasts; on leaving, take nothing more and answer what is in hand.

    Args:
        routes: what is served.
        host: the address to listen on.
        port: the port to listen on; 0 for any free one.

    Yields:
        The address that the server can be reached at, from this machine.

    Raises:
        PortError: the port is taken, or not for this user.
    """
    site = web.Application()
    site.add_routes(routes)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=_LAST_ANSWERS)
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
