"""Who is signed in: the token once, then a cookie that scripts cannot read, and a word in every form of theirs."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from time import time
from typing import Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.web.settings import Settings

COOKIE: Final = "kg_session"
#: Seconds after which one has to sign in again.
LASTS: Final = 12 * 3600
#: Characters that a name may have.
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who showed the token.

    Attributes:
        name: what they call themselves; reviews bear it.
        csrf: the word that every form of theirs has to bring back.
    """

    name: str
    csrf: str


def session_of(request: Request, settings: Settings) -> Session | None:
    """Who a request comes from; None where nobody is signed in."""
    return opened(request.cookies.get(COOKIE, ""), settings, time()) if settings.writable else None


def shows_token(given: str, settings: Settings) -> bool:
    """Whether this is the token."""
    return bool(settings.token) and secrets.compare_digest(given.strip().encode(), settings.token.encode())


def sealed(name: str, settings: Settings, now: float) -> str:
    """The cookie of somebody who signs in now."""
    content = json.dumps({"name": name, "until": int(now) + LASTS, "salt": secrets.token_hex(8)})
    payload = base64.urlsafe_b64encode(content.encode()).decode()
    return f"{payload}.{_signature('session', payload, settings)}"


def opened(cookie: str, settings: Settings, now: float) -> Session | None:
    """The session that a cookie holds; None where it is forged or too old.

    >>> from pathlib import Path
    >>> settings = Settings(Path("kg-store"), writable=True, token="secret")
    >>> opened(sealed("Ana", settings, 0), settings, 1).name
    'Ana'
    >>> opened(sealed("Ana", settings, 0), settings, LASTS + 1) is None, opened("a.b", settings, 0) is None
    (True, True)
    """
    payload, _, signature = cookie.rpartition(".")
    if not settings.token or not hmac.compare_digest(signature, _signature("session", payload, settings)):
        return None
    content: Mapping[str, object] = json.loads(base64.urlsafe_b64decode(payload))
    until, name = content["until"], content["name"]
    if not isinstance(until, int) or until < now:
        return None
    return Session(str(name), _signature("form", payload, settings))


def sign_in(response: Response, name: str, request: Request, settings: Settings) -> None:
    """Let a response carry the cookie."""
    root = request.scope.get("root_path", "") or "/"
    response.set_cookie(
        COOKIE,
        sealed(name[:LONGEST_NAME], settings, time()),
        max_age=LASTS,
        path=root,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def sign_out(response: Response, request: Request) -> None:
    """Let a response take the cookie away."""
    response.delete_cookie(COOKIE, path=request.scope.get("root_path", "") or "/", httponly=True, samesite="strict")


def check_origin(request: Request) -> None:
    """Refuse forms that another site sends.

    Raises:
        HTTPException: 403 if it does.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise HTTPException(403, "this form was sent by another site")


def check_form(request: Request, csrf: str, settings: Settings) -> Session:
    """Who sends a form.

    Raises:
        HTTPException: 401 where nobody is signed in, 403 where nobody may write, or the form is not ours.
    """
    if not settings.writable:
        raise HTTPException(403, "this server is for reading only (start it with --writable)")
    check_origin(request)
    session = session_of(request, settings)
    if session is None:
        raise HTTPException(401, "sign in with the token that the server was started with")
    if not secrets.compare_digest(csrf.encode(), session.csrf.encode()):
        raise HTTPException(403, "this form is out of date: open the page again")
    return session


def _signature(purpose: str, payload: str, settings: Settings) -> str:
    key = hashlib.sha256(f"foedus {purpose} {settings.token}".encode()).digest()
    return hmac.new(key, payload.encode(), hashlib.sha256).hexdigest()
