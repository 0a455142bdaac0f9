"""Nanopublications, contexts by themselves and RDF 1.2: what other tools expect of them."""

import io
import json
import warnings
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from kg.cli import run
from kg.errors import UsageError
from kg.export import Part, Publication, export
from kg.files import atomic_write
from kg.resources import resource
from kg.store import Store, open_store

NP, RDF = "http://www.nanopub.org/nschema#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ME, FREE = "https://example.org/me", "https://creativecommons.org/licenses/by/4.0/"


def written(store: Store, form: str, **part: Any) -> bytes:
    stream = io.BytesIO()
    export(store, form, stream, Part(**part))
    return stream.getvalue()


# ---------------------------------------------------------------- nanopublications


def parsed(content: bytes) -> dict[str, list[ox.Quad]]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(content, ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return graphs


def parts(head: list[ox.Quad]) -> tuple[str, dict[str, str]]:
    """A nanopublication and the graphs that its head names."""
    found = {quad.predicate.value: str(quad.object)[1:-1] for quad in head}
    assert found.pop(f"{RDF}type") == f"{NP}Nanopublication"
    assert set(found) == {f"{NP}{name}" for name in ("hasAssertion", "hasProvenance", "hasPublicationInfo")}
    assert len(head) == 4
    assert len({str(quad.subject) for quad in head}) == 1
    return str(head[0].subject)[1:-1], {name.removeprefix(f"{NP}has"): graph for name, graph in found.items()}


def test_nanopublications_keep_to_the_guidelines(source: Store) -> None:
    graphs = parsed(written(source, "nanopub"))
    heads = [quads for quads in graphs.values() if any(quad.predicate.value == f"{NP}hasAssertion" for quad in quads)]
    assert len(heads) == 7
    seen: set[str] = set()
    for head in heads:
        name, named = parts(head)
        every = {str(head[0].graph_name)[1:-1], *named.values()}
        assert len(every) == 4
        assert not every & seen
        seen |= every
        assert all(graphs[graph] for graph in named.values())
        assert any(q.subject == ox.NamedNode(named["Assertion"]) for q in graphs[named["Provenance"]])
        assert any(q.subject == ox.NamedNode(name) for q in graphs[named["PublicationInfo"]])
    assert seen == set(graphs)


def test_nanopublications_say_who_made_them_where_that_is_told(source: Store) -> None:
    publication = Publication(ME, FREE, "2026-01-31T12:00:00Z")
    text = written(source, "nanopub", publication=publication).decode()
    assert text.count(f"dcterms:creator <{ME}>") == text.count(f"dcterms:license <{FREE}>") == 7
    assert text.count('dcterms:created "2026-01-31T12:00:00Z"^^xsd:dateTime') == 7
    assert "dcterms:creat" not in written(source, "nanopub").decode()


WRONG = [{"creator": "me"}, {"license": "a b"}, {"created": "2026"}, {"created": "20260131T12"}]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_is_no_iri_or_time_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="is no"):
        Publication(**wrong)


# ---------------------------------------------------------------- contexts


def saved(store: Store, folder: Path) -> Path:
    path = folder / "graph.nq"
    path.write_bytes(written(store, "nq"))
    return path


@pytest.mark.parametrize("place", ["context.jsonld", "under/my context.jsonld"])
def test_a_context_of_its_own_reads_the_same(source: Store, tmp_path: Path, place: str) -> None:
    (tmp_path / "under").mkdir()
    graph, out = saved(source, tmp_path), tmp_path / "graph.jsonld"
    assert run(["export", "--graph", str(graph), "--context", str(tmp_path / place), "-o", str(out)]) == 0
    head = json.loads(out.read_text())["@context"]
    assert head == [place.replace(" ", "%20"), {"@base": "https://w3id.org/foedus/id/"}]
    assert (tmp_path / place).read_bytes() == resource("ontology", "context.jsonld").read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own
        read = rdflib.Graph().parse(out, format="json-ld")
    assert to_isomorphic(read) == to_isomorphic(rdflib.Graph().parse(data=written(source, "nt"), format="nt"))


def test_a_context_elsewhere_is_only_named(source: Store) -> None:
    where = "https://w3id.org/foedus/context.jsonld"
    whole, short = (json.loads(written(source, "jsonld", context=name)) for name in ("", where))
    assert short["@context"] == [where, {"@base": whole["@context"].pop("@base")}]
    assert short["@graph"] == whole["@graph"]
    assert whole["@context"] == json.loads(resource("ontology", "context.jsonld").read_text())["@context"]


# ---------------------------------------------------------------- RDF 1.2


@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq"])
def test_statements_reify_their_triples(source: Store, form: str) -> None:
    format_ = {"ttl": "TURTLE", "trig": "TRIG", "nt": "N_TRIPLES", "nq": "N_QUADS"}[form]
    quads = list(ox.parse(written(source, form, rdf12=True), getattr(ox.RdfFormat, format_)))
    plain = list(ox.parse(written(source, form), getattr(ox.RdfFormat, format_)))
    [new] = set(quads) - set(plain)
    assert new.predicate == ox.NamedNode(f"{RDF}reifies")
    assert isinstance(new.object, ox.Triple)
    terms = (new.object.subject, new.object.predicate, new.object.object)
    assert [str(term).rpartition("/")[2] for term in terms] == ["KEN>", "ontology#memberOf>", "au>"]
    assert new.subject in {quad.subject for quad in plain}


def test_reifiers_are_short_in_turtle(source: Store) -> None:
    text = written(source, "ttl", rdf12=True).decode()
    assert "rdf:reifies <<( <state/KEN> kg:memberOf <organization/au> )>>" in text
    assert "<< " not in text


def test_what_has_reifiers_is_asked_as_before(source: Store, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_bytes(written(source, "trig", rdf12=True, with_text=True))
    from kg.load import load

    again = open_store()
    load([path], again)
    assert len(again) == len(source) + 1
    assert written(again, "csv") == written(source, "csv")


@pytest.mark.parametrize("form", ["rdfxml", "jsonld", "csv", "nanopub"])
def test_formats_without_triple_terms_are_told(source: Store, form: str) -> None:
    with pytest.raises(UsageError, match="holds no triple terms"):
        written(source, form, rdf12=True)


def test_reasoning_and_reifiers_go_together(source: Store) -> None:
    pytest.importorskip("owlready2")
    text = written(source, "nt", rdf12=True, reason=True).decode()
    assert "ontology#ConditionalGuarantee>" in text
    assert text.count("#reifies> <<(") == 1


# ---------------------------------------------------------------- packed


def test_packed_files_are_the_same_each_time(source: Store, tmp_path: Path) -> None:
    graph = saved(source, tmp_path)
    for name in ("a.nq.gz", "b.nq.gz"):
        assert run(["export", "--graph", str(graph), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()
    assert run(["export", "--graph", str(tmp_path / "a.nq.gz"), "-o", str(tmp_path / "c.nq")]) == 0
    assert (tmp_path / "c.nq").read_bytes() == graph.read_bytes()


def test_a_packed_file_appears_as_a_whole(tmp_path: Path) -> None:
    def write() -> None:
        with atomic_write(tmp_path / "a.gz") as stream:
            stream.write(b"x")
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        write()
    assert list(tmp_path.iterdir()) == []
