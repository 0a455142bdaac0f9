"""Foedus: a checked knowledge graph of security diplomacy from news.

The Python API has the verbs of the command line::

    import kg

    graph = kg.build("article.txt")
    for row in graph.query("guarantees"):
        ...
    graph.export("graph.ttl")

Every name is loaded when it is first used, so ``import kg`` loads neither a language model nor a store.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from kg.version import __version__

if TYPE_CHECKING:
    from kg.build import build as build
    from kg.check import check as check
    from kg.claims import Claim as Claim
    from kg.claims import Entity as Entity
    from kg.claims import Evidence as Evidence
    from kg.diff import diff as diff
    from kg.documents import Document as Document
    from kg.documents import document as document
    from kg.documents import read as read
    from kg.errors import KgError as KgError
    from kg.evaluate import evaluate as evaluate
    from kg.export import export as export
    from kg.forget import forget as forget
    from kg.graph import Graph as Graph
    from kg.load import load as load
    from kg.queries import query as query
    from kg.scale import build_on_spark as build_on_spark
    from kg.store import open_store as open_store

#: Where each public name lives.
_HOMES: Final = {
    "Claim": "kg.claims",
    "Document": "kg.documents",
    "Entity": "kg.claims",
    "Evidence": "kg.claims",
    "Graph": "kg.graph",
    "KgError": "kg.errors",
    "build": "kg.build",
    "build_on_spark": "kg.scale",
    "check": "kg.check",
    "diff": "kg.diff",
    "document": "kg.documents",
    "evaluate": "kg.evaluate",
    "export": "kg.export",
    "forget": "kg.forget",
    "load": "kg.load",
    "open_store": "kg.store",
    "query": "kg.queries",
    "read": "kg.documents",
}

__all__ = [
    "Claim",
    "Document",
    "Entity",
    "Evidence",
    "Graph",
    "KgError",
    "__version__",
    "build",
    "check",
    "diff",
    "document",
    "evaluate",
    "export",
    "forget",
    "load",
    "open_store",
    "query",
    "read",
]


class _Package(ModuleType):
    """This package: where a verb and the module that holds it share a name, the name means the verb."""

    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        super().__setattr__(name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        # Importing kg.build anywhere would otherwise put the module in the place of the function.
        if isinstance(value, ModuleType) and _HOMES.get(name) == value.__name__:
            value = getattr(value, name)
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
