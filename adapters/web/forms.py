"""What forms bring, in bounds."""

from urllib.parse import parse_qsl

from aiohttp import web

LONGEST = 16 * 1024
"""The most that a form may bring, in bytes; what somebody types has a few hundred."""

_MOST_FIELDS = 20


async def fields(request: web.Request) -> dict[str, str]:
    """Return the fields of a form.

    Raises:
        HTTPLengthRequired: it does not say how long it is.
        HTTPRequestEntityTooLarge: it is too long.
        HTTPUnsupportedMediaType: it is no plain form.
        HTTPBadRequest: it cannot be read.
    """
    if request.content_length is None:
        raise web.HTTPLengthRequired
    if request.content_length > LONGEST:
        raise web.HTTPRequestEntityTooLarge(LONGEST, request.content_length)
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    text = (await request.read()).decode(errors="replace")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise web.HTTPBadRequest from None
