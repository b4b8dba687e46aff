"""Pages: templates with everything in them escaped, and the files that they need."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, resources
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from adapters.web import addresses
from adapters.web.drawing import html

_CONTENT_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages need.

    Attributes:
        body: what is in it.
        content_type: what it is.
        mark: differs whenever the body does.
    """

    body: bytes
    content_type: str
    mark: str


class Pages:
    """Makes pages of templates.

    Attributes:
        public_url: where people reach the site, without a slash at its end; empty if that is not known.
    """

    def __init__(self, public_url: str = "") -> None:
        """Read nothing yet: each template is read when it is first needed.

        Args:
            public_url: see the class.
        """
        self.public_url = public_url

    def page(self, template: str, **values: Any) -> bytes:
        """Return a page.

        Args:
            template: the name of its file in `templates/`.
            values: what the template speaks of; text is escaped where it is put in, `Markup` is not.
        """
        return self._environment.get_template(template).render(values).encode()

    @cached_property
    def assets(self) -> dict[str, Asset]:
        """The files that pages need, by name."""
        files = (resources.files("adapters.web") / "static").iterdir()
        return {file.name: _asset(file.name, file.read_bytes()) for file in files if file.is_file()}

    @cached_property
    def _version(self) -> str:
        return metadata.version("pprnet-bot")

    @cached_property
    def _environment(self) -> Environment:
        made = Environment(
            loader=PackageLoader("adapters.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        made.globals |= {
            "asset": self._address,
            "html": html,
            "public_url": self.public_url,
            "to": addresses,
            "version": self._version,
        }
        return made

    def _address(self, name: str) -> str:
        """Return the path of a file, which changes with what is in it, so that it can be kept for good."""
        return f"/static/{name}?v={self.assets[name].mark}"


def html_response(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return a page as an answer."""
    return web.Response(body=body, status=status, content_type="text/html", charset="utf-8", headers=headers)


def _asset(name: str, body: bytes) -> Asset:
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    suffix = name[name.rfind(".") :]
    return Asset(body, _CONTENT_TYPES.get(suffix, guessed), hashlib.sha256(body).hexdigest()[:12])
