"""What hosts and Prometheus ask: whether the process lives, whether it does its work, and the figures."""

import asyncio
import time
from collections.abc import Callable, Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from adapters.web.access import Access
from adapters.web.health import Check, health_routes, looked_at
from adapters.web.metrics import CONTENT_TYPE, Metrics
from adapters.web.server import route_of

Ages = Callable[[], Mapping[str, Mapping[str, float | None]]]
"""Returns, by part and deed, how many seconds ago it was last done; `None` if never."""

HOSTS_PATHS = ("/live", "/ready")
"""What hosts ask for as often as they like."""


def watch_routes(checks: Mapping[str, Check], ages: Ages, metrics: Metrics, access: Access) -> tuple[web.RouteDef, ...]:
    """Return `/live` and `/ready`, for everyone, and `/metrics`, for whoever may see what is for the operator.

    Args:
        checks: by the name that `/ready` gives them.
        ages: when the parts last did something.
        metrics: what was counted.
        access: says who may.
    """

    async def figures(request: web.Request) -> web.Response:
        if not access.allowed(request, time.time()):
            headers = {"WWW-Authenticate": "Bearer"} if access.by_token else {}
            return web.Response(text=_NOT_FOR_ALL, status=access.refusal(), headers=headers)
        metrics.told(await looked_at(checks), ages())
        body = await asyncio.to_thread(metrics.page)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    return *health_routes(checks, ages), web.get("/metrics", figures)


def measuring(metrics: Metrics) -> Middleware:
    """Return what measures every answer."""

    @web.middleware
    async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
        began = time.perf_counter()
        response = await handler(request)
        metrics.answered(route_of(request), response.status, time.perf_counter() - began)
        return response

    return measure


_NOT_FOR_ALL = "The figures are for whoever runs the bot: from this machine, or with PPRNET_ADMIN_TOKEN as a bearer.\n"
