"""Parts of a graph, and the formats that are made of claims."""

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given

from kg.claims import Claim, Role
from kg.errors import UsageError
from kg.export import FORMATS, Part, export
from kg.mapping import Mapper
from kg.quads import Quad, from_line
from kg.store import Store, open_store
from tests.claim_strategies import Said, said
from tests.export.conftest import FRANCE, KENYA

MEETING = Claim("Consult", (Role("actor", FRANCE), Role("actor", KENYA)), occasion="2025-03-06")


def written(store: Store, form: str, **part: Any) -> bytes:
    stream = io.BytesIO()
    export(store, form, stream, Part(**part))
    return stream.getvalue()


def quads_of(store: Store, **part: Any) -> set[Quad]:
    return {from_line(line) for line in written(store, "nq", **part).decode().splitlines()}


def filled(*found: Said) -> tuple[Store, set[Quad]]:
    claims = [claim for item in found for claim in item.claims]
    quads = set(Mapper().quads(claims, [item.document for item in found]))
    store = open_store()
    store.add(quads)
    return store, quads


@given(said("a"), said("b"))
def test_a_document_by_itself(a: Said, b: Said) -> None:
    store, _ = filled(a, b)
    assert quads_of(store, documents=["a"], with_text=True) == filled(a)[1]


@given(said("a"), said("b"))
def test_vouched_only_is_the_graph_of_vouched_claims(a: Said, b: Said) -> None:
    store, _ = filled(a, b)
    bare = [Said(item.document, tuple(c for c in item.claims if c.vouched)) for item in (a, b)]
    left_out = {Mapper().claim_iri(c.key) for item in (a, b) for c in item.claims if not c.vouched}
    expected = {quad for quad in filled(*bare)[1] if quad.object not in left_out}
    assert quads_of(store, vouched_only=True, with_text=True) == expected


def test_since_goes_by_the_date_of_documents(source: Store) -> None:
    text = written(source, "nq", since="2025-03-07").decode()
    assert "<https://w3id.org/foedus/id/document/two%2F%C3%BC>" in text
    assert "document/one" not in text
    assert written(source, "nq", since="2030") == b""


def test_texts_stay_out_unless_asked_for(source: Store) -> None:
    assert b"ontology#text>" not in written(source, "nq")
    assert b"ontology#text>" not in written(source, "ttl")
    assert len(quads_of(source, with_text=True)) == len(source)


def test_unknown_documents_are_named(source: Store) -> None:
    with pytest.raises(UsageError, match="no document 'three'"):
        written(source, "ttl", documents=["three"])


@pytest.mark.java
def test_reasoning_adds_what_follows(source: Store) -> None:
    pytest.importorskip("owlready2")
    assert b"ontology#ConditionalGuarantee>" not in written(source, "nt")
    assert b"ontology#ConditionalGuarantee> ." in written(source, "nt", reason=True)


def test_csv_opens_as_a_table(source: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(written(source, "csv").decode())))
    guarantee = next(row for row in rows if row["Label"] == "Guarantee")
    assert (guarantee["Source"], guarantee["Target"]) == ("state/KEN", "state/FRA")
    assert (guarantee["Modality"], guarantee["Condition"]) == ("conditional", "in case of an attack")
    tenure = next(row for row in rows if row["Label"] == "Tenure president")
    assert (tenure["Source_label"], tenure["Documents"], tenure["Vouched"]) == ("Zoë Müller", "2", "true")


def test_graphml_joins_known_nodes(source: Store) -> None:
    root = ET.fromstring(written(source, "graphml"))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = {node.get("id") for node in root.iterfind(".//g:node", space)}
    ends = {edge.get(end) for edge in root.iterfind(".//g:edge", space) for end in ("source", "target")}
    assert ends == nodes == {"state/KEN", "state/FRA", "person/zoe-muller", "organization/au"}


def test_graphml_opens_in_networkx(source: Store, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    source.add(Mapper().quads([MEETING, replace(MEETING, negated=True)], []))
    path = tmp_path / "actors.graphml"
    path.write_bytes(written(source, "graphml"))
    graph = networkx.read_graphml(path)
    assert graph.is_directed()
    assert graph.is_multigraph()
    edges = [data for *_, data in graph.edges(data=True)]
    assert len(edges) == len(list(csv.DictReader(io.StringIO(written(source, "csv").decode()))))
    assert [(data["Mutual"], data["Negated"]) for data in edges if data["Label"] == "Consult"] == [
        (True, False),
        (True, True),
    ]
    assert graph.nodes["state/KEN"] == {"label": "Kenya", "kind": "State", "standing": "actual"}


PARTS: list[dict[str, Any]] = [
    {"documents": ["one"]},
    {"since": "2025-03-07"},
    {"vouched_only": True},
    {"with_text": True},
    {"documents": ["two/ü"], "since": "2025-04-01", "vouched_only": True, "with_text": True},
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: " ".join(part))
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_writes_every_part(source: Store, form: str, part: dict[str, Any]) -> None:
    """The same claims, whether a part is written at once or loaded into a store and written as a whole."""
    memory = open_store()
    memory.add(quads_of(source, **part))
    options = {"with_text": part.get("with_text", False)}
    assert written(source, form, **part) == written(memory, form, **options)


def test_parquet_has_a_row_a_claim(source: Store) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written(source, "parquet")))
    rows = {row["kind"]: row for row in table.to_pylist()}
    assert set(rows) == {"Assault", "Guarantee", "Quotation", "Tenure", "memberOf"}
    assert rows["Guarantee"]["performance"] == "conditional"
    assert [item["document"] for item in rows["Tenure"]["evidence"]] == ["one", "two/ü"]


def test_each_evidence_makes_a_nanopublication(source: Store) -> None:
    store = ox.Store()
    store.load(written(source, "nanopub"), ox.RdfFormat.TRIG)
    heads = store.query(
        """PREFIX np: <http://www.nanopub.org/nschema#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?np ?a ?p ?i { GRAPH ?h { ?np a np:Nanopublication ; np:hasAssertion ?a ; np:hasProvenance ?p ;
          np:hasPublicationInfo ?i } GRAPH ?a { ?claim ?x ?y } GRAPH ?p { ?a prov:wasDerivedFrom ?d }
          GRAPH ?i { ?np ?u ?v } }"""
    )
    assert isinstance(heads, ox.QuerySolutions)
    assert len({str(row["np"]) for row in heads}) == 7
    assert not list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
