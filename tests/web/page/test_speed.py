"""Every view of ten thousand claims within a second of the processor's time, from a store that was just opened."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from time import process_time

import pytest

from kg.claims import Claim, Entity, Evidence, Role, Span
from kg.documents import Document
from kg.store import Store, open_store
from kg.web.page.document import document_view
from kg.web.page.entity import entity_view
from kg.web.page.facets import Filter
from kg.web.page.listing import claim_list, search_view
from kg.web.page.matrix import matrix
from kg.web.page.network import network
from kg.web.page.overview import overview
from kg.web.page.timeline import timeline
from tests.web.page.serving import filled

CLAIMS = 10_000
KIND = "<https://w3id.org/foedus/ontology#kind>"
STATES = [Entity(f"state/{a}{b}{c}", "State", f"{a}{b}{c}land") for a, b, c in product("ABCDE", "FGHIJ", "KLMN")]
KINDS = ("Aid", "Consult", "Threaten", "Support", "Reject")
VIEWS: dict[str, Callable[[Store], object]] = {
    "overview": overview,
    "claims": lambda store: claim_list(store, Filter(kind=("Aid",))),
    "document": lambda store: document_view(store, "document/d7"),
    "entity": lambda store: entity_view(store, STATES[3].id),
    "timeline": lambda store: timeline(store, Filter()),
    "network": lambda store: network(store, Filter()),
    "matrix": matrix,
    "search": lambda store: search_view(store, "afkland aid"),
}


def claims() -> Iterator[Claim]:
    for number in range(CLAIMS):
        who, whom = STATES[number % 100], STATES[(number * 7 + number // 100 + 1) % 100]
        kind = KINDS[number % 5]
        words = f"{who.label} {kind} {whom.label}."
        evidence = (Evidence(f"d{number // 20}", Span(number % 20 * 30, number % 20 * 30 + len(words), words), "f"),)
        roles = (Role("actor", who), Role("target", whom))
        yield Claim(kind, roles, occasion=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}", evidence=evidence)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = [Document(f"d{number}", "x " * 300, "2025-01-01") for number in range(CLAIMS // 20)]
    return filled(tmp_path_factory.mktemp("speed") / "store", claims(), documents)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_takes_less_than_a_second(folder: Path, name: str) -> None:
    with open_store(folder, read_only=True) as store:
        begin = process_time()
        assert VIEWS[name](store) is not None
        took = process_time() - begin
        begin = process_time()
        assert len(list(store.quads(predicate=KIND))) == CLAIMS
        assert took < max(1.0, 20 * (process_time() - begin))  # a busy machine takes longer for either
