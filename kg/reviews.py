"""Reviews: what people found when they checked claims against their words.

A review never changes what a text was read to say. It is a statement of its own, with who and when, in a named graph
of its own, which `build` and `forget` leave alone; `export` with ``reviewed`` leaves out what was rejected. Claims are
named by content, so a review still holds when its document is read again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args

from kg.claims import digest
from kg.errors import UsageError
from kg.mapping import base_of
from kg.mapping import vocabulary as v
from kg.mapping.vocabulary import Vocabulary
from kg.ontology import Ontology
from kg.quads import Quad, literal, literal_parts
from kg.store.interface import Store

Verdict: TypeAlias = Literal["confirmed", "rejected", "undecided"]

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)

_KEY: Final = re.compile(r"[0-9a-f]+")
#: Characters that a note may have.
LONGEST_NOTE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Review:
    """One check of one claim.

    Attributes:
        claim: the claim's key.
        verdict: what it came to; ``undecided`` takes an earlier verdict back.
        who: name of the person.
        when: ISO 8601 date and time, with its zone.
        note: why, in their words.
    """

    claim: str
    verdict: Verdict
    who: str
    when: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise UsageError(f"there is no verdict {self.verdict!r}", hint=f"use {', '.join(VERDICTS)}")
        if len(self.note) > LONGEST_NOTE:
            raise UsageError(f"the note has {len(self.note)} characters", hint=f"use {LONGEST_NOTE} at most")
        if not self.who:
            raise UsageError("a review needs the name of who gives it")

    @property
    def key(self) -> str:
        """Content hash; the review's IRI ends with it."""
        return digest(self.claim, self.verdict, self.who, self.when, self.note)

    @property
    def _order(self) -> tuple[datetime, str]:
        return datetime.fromisoformat(self.when), self.key

    def __lt__(self, other: "Review") -> bool:
        return self._order < other._order


def add_review(store: Store, review: Review, *, ontology: Ontology | None = None) -> None:
    """Keep a review in a store.

    Raises:
        UsageError: there is no such claim.
    """
    known = ontology or Ontology.load()
    base = base_of(store, known)
    is_key = _KEY.fullmatch(review.claim)
    if not is_key or not any(store.quads(f"<{base}claim/{review.claim}>", v.TYPE, Vocabulary(known).cls("Claim"))):
        raise UsageError(f"there is no claim {review.claim}", hint="its document may have been removed")
    store.add(review_quads(review, base, known))


def review_quads(review: Review, base: str, ontology: Ontology) -> Iterator[Quad]:
    """A review as RDF, in a graph of its own."""
    terms = Vocabulary(ontology)
    node = f"<{base}review/{review.key}>"
    yield Quad(node, v.TYPE, terms.cls("Review"), node)
    yield Quad(node, v.TYPE, v.ANNOTATION, node)
    yield Quad(node, v.HAS_TARGET, f"<{base}claim/{review.claim}>", node)
    yield Quad(node, terms.prop("verdict"), terms.individual("Verdict", review.verdict), node)
    yield Quad(node, v.CREATOR, literal(review.who), node)
    yield Quad(node, v.CREATED, literal(review.when, datatype=f"{v.XSD}dateTime"), node)
    if review.note:
        yield Quad(node, v.BODY, literal(review.note), node)


def reviews(store: Store, claim: str | None = None, *, ontology: Ontology | None = None) -> tuple[Review, ...]:
    """Every review in a store, or those of one claim, from first to last.

    Args:
        store: the store.
        claim: term of a claim; every claim's where none is named.
        ontology: names and vocabularies; the shipped ontology unless told otherwise.
    """
    terms = Vocabulary(ontology or Ontology.load())
    targets = sorted({(q.subject, q.object) for q in store.quads(predicate=v.HAS_TARGET, object=claim)})
    return tuple(sorted(found for found in (_read(store, terms, *pair) for pair in targets) if found))


def last_reviews(store: Store, *, ontology: Ontology | None = None) -> Mapping[str, Review]:
    """The review that counts, by the key of its claim."""
    return {review.claim: review for review in reviews(store, ontology=ontology)}


def _read(store: Store, terms: Vocabulary, node: str, claim: str) -> Review | None:
    """The review at a node; None where somebody's other annotation stands there."""
    about = {quad.predicate: quad.object for quad in store.quads(subject=node)}
    verdict = about.get(terms.prop("verdict"))
    said = {p: literal_parts(about[p])[0] for p in (v.CREATOR, v.CREATED, v.BODY) if about.get(p, "").startswith('"')}
    if verdict is None or v.CREATOR not in said or not _is_time(said.get(v.CREATED, "")):
        return None
    word = terms.ontology.notation(verdict[1:-1])
    key = claim[1:-1].rpartition("/")[2]
    known = next((each for each in VERDICTS if each == word), None)
    return Review(key, known, said[v.CREATOR], said[v.CREATED], said.get(v.BODY, "")[:LONGEST_NOTE]) if known else None


def _is_time(words: str) -> bool:
    try:
        return datetime.fromisoformat(words).tzinfo is not None
    except ValueError:
        return False
