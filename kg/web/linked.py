"""Linked data: what the graph's IRIs answer."""

from starlette.routing import BaseRoute

from kg.web.state import State


def routes(state: State) -> list[BaseRoute]:
    """Documents about things."""
    return []
