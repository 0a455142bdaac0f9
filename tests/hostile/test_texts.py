"""Any text gives a sound graph whose evidence is the text's own characters, in time that grows with its length."""

import io
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.documents import Document
from kg.documents.text import clean
from kg.export import write_graph
from kg.extraction.extractor import Extraction, Extractor
from kg.mapping import Mapper
from kg.quads import Quad

pytestmark = pytest.mark.model

TALKS = "Norway attacked Latvia on Monday, and the Latvian foreign minister, Jānis Bērziņš, condemned it."
HOSTILE = {
    "markup": f"<script>alert('x')</script> <b>{TALKS}</b> <!-- {TALKS} -->",
    "markdown": f"# [x](javascript:alert(1)) **{TALKS}** ![y](http://x/y) `{TALKS}`",
    "our own Turtle": f'<https://w3id.org/foedus/id/state/NOR> a kg:State . """ {TALKS} """ ; kg:text "\\" .',
    "our own YAML": f"- frame: aid-verb\n  yields: Aid\n  verbs: [attack]\n{TALKS}",
    "SPARQL": f"}} INSERT DATA {{ <x:a> <x:b> <x:c> }} # {TALKS}",
    "quotes that do not close": f"“ {TALKS} ‘ \" ' « {TALKS}",
    "nested quotes": "“" * 300 + TALKS + "”" * 300,
    "brackets": "(" * 3000 + TALKS + ")" * 3000,
    "right to left": f"\u202e{TALKS}\u202c \u200f عاجل: النرويج تهاجم لاتفيا \u2066{TALKS}\u2069",
    "zero width": "\u200b".join(TALKS) + f" {TALKS}",
    "combining marks": "".join(f"{char}\u0301\u0323" for char in TALKS) + f" {TALKS}",
    "emoji": f"🇳🇴➡️🇱🇻 👩🏽‍🚀 {TALKS} 💥💥💥",
    "controls": f"\x00\x01\x02 {TALKS} \x1b[31m \x7f \x85 \u2028 \u2029 {TALKS}",
    "noncharacters": f"\ufffe\uffff {TALKS} \U0001ffff",
    "lone surrogates": f"\ud800 {TALKS} \udfff",
    "spaces of all kinds": TALKS.replace(" ", "\u00a0\u2003\u3000"),
    "no spaces": TALKS.replace(" ", ""),
    "only punctuation": ".,;:!?-—…\"'“”()[]{}<>/\\|@#$%^&*~`" * 20,
    "names upon names": "Norway " * 2000,
    "verbs upon verbs": "attacked " * 2000,
    "a list of states": "Norway, Latvia, Kenya, Peru and Oman " * 200 + "attacked each other.",
    "that that that": "Norway said that " * 400 + "Latvia attacked Oman.",
    "relative clauses": "Norway, which attacked " * 300 + "Latvia.",
    "of of of": "the attack of the army of " * 300 + "Norway.",
    "if if if": "If Norway attacks unless Latvia leaves, " * 200 + "Oman will attack Peru.",
    "one long word": "x" * 100_000,
    "one long number": "9" * 50_000 + " countries met.",
    "blank lines": "\n" * 20_000 + TALKS,
    "many headlines": "NORWAY ATTACKS LATVIA\n" * 500,
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def document(text: str) -> Document:
    """A document of all of the text: reading would cut what stands twice."""
    return Document("a", clean(text), "2026-01-07")


def assert_sound(found: Extraction) -> list[Quad]:
    """Every span is what the text has there; the graph passes as RDF with an independent reader."""
    text = found.document.text
    for claim in found.claims:
        for evidence in claim.evidence:
            spans = [evidence.sentence, *(m.span for m in evidence.mentions)]
            spans += [evidence.trigger] if evidence.trigger else []
            assert all(text[span.start : span.end] == span.words for span in spans)
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
    return Mapper().quads(found.claims, [found.document])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gives_a_sound_graph(extractor: Extractor, text: str) -> None:
    quads = assert_sound(extractor.extract(document(text)))
    stream = io.BytesIO()
    write_graph(quads, "nq", stream)
    assert len(list(ox.parse(stream.getvalue(), format=ox.RdfFormat.N_QUADS))) == len(set(quads))


PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from([*TALKS.split(), "said", "that", "if", "“", "”", "\n", "will", "not", "the", "of", "'s", ",", "."]),
)


@given(st.lists(PIECES, min_size=1, max_size=25))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_text_round_trips_in_every_format(extractor: Extractor, pieces: list[str]) -> None:
    text = f"{' '.join(pieces)} {TALKS}"
    quads = assert_sound(extractor.extract(document(text)))
    expected = read(quads, "nq")
    for form in ("ttl", "trig", "nt", "rdfxml", "jsonld"):
        assert {quad.triple for quad in read(quads, form)} == {quad.triple for quad in expected}, form


def read(quads: list[Quad], form: str) -> set[ox.Quad]:
    """Quads as a reader that is not ours finds them in what is written."""
    formats = {"ttl": "ttl", "rdfxml": "rdf", "jsonld": "jsonld"}
    stream = io.BytesIO()
    write_graph(quads, form, stream)
    found = ox.RdfFormat.from_extension(formats.get(form, form))
    return set(ox.parse(stream.getvalue(), format=found))


UNITS = [f"{TALKS} ", f"{TALKS}\n", "(Norway) ", "Norway said “Latvia” ", "the attack of "]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit[-14:].strip())
def test_time_grows_with_length(extractor: Extractor, unit: str) -> None:
    """Eight times the text takes nowhere near 64 times the time, with room for a busy machine."""

    def seconds(characters: int) -> float:
        text = document(unit * (characters // len(unit)))
        best = 9e9
        for _ in range(2):
            start = time.process_time()
            extractor.extract(text)
            best = min(best, time.process_time() - start)
        return best

    seconds(2_000)
    assert seconds(48_000) < 24 * seconds(6_000) + 0.3


def test_a_line_of_a_megabyte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("x" * 600_000 + f" {TALKS} " + "{[" * 200_000, encoding="utf-8")
    graph = kg.build(path)
    assert graph.report is not None
    assert (graph.report.documents, len(graph) > 0) == (1, True)


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-32", b"")]
)
def test_encodings_are_found_out(tmp_path: Path, encoding: str, mark: bytes) -> None:
    path = tmp_path / "a.txt"
    text = "Norway attacked Latvia. “It’s over”, said Zoë Müller, Norway’s café minister."
    path.write_bytes(mark + text.encode(encoding))
    item = next(item for item in kg.read([path]) if isinstance(item, kg.Document))
    assert item.text == text


def test_circles_of_links_and_many_small_files(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "self").symlink_to(folder, target_is_directory=True)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    for number in range(2_000):
        (folder / f"{number}.txt").write_text(f"Item {number}.")
    items = list(kg.read([folder]))
    assert sum(isinstance(item, kg.Document) for item in items) == 2_000
    assert sum(str(item).startswith(str(folder / "loop.txt")) for item in items) == 1
