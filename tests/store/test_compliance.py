"""What every store does alike, wherever it stands."""

import io
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.quads import Quad, iri, literal
from kg.store import Store, open_endpoint

A, B, C, P, Q = (iri(f"http://example.org/{name}") for name in "abcpq")
G, H = iri("http://example.org/graph/g"), iri("http://example.org/graph/h")
PLAIN = Quad(A, P, B)
NAMED = Quad(B, P, literal("Zürich 😀", language="de"), G)
TYPED = Quad(C, Q, literal("2025-03-06", datatype="http://www.w3.org/2001/XMLSchema#date"), H)
AWKWARD = Quad(C, P, literal('a "b" \\u0041 \\ c\n\r\td'), G)
ALL = [PLAIN, NAMED, TYPED, AWKWARD]


@pytest.fixture
def filled(store: Store) -> Store:
    store.add(ALL)
    return store


def rows(found: Any) -> list[tuple[str, ...]]:
    names = [variable.value for variable in found.variables]
    return sorted(tuple(str(row[name]) for name in sorted(names)) for row in found)


def test_what_is_added_is_found(filled: Store) -> None:
    assert sorted(filled.quads()) == sorted(ALL)
    assert len(filled) == len(ALL)


def test_adding_again_changes_nothing(filled: Store) -> None:
    filled.add([*ALL, PLAIN])
    assert sorted(filled.quads()) == sorted(ALL)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"subject": A}, [PLAIN]),
        ({"predicate": Q}, [TYPED]),
        ({"object": NAMED.object}, [NAMED]),
        ({"object": AWKWARD.object}, [AWKWARD]),
        ({"graph": ""}, [PLAIN]),
        ({"graph": G}, [NAMED, AWKWARD]),
        ({"subject": C, "graph": G}, [AWKWARD]),
        ({"subject": A, "graph": G}, []),
    ],
)
def test_quads_match_patterns(filled: Store, pattern: dict[str, str], expected: list[Quad]) -> None:
    assert sorted(filled.quads(**pattern)) == sorted(expected)


def test_contains(filled: Store) -> None:
    assert PLAIN in filled
    assert PLAIN._replace(graph=G) not in filled


def test_graphs_are_named(filled: Store) -> None:
    assert filled.graphs() == (G, H)


def test_queries_see_the_union(filled: Store) -> None:
    assert len(rows(filled.query("SELECT * { ?s ?p ?o }"))) == len(ALL)


def test_queries_can_name_graphs(filled: Store) -> None:
    found = filled.query(f"SELECT ?s ?o {{ GRAPH {G} {{ ?s {P} ?o }} }}")
    assert rows(found) == sorted([(NAMED.object, B), (AWKWARD.object, C)])


def test_from_names_the_data_set(filled: Store) -> None:
    assert rows(filled.query(f"SELECT ?s FROM {H} {{ ?s ?p ?o }}")) == [(C,)]


def test_from_in_a_string_or_variable_names_none(filled: Store) -> None:
    found = filled.query("SELECT ?from { ?from ?p ?o FILTER(?o != 'FROM <http://example.org/graph/h>') } # FROM <x:y>")
    assert len(rows(found)) == len(ALL)


def test_ask(filled: Store) -> None:
    assert bool(filled.query(f"ASK {{ {A} {P} {B} }}"))
    assert not bool(filled.query(f"ASK {{ {B} {P} {A} }}"))


def test_construct(filled: Store) -> None:
    found = filled.query(f"CONSTRUCT {{ ?o {Q} ?s }} WHERE {{ ?s {P} ?o FILTER(isIRI(?o)) }}")
    assert isinstance(found, ox.QueryTriples)
    assert [str(triple) for triple in found] == [f"{B} {Q} {A}"]


def test_results_serialise_themselves(filled: Store) -> None:
    found = filled.query(f"SELECT ?o {{ {B} {P} ?o }}")
    assert isinstance(found, ox.QuerySolutions)
    assert found.serialize(format=ox.QueryResultsFormat.CSV) == "o\r\nZürich 😀\r\n".encode()


@pytest.mark.parametrize("text", ["SELECT * {", "SELEKT * { }", "INSERT DATA { <a:b> <a:b> <a:b> }", ""])
def test_what_is_no_query_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError):
        store.query(text)


def test_updates_mean_the_default_graph(filled: Store) -> None:
    filled.update(f"DELETE WHERE {{ ?s {P} ?o }}")
    assert sorted(filled.quads()) == sorted([NAMED, TYPED, AWKWARD])


def test_what_is_no_update_is_refused(filled: Store) -> None:
    with pytest.raises(QueryError):
        filled.update("DELETE everything")
    assert len(filled) == len(ALL)


def test_a_change_removes_drops_and_adds(filled: Store) -> None:
    new = Quad(A, Q, C, H)
    filled.change(remove=[PLAIN, AWKWARD], drop=[H], add=[new])
    assert sorted(filled.quads()) == sorted([NAMED, new])


def test_nothing_to_change(filled: Store) -> None:
    filled.change()
    assert len(filled) == len(ALL)


def test_dump_and_load_lines(filled: Store) -> None:
    target = io.BytesIO()
    filled.dump(target)
    filled.update("DROP ALL")
    filled.load_lines(io.BytesIO(target.getvalue()))
    assert sorted(filled.quads()) == sorted(ALL)


def test_many_quads_at_once(store: Store) -> None:
    def quad(n: int) -> Quad:
        return Quad(iri(f"http://example.org/{n % 997}"), P, literal(f"number {n} {'x' * 60}"), (G, H, "")[n % 3])

    many = list(map(quad, range(24_000)))
    store.add(iter(many))
    assert len(store) == len(many)
    assert store.graphs() == (G, H)


def test_a_failed_addition_leaves_nothing(filled: Store) -> None:
    def broken() -> Iterator[Quad]:
        yield from (Quad(A, Q, literal(f"{n} {'x' * 60}"), (G, "")[n % 2]) for n in range(24_000))
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        filled.add(broken())
    assert sorted(filled.quads()) == sorted(ALL)


def test_triples_of_several_graphs_are_apart_and_counted_apart(store: Store) -> None:
    store.add([PLAIN, PLAIN._replace(graph=G), PLAIN._replace(graph=H), NAMED])
    assert len(store) == 4
    assert {quad.graph for quad in store.quads(subject=A)} == {"", G, H}
    assert len(rows(store.query("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }"))) == 2


def test_offsets_keep_their_datatype(store: Store) -> None:
    seven = literal("7", datatype="http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
    offset = Quad(A, iri("http://www.w3.org/ns/oa#start"), seven, G)
    store.add([offset])
    assert list(store.quads()) == [offset]
    assert list(store.dumped()) == [f"{' '.join(offset)} .\n".encode()]


def test_queries_see_all_graphs_and_tidying_changes_nothing(filled: Store) -> None:
    assert filled.unites()
    filled.tidy()
    assert len(filled) == len(ALL)


def test_servers_that_unite_all_graphs_are_read_graph_by_graph(united: str) -> None:
    store = open_endpoint(f"{united}/query")
    store.add(ALL)
    assert sorted(store.quads()) == sorted(ALL)
    assert list(store.quads(graph="")) == [PLAIN]
    assert len(store) == len(ALL)
