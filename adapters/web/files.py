"""The files that pages need: the stylesheet, scripts, the icon."""

from aiohttp import web

from adapters.web.pages import Pages

_FOR_GOOD = "public, max-age=31536000, immutable"
_LOOK_AGAIN = "no-cache"


def file_routes(pages: Pages) -> tuple[web.RouteDef, ...]:
    """Return the routes of the files; one that is asked for by its mark can be kept for good."""

    async def file(request: web.Request) -> web.Response:
        asset = pages.assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        kept = _FOR_GOOD if request.query.get("v") == asset.mark else _LOOK_AGAIN
        headers = {"Cache-Control": kept, "ETag": f'"{asset.mark}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        text = asset.content_type.startswith("text/")
        charset = "utf-8" if text else None
        return web.Response(body=asset.body, content_type=asset.content_type, charset=charset, headers=headers)

    async def robots(_request: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nDisallow: /search\nDisallow: /operate\nDisallow: /?\n")

    return web.get("/static/{name}", file), web.get("/robots.txt", robots)
