"""Every RDF format says the same, to every reader, in the same bytes."""

import io
import random
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from rdflib.compare import to_isomorphic

from kg.errors import InputError, UsageError
from kg.export import FORMATS, RDF_FORMATS, Part, export, format_of, write_graph
from kg.mapping import Mapper
from kg.quads import Quad, iri, lines, literal, standard
from kg.store import Store, open_store
from tests.claim_strategies import Said, said

RDFLIB = {"ttl": "turtle", "trig": "trig", "nt": "nt11", "nq": "nquads", "rdfxml": "xml", "jsonld": "json-ld"}
OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def written(quads: list[Quad], form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    write_graph(quads, form, stream, **options)
    return stream.getvalue()


def exported(store: Store, form: str, **part: Any) -> bytes:
    stream = io.BytesIO()
    export(store, form, stream, Part(**part))
    return stream.getvalue()


def triples(quads: list[Quad]) -> set[str]:
    return {" ".join(quad[:3]) for quad in quads}


def read_by_oxigraph(content: bytes, form: str) -> set[str]:
    return {f"{q.subject} {q.predicate} {q.object}" for q in ox.parse(content, OXIGRAPH[form])}


@contextmanager
def _rdflib_warns_of_itself() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def read_by_rdflib(content: bytes, form: str) -> rdflib.Graph:
    data = rdflib.Dataset()
    with _rdflib_warns_of_itself():
        data.parse(data=content, format=RDFLIB[form])
    union = rdflib.Graph()
    for subject, predicate, object_, _ in data.quads():
        union.add((subject, predicate, object_))
    return union


@pytest.mark.parametrize("form", RDF_FORMATS)
@given(a=said("a/b ü"))
def test_oxigraph_reads_the_same_triples(form: str, a: Said) -> None:
    quads = Mapper().quads(a.claims, [a.document])
    assert read_by_oxigraph(written(quads, form), form) == triples(quads)


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_rdflib_reads_the_same_triples(form: str, quads: list[Quad]) -> None:
    expected = rdflib.Graph().parse(data=b"".join(lines(quad.triple for quad in quads)), format="nt11")
    assert to_isomorphic(read_by_rdflib(written(quads, form), form)) == to_isomorphic(expected)


@pytest.mark.parametrize("form", ["trig", "nq"])
def test_data_set_formats_keep_graphs(form: str, quads: list[Quad]) -> None:
    store = ox.Store()
    store.load(written(quads, form), OXIGRAPH[form])
    assert {str(name) for name in store.named_graphs()} == {quad.graph for quad in quads if quad.graph}
    assert len(store) == len(quads)


@pytest.mark.parametrize("form", FORMATS)
def test_order_of_filling_does_not_show(form: str, quads: list[Quad]) -> None:
    shuffled = list(quads)
    random.Random(7).shuffle(shuffled)
    stores = [open_store(), open_store()]
    for store, content in zip(stores, (quads, shuffled), strict=True):
        for start in range(0, len(content), 20):
            store.add(content[start : start + 20])
    assert exported(stores[0], form) == exported(stores[1], form)


HASHED = """
import sys, io
from tests.export.conftest import claims_of, first, second
from kg.export import FORMATS, export
from kg.mapping import Mapper
from kg.store import open_store
store = open_store()
store.add(Mapper().quads([*claims_of("one"), *claims_of("two/ü")[1:3]], [first(), second()]))
for form in FORMATS:
    export(store, form, sys.stdout.buffer)
"""


def test_hash_seeds_do_not_show() -> None:
    root = Path(__file__).parents[2]

    def run(seed: int) -> bytes:
        environment = {"PYTHONHASHSEED": str(seed), "PYTHONPATH": str(root), "PATH": "/usr/bin"}
        command = [sys.executable, "-c", HASHED]
        return subprocess.run(command, env=environment, cwd=root, capture_output=True, check=True).stdout

    assert len({run(seed) for seed in (0, 1, 4242)}) == 1


def test_turtle_for_people(quads: list[Quad]) -> None:
    text = written([quad for quad in quads if "#text>" not in quad.predicate], "ttl").decode()
    assert "\n# States\n\n<state/FRA> a kg:State ; rdfs:label \"France\"@en .\n" in text
    assert "a kg:Person, kg:Leader" in text or "a kg:Leader, kg:Person" in text
    assert text.index("# States") < text.index("# Claims") < text.index("# Evidence")
    assert max(map(len, text.splitlines())) < 200


def test_base_shortens_its_own_iris() -> None:
    quad = Quad(iri("https://example.org/kg/state/KEN"), standard("rdf:type"), iri("a:b"))
    assert b"<state/KEN> a <a:b> ." in written([quad], "ttl", base="https://example.org/kg/")


AWKWARD_IRIS = ["http://e.org/a//b", "http://e.org/x/../y", "http://e.org/é", "urn:x:1", "https://w3id.org/foedus/id/a:b"]


@pytest.mark.parametrize("form", RDF_FORMATS)
@pytest.mark.parametrize("text", ["", '"', "\\", "a\nb\r\tc", "'''", "\u0085\u2028", "<&>]]>", "\u007f", "{}@x"])
def test_foreign_terms_survive(form: str, text: str) -> None:
    terms = (literal(text), literal(text, language="en-gb"), literal(text, datatype="http://e.org/d"))
    quads = [Quad(iri(name), iri("http://e.org/p#q"), term) for name in AWKWARD_IRIS for term in (*terms, iri(name))]
    assert read_by_oxigraph(written(quads, form), form) == triples(quads)


def test_rdfxml_says_what_xml_cannot_hold() -> None:
    with pytest.raises(InputError, match="U\\+0001"):
        written([Quad(iri("a:b"), iri("http://e.org/p"), literal("\x01"))], "rdfxml")
    with pytest.raises(InputError, match="cannot name the property"):
        written([Quad(iri("a:b"), iri("http://e.org/1"), literal("x"))], "rdfxml")


def test_unknown_formats_are_refused(source: Store) -> None:
    with pytest.raises(UsageError, match="unknown format 'word'"):
        exported(source, "word")
    with pytest.raises(UsageError, match="unknown RDF format"):
        written([], "csv")


@pytest.mark.parametrize(("name", "form"), [("x.TTL", "ttl"), ("x.rdf", "rdfxml"), ("x.parquet", "parquet")])
def test_suffixes_tell_formats(name: str, form: str) -> None:
    assert format_of(name) == form


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_an_empty_graph_is_still_a_document(form: str) -> None:
    assert read_by_oxigraph(written([], form), form) == set()


def _riot_classpath(folder: Path) -> str | None:
    """Jars of Debian's Jena, with the messages that it seeks beside its own place for them."""
    java = Path("/usr/share/java")
    jena = ("arq", "base", "core", "cmds", "iri", "tdb", "tdb2", "rdfconnection", "shacl", "shex")
    dboe = ("base", "storage", "trans-data", "transaction", "index")
    commons = ("io", "lang3", "cli", "csv", "codec", "compress")
    others = ("guava", "slf4j-api", "slf4j-simple", "thrift", "httpclient", "httpcore", "protobuf", "dexx.collection")
    jackson = ("core", "databind", "annotations")
    json = ("gson", "jsonld-java")
    names = [
        *(f"jena-{name}" for name in jena),
        *(f"jena-dboe-{name}" for name in dboe),
        *(f"commons-{name}" for name in commons),
        *(f"jackson-{name}" for name in jackson),
        *others,
        *json,
    ]
    jars = [java / f"{name}.jar" for name in names if (java / f"{name}.jar").exists()]
    if not (java / "jena-core.jar").exists() or shutil.which("java") is None:
        return None
    with zipfile.ZipFile(java / "jena-core.jar") as core:
        for member in core.namelist():
            if "/ext/xerces/" in member and member.endswith(".properties"):
                target = folder / member.partition("/ext/")[2]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(core.read(member))
    return ":".join(map(str, (folder, *jars)))


@pytest.fixture(scope="module")
def riot(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Command of Jena's riot."""
    classpath = _riot_classpath(tmp_path_factory.mktemp("jena"))
    if classpath is None:
        pytest.skip("Apache Jena is not installed (apt-get install libapache-jena-java)")
    return ["java", "-cp", classpath, "riotcmd.riot", "--output=nquads"]


def _as_triples(ntriples: bytes) -> set[str]:
    return {f"{q.subject} {q.predicate} {q.object}" for q in ox.parse(ntriples, ox.RdfFormat.N_QUADS)}


@pytest.mark.java
@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq", "rdfxml"])
def test_jena_reads_the_same_triples(form: str, quads: list[Quad], riot: list[str], tmp_path: Path) -> None:
    file = tmp_path / f"graph.{'rdf' if form == 'rdfxml' else form}"
    file.write_bytes(written(quads, form))
    run = subprocess.run([*riot, str(file)], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    assert _as_triples(run.stdout) == triples(quads)
    assert b"WARN" not in run.stderr


@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq", "rdfxml"])
def test_raptor_reads_the_same_triples(form: str, quads: list[Quad], tmp_path: Path) -> None:
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not installed (apt-get install raptor2-utils)")
    file = tmp_path / "graph"
    file.write_bytes(written(quads, form))
    name = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads"}.get(form, form)
    run = subprocess.run(["rapper", "-q", "-i", name, "-o", "ntriples", str(file)], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stderr == b""
    assert _as_triples(run.stdout) == triples(quads)
