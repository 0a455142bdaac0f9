"""Running servers over stores made by hand, and their pages as trees."""

from collections.abc import Iterable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from kg.claims import Claim
from kg.documents import Document
from kg.iris import BASE
from kg.mapping import Mapper
from kg.store import open_store

#: Every view that needs nothing but a store.
VIEWS = ("/", "/documents", "/entities", "/claims", "/search?q=peru", "/timeline", "/guarantees", "/graph", "/check",
         "/check?list=unlinked", "/check?list=single", "/questions", "/questions/guarantees", "/editor",
         "/frames/agree-promise")  # fmt: skip


def filled(folder: Path, claims: Iterable[Claim], documents: Iterable[Document], base: str = BASE) -> Path:
    """A store in a folder."""
    with open_store(folder) as store:
        store.add(Mapper(base=base).quads(claims, documents))
    return folder


def links(tree: HTMLParser) -> list[Node]:
    """Links of a page to other pages."""
    return [node for node in tree.css("a[href]") if not (node.attributes["href"] or "").startswith("#")]


def words(node: Node | None) -> str:
    """Text of an element as it reads."""
    assert node is not None
    return " ".join(node.text().split())


def one(tree: HTMLParser | Node, selector: str) -> Node:
    """The first element that a selector finds."""
    found = tree.css_first(selector)
    assert found is not None, selector
    return found


def attribute(node: Node, name: str) -> str:
    """An attribute of an element."""
    value = node.attributes[name]
    assert value is not None
    return value
