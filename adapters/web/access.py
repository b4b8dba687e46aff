"""Who may see what is for the operator: whoever is at this machine, or knows the token."""

import hashlib
import hmac
import ipaddress
import secrets
from http import HTTPStatus

from aiohttp import web

COOKIE = "pprnet_operator"

_HOURS = 12
LASTS = _HOURS * 3600
"""Seconds that a login lasts."""

_FORWARDED = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "x-originating-ip"})
_FORWARDED_PREFIXES = ("x-forwarded", "cf-", "fly-", "x-envoy", "x-amzn")
"""What proxies put into a request that they pass on."""

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class Access:
    """Says who may.

    Without a token: whoever asks this machine from this machine, by a local name (another name that leads here is DNS
    rebinding), and by no proxy, for behind one everybody seems to be here. A proxy that hides itself cannot be told
    from a browser, so that neither counts once the page is meant for others: with a token, or an address for the
    public, only the token opens.
    """

    def __init__(self, token: str = "", *, local: bool = False) -> None:
        """Keep the rules.

        Args:
            token: what opens; nothing does if it is empty.
            local: being at this machine is enough: the server listens to this machine alone, and nothing says that
                the page is for others.
        """
        self._token = token.encode()
        self._local = local and not token
        self._key = hashlib.sha256(b"pprnet:" + (self._token or secrets.token_bytes(32))).digest()

    @property
    def by_token(self) -> bool:
        """Whether there is a token to log in with."""
        return bool(self._token)

    @property
    def whom(self) -> str:
        """Who may, in words."""
        if self.by_token:
            return "whoever has the token that PPRNET_ADMIN_TOKEN is set to"
        return "whoever is at this machine" if self._local else "nobody until PPRNET_ADMIN_TOKEN is set"

    def allowed(self, request: web.Request, now: float) -> bool:
        """Say whether a request may see what is for the operator.

        Args:
            request: the request.
            now: seconds since 1970.
        """
        return self._bears(request) or self._is_logged_in(request, now) or (self._local and is_local(request))

    def opens(self, token: str) -> bool:
        """Say whether a token is the operator's, in a time that tells nothing of it."""
        return bool(self._token) and hmac.compare_digest(token.encode(errors="replace"), self._token)

    def ticket(self, now: float) -> str:
        """Return what a login leaves in the browser: not the token, and worthless after some hours."""
        until = str(int(now) + LASTS)
        return f"{until}.{self._signed('login', until)}"

    def seal(self, deed: str) -> str:
        """Return what a form has to bring along to do something: no other site can know it."""
        return self._signed("deed", deed)

    def is_sealed(self, deed: str, seal: str) -> bool:
        """Say whether a form brought the right seal."""
        return hmac.compare_digest(seal.encode(errors="replace"), self.seal(deed).encode())

    def refusal(self) -> int:
        """Return the HTTP status for those who may not."""
        return HTTPStatus.UNAUTHORIZED if self.by_token else HTTPStatus.FORBIDDEN

    def _bears(self, request: web.Request) -> bool:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.opens(token.strip())

    def _is_logged_in(self, request: web.Request, now: float) -> bool:
        until, _, signature = request.cookies.get(COOKIE, "").partition(".")
        signed = hmac.compare_digest(signature.encode(errors="replace"), self._signed("login", until).encode())
        return bool(self._token) and signed and until.isdecimal() and int(until) > now

    def _signed(self, purpose: str, text: str) -> str:
        said = f"{purpose}:{text}".encode(errors="replace")
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()


def is_local(request: web.Request) -> bool:
    """Say whether a request was made at this machine: by its peer, by its `Host`, and by no proxy.

    A proxy that speaks HTTP 1.0, as nginx does unless told otherwise, is none of this machine's browsers.
    """
    names = {name.lower() for name in request.headers}
    proxied = names & _FORWARDED or any(name.startswith(_FORWARDED_PREFIXES) for name in names)
    return not proxied and request.version >= (1, 1) and _is_loopback(request.remote) and _is_local_name(request)


def _is_loopback(peer: str | None) -> bool:
    try:
        return ipaddress.ip_address(peer or "").is_loopback
    except ValueError:
        return False


def _is_local_name(request: web.Request) -> bool:
    hosts = request.headers.getall("Host", ())
    if len(hosts) != 1:
        return False
    host = hosts[0].lower()
    name = host[1 : host.find("]")] if host.startswith("[") else host.partition(":")[0]
    return name in _LOCAL_NAMES
