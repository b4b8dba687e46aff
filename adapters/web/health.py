"""Whether the process lives, and whether it can do its work."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], Awaitable[str]]
"""Returns an empty text when all is well, else one sentence about what is not."""

_PATIENCE = 5.0
"""Seconds a check may take."""


def health_routes(
    checks: Mapping[str, Check], ages: Callable[[], Mapping[str, Mapping[str, float | None]]] = dict
) -> tuple[web.RouteDef, ...]:
    """Return `/live`, which answers as long as the process does, and `/ready`, which asks every check.

    Args:
        checks: by the name that `/ready` gives them.
        ages: returns, by part and deed, how many seconds ago it was last done; `None` if never.
    """

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_request: web.Request) -> web.Response:
        said = await looked_at(checks)
        well = not any(said.values())
        told = {
            "ready": well,
            "checks": {name: sentence or "ok" for name, sentence in said.items()},
            "seconds_since": {part: _rounded(deeds) for part, deeds in ages().items()},
        }
        return web.json_response(told, status=200 if well else 503)

    return web.get("/live", live), web.get("/ready", ready)


async def looked_at(checks: Mapping[str, Check]) -> dict[str, str]:
    """Ask every check; return by name a sentence about what is not well, empty when all is."""
    return dict(zip(checks, await asyncio.gather(*map(_looked_at, checks.values())), strict=True))


def _rounded(deeds: Mapping[str, float | None]) -> dict[str, float | None]:
    return {what: seconds if seconds is None else round(seconds, 1) for what, seconds in deeds.items()}


async def _looked_at(check: Check) -> str:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await check()
    except TimeoutError:
        return "no answer in time"
    except Exception as error:  # noqa: BLE001 - a check that breaks is a finding, not a broken page
        return f"the check failed ({type(error).__name__})"
