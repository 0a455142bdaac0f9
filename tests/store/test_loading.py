"""Loading RDF files: whole or not at all, twice as once, and nothing hostile."""

import gzip
import io
import os
import random
import sys
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
import pytest

from kg.errors import InputError, KgError, UsageError
from kg.export import export
from kg.load import load
from kg.quads import Quad, iri, lines, literal
from kg.rdffiles import may_have_blank_nodes, rdf_file, skolemized
from kg.sources import open_source
from kg.store import Store, open_store
from kg.store.embedded import EmbeddedStore

A, P, G = iri("http://e.org/a"), iri("http://e.org/p"), iri("http://e.org/g")
TURTLE = '@prefix e: <http://e.org/> .\n# [comment] _:x (\ne:a e:p "one (1) [2] _:b", """three\n"(" quotes""" .\n'
TRIG = "<http://e.org/a> <http://e.org/p> 'x' . <http://e.org/g> { <http://e.org/a> <http://e.org/p> 'y' }"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">'
XML = f'{RDF}<rdf:Description rdf:about="http://e.org/a"><e:p>é &amp; &lt;</e:p></rdf:Description></rdf:RDF>'
JSONLD = '{"@id": "http://e.org/a", "http://e.org/p": [{"@value": "x"}, {"http://e.org/q": {"http://e.org/p": 1}}]}'
BLANK = "@prefix e: <http://e.org/> . e:a e:p [ e:p _:b ; e:q (1 2) ] . _:b e:p _:c ."


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file."""

    def writing(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return writing


Write = Callable[[str, str | bytes], Path]


GOOD = [
    ("a.ttl", TURTLE, 2),
    ("b.ttl", BLANK, 8),
    ("a.trig", TRIG, 2),
    ("a.nt", '<http://e.org/a> <http://e.org/p> "a _:b" .\n', 1),
    ("b.nt", '_:a <http://e.org/p> "a _:b" .\n_:a <http://e.org/p> _:c .\n', 2),
    ("a.nq", "<http://e.org/a> <http://e.org/p> <http://e.org/a> <http://e.org/g> .\n", 1),
    ("a.rdf", XML, 1),
    ("a.jsonld", JSONLD, 4),
    ("empty.nq", "", 0),
    ("empty.ttl", "", 0),
]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize(("name", "content", "count"), GOOD, ids=[case[0] for case in GOOD])
def test_every_format_once_and_again(
    store: Store, write: Write, name: str, content: str, count: int, packed: bool
) -> None:
    path = write(f"{name}.gz", gzip.compress(content.encode())) if packed else write(name, content)
    load([path], store)
    before = sorted(store.quads())
    assert len(before) == count
    load([path, path], store)
    assert sorted(store.quads()) == before
    assert not any(term.startswith("_:") for quad in before for term in quad)


def test_blank_nodes_follow_from_content(write: Write) -> None:
    first, second = open_store(), open_store()
    load([write("a.ttl", BLANK)], first)
    load([write("other.ttl.gz", gzip.compress(BLANK.encode()))], second)
    assert sorted(first.quads()) == sorted(second.quads())
    load([write("b.ttl", BLANK + " ")], second)
    assert len(second) > len(first)


def test_into_takes_what_stands_in_no_graph(store: Store, write: Write) -> None:
    load([write("a.trig", TRIG), write("b.ttl", BLANK)], store, "http://e.org/into")
    assert {quad.graph for quad in store.quads()} == {"<http://e.org/into>", G}


BROKEN = [
    ("a.ttl", TURTLE + "e:a e:p .", "is no Turtle: Parser error at line 5"),
    ("b.ttl", BLANK + "\n<http://e.org/x> .", "is no Turtle"),
    ("a.nt", "<http://e.org/a> <http://e.org/p> 'x' .", "is no N-Triples"),
    ("a.rdf", XML[:-5], "is no RDF/XML"),
    ("a.jsonld", '{"@id": ', "is no JSON-LD"),
    ("c.jsonld", '{"@context": "http://127.0.0.1:9/c", "@id": "http://e.org/a"}', "never fetched"),
    ("d.ttl", "<a> <b> <c> .", "relative IRI"),
    ("e.ttl.gz", gzip.compress(TURTLE.encode())[:-9], "broken gzip"),
    ("f.rdf", f'<!DOCTYPE r [<!ENTITY a "aaa">]>{XML}', "declares XML entities"),
    ("g.rdf", f'<?xml version="1.0" encoding="UTF-16"?>{XML}'.encode("utf-16"), "not UTF-8"),
    ("h.ttl", b"<http://e.org/a> <http://e.org/p> '\xff' .", "is no Turtle"),
]


@pytest.mark.parametrize(("name", "content", "said"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_file_leaves_nothing(store: Store, write: Write, name: str, content: str | bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        load([write(name, content)], store)
    assert name in str(error.value)
    assert "\n" not in str(error.value)
    assert len(store) == 0


def test_an_entity_between_blocks_is_seen(write: Write) -> None:
    for shift in range(0, 12, 3):
        filler = " " * ((1 << 20) - 5 - shift)
        with pytest.raises(InputError, match="entities"):
            load([write("a.rdf", f'<!DOCTYPE r [{filler}<!ENTITY a "a">]>{XML}')], open_store())


def test_an_error_at_the_end_of_much_leaves_nothing(write: Write, tmp_path: Path) -> None:
    many = b"".join(lines(Quad(A, P, literal(f"number {n}"), G) for n in range(300_000)))
    with open_store(tmp_path / "store") as store:
        with pytest.raises(InputError):
            load([write("a.nq", many + b"broken")], store)
        assert len(store) == 0


def test_files_before_a_broken_one_stay(write: Write) -> None:
    store = open_store()
    with pytest.raises(InputError):
        load([write("a.ttl", TURTLE), write("b.ttl", "broken")], store)
    assert len(store) == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read .*missing\.ttl: No such file"):
        load([tmp_path / "missing.ttl"], open_store())


def test_formats_have_to_be_told(write: Write) -> None:
    with pytest.raises(UsageError, match="does not tell its RDF format"):
        load([write("a.txt", TURTLE)], open_store())
    with pytest.raises(UsageError, match="unknown RDF format 'word'"):
        load([write("a.txt", TURTLE)], open_store(), form="word")
    assert load([write("a.txt", TURTLE)], open_store(), form="ttl") == 1


@pytest.mark.parametrize("into", ["my graph", "http://e.org/> . } ; DROP ALL ; #", "graph"])
def test_into_has_to_be_an_iri(write: Write, into: str) -> None:
    with pytest.raises(UsageError, match="no IRI"):
        load([write("a.ttl", TURTLE)], open_store(), into)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TURTLE.encode())))
    store = open_store()
    load(["-"], store, form="ttl")
    assert len(store) == 2


def test_pipes_are_read_to_the_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.ttl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(BLANK,))
    writer.start()
    store = open_store()
    load([pipe], store)
    writer.join()
    assert len(store) == 8


@pytest.mark.parametrize("suffix", ["nq", "ttl"])
def test_memory_does_not_grow_with_the_file(write: Write, suffix: str) -> None:
    """What is loaded into Oxigraph is its own matter; a stream of quads for other stores holds none of them."""

    def peak(count: int) -> int:
        path = write(f"a.{suffix}", b"".join(lines(Quad(A, P, literal(f"{n} _:")) for n in range(count))))
        tracemalloc.start()
        with rdf_file(str(path)) as file:
            assert not may_have_blank_nodes(file)
            assert sum(1 for _ in skolemized(file)) == count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(40_000) < 1.2 * peak(20_000)


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("e:a e:p 'it (' .", False),
        ("e:it\\'s e:p [ ] . e:it\\'s e:p e:c .", True),
        ("e:a_b e:p '''a ' '' [ ''' , \"\"\" \"\" ( \"\"\" . # (", False),
        ("e:a e:p <http://e.org/a(b)> .", False),
        ("e:a e:p (1) .", True),
        ("e:a e:p _:b .", True),
        ("e:a e:p '\\'' , '[' .", False),
        ("e:a e:p 'open\n[ .", True),
    ],
)
def test_blank_nodes_are_seen_beside_what_looks_like_them(write: Write, text: str, blank: bool) -> None:
    with rdf_file(str(write("a.ttl", text))) as file:
        assert may_have_blank_nodes(file) == blank


def test_quoted_brackets_make_no_blank_nodes(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast way is taken wherever it may be."""
    taken: list[object] = []
    original = EmbeddedStore.bulk_load

    def noting(self: EmbeddedStore, source: BinaryIO, form: ox.RdfFormat, into: str | None = None) -> None:
        taken.append(form)
        original(self, source, form, into)

    monkeypatch.setattr(EmbeddedStore, "bulk_load", noting)
    load([write("a.ttl", TURTLE), write("a.nt", '<http://e.org/a> <http://e.org/p> "_:b" .\n')], open_store())
    assert taken == [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES]


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_an_error_in_words(write: Write, seed: int) -> None:
    chance = random.Random(seed)
    for suffix in ("ttl", "trig", "nt", "nq", "rdf", "jsonld"):
        content = bytearray({"rdf": XML, "jsonld": JSONLD}.get(suffix, BLANK).encode())
        for _ in range(3):
            content[chance.randrange(len(content))] = chance.randrange(256)
        store = open_store()
        try:
            load([write(f"x.{suffix}", bytes(content))], store)
        except KgError:
            assert len(store) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonld", b"[" * 50_000), ("a.ttl", b"<http://e.org/a> <http://e.org/p> " + b"[ <http://e.org/p> " * 50_000)],
    ids=["jsonld", "ttl"],
)
def test_deep_nesting_ends_in_words(write: Write, name: str, content: bytes) -> None:
    with pytest.raises(InputError):
        load([write(name, content)], open_store())


def test_sources(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.ttl", TURTLE)
    assert len(open_source(graphs=[path])) == 2
    with open_store(tmp_path / "there") as made:
        load([path], made)
    monkeypatch.setenv("KG_STORE", str(tmp_path / "there"))
    assert len(open_source()) == 2
    with pytest.raises(UsageError, match="name different graphs"):
        open_source(store=tmp_path, graphs=[path])


def test_triple_terms_pass_through_the_formats_that_have_them(write: Write) -> None:
    store = open_store()
    triple = "<http://e.org/a> <http://e.org/p> 'x (y)'"
    load([write("a.ttl", f"<http://e.org/a> <http://e.org/p> <<( {triple} )>> .")], store)

    def written(form: str) -> bytes:
        stream = io.BytesIO()
        export(store, form, stream)
        return stream.getvalue()

    for form in ("ttl", "trig", "nt", "nq"):
        again = open_store()
        load([write(f"b.{form}", written(form))], again)
        assert sorted(again.quads()) == sorted(store.quads())
    for form in ("rdfxml", "jsonld"):
        with pytest.raises(InputError, match="cannot hold the triple term"):
            written(form)
