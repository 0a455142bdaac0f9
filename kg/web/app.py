"""The application: routes, and what goes wrong in words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from kg.errors import KgError
from kg.web import description, graphs, linked, sparql
from kg.web.guard import HostGuard
from kg.web.page import routes as page
from kg.web.settings import Settings
from kg.web.state import State
from kg.web.status import status_of


def make_app(settings: Settings) -> Starlette:
    """The server as an application for any ASGI server.

    Args:
        settings: what it is told.
    """
    state = State(settings)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await state.start()
        try:
            yield
        finally:
            await state.stop()

    app = Starlette(
        routes=_routes(state),
        lifespan=life,
        exception_handlers={KgError: _told, HTTPException: _refused},
    )
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors,
            allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Link", "Location"],
        )
    app.add_middleware(HostGuard, settings=settings)  # the last one added is asked first
    app.state.kg = state
    return app


def _routes(state: State) -> list[BaseRoute]:
    return [
        *sparql.routes(state),
        *graphs.routes(state),
        *description.routes(state),
        *linked.routes(state, pages=True),
        *page.routes(state),
    ]


async def _told(_: Request, error: Exception) -> Response:
    """An error as one line of text with a fitting status."""
    headers = {"Retry-After": "5"} if status_of(error) == 503 else {}
    return PlainTextResponse(f"{error}\n", status_of(error), headers)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)
