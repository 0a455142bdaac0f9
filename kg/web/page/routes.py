"""Routes to everything that browsers show."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.web.page.reading import Reading
from kg.web.page.rendering import STATIC, Links
from kg.web.page.writing import Writing
from kg.web.state import State


def routes(state: State) -> list[BaseRoute]:
    """Pages, and the files that they load."""
    reading = Reading(state)
    return [
        *reading.routes(),
        *Writing(state, reading).routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/favicon.ico", _icon),
    ]


async def _icon(request: Request) -> Response:
    return RedirectResponse(Links(request).static("favicon.svg"), 301)
