"""What the data call things: an entity by IRI, id, label, code or the words of a text; a term of the ontology by name.

All of it is asked of the store itself, so that it holds for graphs with another base, other actors, another ontology.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.claims import KEY_DIGITS
from kg.errors import KgError, QueryError
from kg.iris import BASE
from kg.quads import NAMESPACES, iri, literal

if TYPE_CHECKING:
    from kg.queries.answers import Source

_SHOWN: Final = 8
_PREFIXES: Final = "".join(
    f"PREFIX {prefix}: <{namespace}>\n"
    for prefix, namespace in {"kg": "https://w3id.org/foedus/ontology#", **NAMESPACES}.items()
)

_KEY: Final = re.compile(rf"[0-9a-f]{{{KEY_DIGITS}}}")


@dataclass(frozen=True, order=True, slots=True)
class Candidate:
    """An entity that words may mean."""

    label: str
    iri: str


def find_entity(source: "Source", words: str) -> str:
    """IRI of the one entity that a user's words mean.

    Tried in turn: an id below the base (``state/UKR``), the exact label, a state's code, the label in any case, the
    words by which texts mention it, a word of its label.

    Raises:
        QueryError: nothing, or more than one thing, is called that.
    """
    found = candidates(source, words)
    if not found:
        raise QueryError(f"nothing in the graph is called {words!r}", hint=_advice(source, words))
    if len(found) > 1:
        names = "; ".join(f"{c.label} {c.iri}" for c in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise QueryError(f"{words!r} may be {len(found)} things: {names}{more}", hint="give the IRI or the id of one")
    return found[0].iri


def candidates(source: "Source", words: str) -> tuple[Candidate, ...]:
    """Entities that words may mean: those of the first way that finds any, sorted.

    Args:
        source: the store.
        words: IRI, id, label, code or mention.
    """
    base = base_of(source)
    for way in (_by_id, _by_label, _by_code, _by_label_in_any_case, _by_mention, _by_word_of_label):
        if found := tuple(sorted({c for c in way(source, words, base) if c.iri.startswith(base)})):
            return found
    return ()


def base_of(source: "Source") -> str:
    """Base of the graph's IRIs: what stands before ``claim/`` in a claim's."""
    for found in _ask(source, "?it a kg:Claim", limit=1):
        return found.iri.rpartition("claim/")[0] or BASE
    return BASE


def find_term(source: "Source", words: str) -> str:
    """IRI of a kind of claim, a class or a vocabulary's term that a user names, in capitals or not.

    Raises:
        QueryError: neither the ontology nor the data has it.
    """
    from kg.ontology import Ontology

    ontology = Ontology.load()
    name = words.removeprefix("kg:")
    classes = (*ontology.subclasses("Claim"), *ontology.subclasses("Entity"))
    declared = {known.lower(): ontology.cls(known) for known in classes}
    declared |= {known.lower(): ontology.prop(known) for known in ontology.binary_kinds()}
    for vocabulary in ontology.subclasses("Term"):
        declared |= {word: term for word, term in ontology.vocabulary(vocabulary).items() if word not in declared}
    if name.lower() in declared:
        return declared[name.lower()]
    used = [found.iri for found in _ask(source, "?claim kg:kind ?it")]
    for known in used:
        if known.endswith((f"#{name}", f"/{name}")):
            return known
    near = get_close_matches(name, sorted(declared), n=3)
    advice = f"did you mean {' or '.join(near)}?" if near else "give a kind such as Guarantee, or a whole IRI"
    raise QueryError(f"the ontology has no term {words!r}", hint=advice)


def _by_id(source: "Source", words: str, base: str) -> Iterator[Candidate]:
    for path in (words, f"claim/{words}") if _KEY.fullmatch(words) else (words,):
        yield from _known(source, base + path)


def _by_label(source: "Source", words: str, base: str) -> Iterator[Candidate]:
    for language in ("en", ""):
        yield from _ask(source, f"?it rdfs:label {literal(words, language=language)} ; rdfs:label ?label")


def _by_code(source: "Source", words: str, base: str) -> Iterator[Candidate]:
    if words.isascii() and words.isalpha():
        yield from _known(source, f"{base}state/{words.upper()}")


def _by_label_in_any_case(source: "Source", words: str, base: str) -> Iterator[Candidate]:
    wanted = words.casefold()
    return (found for found in _containing(source, words) if found.label.casefold() == wanted)


def _by_mention(source: "Source", words: str, base: str) -> Iterator[Candidate]:
    for way in ("kg:name", "oa:hasSelector/oa:exact"):
        pattern = f"?mention {way} {literal(words)} ; kg:entity ?it . ?it rdfs:label ?label"
        yield from _ask(source, pattern)


def _by_word_of_label(source: "Source", words: str, base: str) -> Iterator[Candidate]:
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    return (found for found in _containing(source, words) if whole.search(found.label))


def _containing(source: "Source", words: str) -> Iterator[Candidate]:
    lower = literal(words.lower())
    return _ask(source, f"?it rdfs:label ?label FILTER(CONTAINS(LCASE(STR(?label)), {lower}))")


def _known(source: "Source", address: str) -> Iterator[Candidate]:
    """The thing with this IRI, where the graph says anything of it."""
    from kg.queries.parameters import is_iri

    if is_iri(address):
        node = iri(address)
        yield from _ask(source, f"VALUES ?it {{ {node} }} ?it ?p ?o OPTIONAL {{ ?it rdfs:label ?label }}")


def _ask(source: "Source", pattern: str, *, limit: int | None = None) -> Iterator[Candidate]:
    import pyoxigraph as ox

    end = f" LIMIT {limit}" if limit else ""
    results = source.query(f"{_PREFIXES}SELECT DISTINCT ?it ?label {{ {pattern} }}{end}")
    if not isinstance(results, ox.QuerySolutions):
        raise KgError("the store answered a SELECT query without rows")
    for row in results:
        it, label = row["it"], row["label"]
        if isinstance(it, ox.NamedNode):
            yield Candidate(label.value if isinstance(label, ox.Literal) else "", it.value)


def _advice(source: "Source", words: str) -> str:
    labels = {found.label for found in _ask(source, "?claim a kg:Claim ; ?role ?it . ?it rdfs:label ?label")}
    near = get_close_matches(words, sorted(labels), n=3)
    return f"did you mean {' or '.join(near)}?" if near else "give a label, an id such as state/UKR, or an IRI"
