"""Who may ask: names under which the server answers, and the token of writers."""

import secrets
from functools import lru_cache
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.web.settings import Settings, host_name

_BEARER: Final = "bearer "


class HostGuard:
    """Refuses requests under names that are not the server's own, so that no page elsewhere can pose as it.

    Args:
        app: takes the others.
        settings: which names those are.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._allows = lru_cache(256)(settings.allows)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or hand on a request."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            host = headers.get("host", "")
            if not (self._allows(host) or holds_token(headers, self._settings)):
                said = f"this server does not answer as {host_name(host)!r} (start it with --allow-host NAME)\n"
                await PlainTextResponse(said, 421)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def holds_token(headers: Headers, settings: Settings) -> bool:
    """Whether a request shows the token."""
    given = headers.get("authorization", "")
    if not settings.token or given[: len(_BEARER)].lower() != _BEARER:
        return False
    return secrets.compare_digest(given[len(_BEARER) :].strip().encode(), settings.token.encode())


def check_writer(request: HTTPConnection, settings: Settings) -> None:
    """Let only those write who may.

    Raises:
        HTTPException: 403 where nobody may, 401 without the token.
    """
    if not settings.writable:
        raise HTTPException(403, "this server is for reading only (start it with --writable)")
    if not holds_token(request.headers, settings):
        said = "writing needs the token that the server was started with (send Authorization: Bearer TOKEN)"
        raise HTTPException(401, said, {"WWW-Authenticate": 'Bearer realm="kg"'})
