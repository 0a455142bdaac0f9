"""Claims as a page shows them: who, what, to whom, how far it is presented as fact, and the words that say so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.claims import Claim, ClaimRef, Entity, Evidence, Span
from kg.explain import in_words
from kg.iris import document_path
from kg.mapping import ClaimReader
from kg.reviews import Review, reviews
from kg.store.interface import Store
from kg.web.page.things import WHO, WHOM, Row, Source, Thing, Things, things_of

#: Roles whose fillers are words of the text.
_QUOTED: Final = ("words", "what", "theme")
#: Claims inside claims inside claims that are put into words.
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Nested:
    """A claim inside another: what is promised, opposed, asked, feared."""

    key: str
    words: str
    standing: str


@dataclass(frozen=True, slots=True)
class Part:
    """One more thing that a claim says: a role and what fills it.

    Attributes:
        role: the role's name.
        things: entities that fill it.
        nested: claims that fill it.
        words: words, numbers and terms of vocabularies that fill it.
        quoted: whether the words are the text's own.
    """

    role: str
    things: tuple[Thing, ...] = ()
    nested: tuple[Nested, ...] = ()
    words: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence, and what they are evidence of.

    Attributes:
        text: the characters.
        roles: the roles they fill, ``trigger`` among them; empty where they fill none.
    """

    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Why some words were taken for what fills a role."""

    role: str
    words: str
    thing: Thing | None
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one document that state a claim.

    Attributes:
        key: of the evidence.
        source: the document.
        start: where the sentence begins, in code points.
        end: where it ends.
        pieces: the sentence, cut at every border of what fills a role.
        frame: name of the frame or rule that matched.
        trigger: the words that name the claim; empty where the whole sentence does.
        links: why the words of each role were linked so.
        spans: begin and end of the trigger and of each role's words.
    """

    key: str
    source: Source
    start: int
    end: int
    pieces: tuple[Piece, ...]
    frame: str
    trigger: str
    links: tuple[Link, ...]
    spans: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as a page shows it.

    Attributes:
        row: the claim in a few words.
        label: its kind as people read it.
        words: all of it in one line, role by role.
        phrase: the same as people would say it.
        who: those who act.
        whom: those to whom they do.
        parts: what else it says.
        modality: how far it is presented as done.
        negated: whether it is denied.
        holder: whose claim it is.
        condition: on what it depends.
        place: where.
        quotes: the words that say so.
        reviews: what people found when they checked it, first to last.
    """

    row: Row
    label: str
    words: str
    phrase: str
    who: tuple[Thing, ...]
    whom: tuple[Thing, ...]
    parts: tuple[Part, ...]
    modality: str
    negated: bool
    holder: Thing | None
    condition: str
    place: Thing | None
    quotes: tuple[Quote, ...]
    reviews: tuple[Review, ...]

    @property
    def verdict(self) -> str:
        """What the last review says: ``confirmed``, ``rejected`` or nothing."""
        return self.row.verdict if self.row.verdict != "undecided" else ""


class StatementReader:
    """Reads claims for pages.

    Args:
        store: open for reading.
    """

    def __init__(self, store: Store) -> None:
        self.store: Final = store
        self.things: Final[Things] = things_of(store)
        self._claims = ClaimReader(store, self.things.ontology)
        self._reviewed = any(row.verdict for row in self.things.rows.values())

    def statements(self, rows: Iterable[Row], *, document: str = "") -> tuple[Statement, ...]:
        """Claims with their evidence.

        Args:
            rows: the claims.
            document: only this document's evidence, by its path; all where empty.
        """
        read = ((row, self.claim(row.key)) for row in rows)
        return tuple(self._statement(row, claim, document) for row, claim in read if claim)

    def claim(self, key: str) -> Claim | None:
        """A claim with its evidence, by key."""
        return self._claims.claim(self.things.node(f"claim/{key}"), with_evidence=True)

    def _statement(self, row: Row, claim: Claim, document: str) -> Statement:
        node = self.things.node(f"claim/{row.key}")
        evidence = [e for e in claim.evidence if not document or document_path(e.document) == document]
        return Statement(
            row=row,
            label=self.things.ontology.label(self.things.ontology.kind(claim.kind)) or claim.kind,
            words=self._in_words(claim),
            phrase=self._phrase(claim),
            who=tuple(map(self.things.thing, row.who)),
            whom=tuple(map(self.things.thing, row.whom)),
            parts=tuple(self._parts(claim)),
            modality=claim.modality,
            negated=claim.negated,
            holder=self.things.thing(row.holder) if row.holder else None,
            condition=claim.condition.words if claim.condition else "",
            place=self._thing(claim.place) if claim.place else None,
            quotes=tuple(self._quote(claim, found) for found in evidence),
            reviews=reviews(self.store, node, ontology=self.things.ontology) if self._reviewed else (),
        )

    # ------------------------------------------------------------ what it says

    def _parts(self, claim: Claim) -> Iterator[Part]:
        names = dict.fromkeys(role.name for role in claim.roles if role.name not in (*WHO, *WHOM))
        for name in names:
            fillers = claim.fillers(name)
            yield Part(
                role=name,
                things=tuple(self._thing(f) for f in fillers if isinstance(f, Entity)),
                nested=tuple(self._nested(f) for f in fillers if isinstance(f, ClaimRef)),
                words=tuple(str(f) for f in fillers if isinstance(f, str | int)),
                quoted=name in _QUOTED,
            )

    def _nested(self, ref: ClaimRef, depth: int = 1) -> Nested:
        inner = self._claims.claim(self.things.node(f"claim/{ref.key}"))
        row = self.things.rows.get(ref.key)
        return Nested(ref.key, self._phrase(inner, depth) if inner else ref.key, row.standing if row else "")

    def _phrase(self, claim: Claim, depth: int = 0) -> str:
        """A claim as people would say it, with what it contains."""
        sides = (", ".join(self._labels(claim, names)) for names in (WHO, WHOM))
        who, whom = sides
        notes = [claim.holder and f"claimed by {claim.holder.label}", claim.negated and "denied"]
        notes += [claim.modality if claim.modality != "actual" else "", claim.performance or ""]
        notes += [f"“{claim.condition.words}”" if claim.condition else ""]
        said = ", ".join(str(note) for note in notes if note)
        refs = [role.filler for role in claim.roles if isinstance(role.filler, ClaimRef)]
        inner = "; ".join(self._nested(ref, depth + 1).words if depth < _DEEPEST else "…" for ref in refs)
        head = " ".join(filter(None, (who, self.things.ontology.label(self.things.ontology.kind(claim.kind)), whom)))
        return f"{head}{f' ({said})' if said else ''}{f': {inner}' if inner else ''}"

    @staticmethod
    def _labels(claim: Claim, names: Sequence[str]) -> list[str]:
        return [f.label for name in names for f in claim.fillers(name) if isinstance(f, Entity)]

    def _in_words(self, claim: Claim, depth: int = 0) -> str:
        """A claim in one line, with what it contains down to a depth: claims may contain each other."""
        refs = [role.filler for role in claim.roles if isinstance(role.filler, ClaimRef)]
        found = {ref.key: self.claim(ref.key) if depth < _DEEPEST else None for ref in refs}
        return in_words(claim, {key: self._in_words(c, depth + 1) if c else "…" for key, c in found.items()})

    def _thing(self, entity: Entity) -> Thing:
        return self.things.thing(entity.id)

    # ------------------------------------------------------------ the words that say so

    def _quote(self, claim: Claim, evidence: Evidence) -> Quote:
        path = document_path(evidence.document)
        spans = tuple(_spans(evidence))
        return Quote(
            key=evidence.key(claim.key),
            source=self.things.sources.get(path) or Source("", evidence.document, evidence.document, path, ""),
            start=evidence.sentence.start,
            end=evidence.sentence.end,
            pieces=tuple(pieces(evidence.sentence, spans)),
            frame=evidence.frame,
            trigger=evidence.trigger.words if evidence.trigger else "",
            links=tuple(self._links(evidence)),
            spans=spans,
        )

    def _links(self, evidence: Evidence) -> Iterator[Link]:
        for mention in sorted(evidence.mentions, key=lambda m: (m.span.start, m.span.end, m.role, m.entity)):
            words, known = " ".join(mention.span.words.split()), mention.entity
            thing = self.things.thing(known) if known in self.things.entities else None
            yield Link(mention.role, words, thing, mention.reason, mention.span.start, mention.span.end)


def _spans(evidence: Evidence) -> Iterator[tuple[str, int, int]]:
    if evidence.trigger:
        yield "trigger", evidence.trigger.start, evidence.trigger.end
    for mention in evidence.mentions:
        yield mention.role, mention.span.start, mention.span.end


def pieces(sentence: Span, spans: Sequence[tuple[str, int, int]]) -> Iterator[Piece]:
    """A sentence cut at every border of some spans, which may overlap.

    Args:
        sentence: the sentence.
        spans: role, begin and end of each.

    >>> [(p.text, p.roles) for p in pieces(Span(5, 14, "Lima aids"), [("actor", 5, 9), ("trigger", 10, 14)])]
    [('Lima', ('actor',)), (' ', ()), ('aids', ('trigger',))]
    """
    inside = [(role, max(start, sentence.start), min(end, sentence.end)) for role, start, end in spans]
    borders = sorted({sentence.start, sentence.end, *(b for _, s, e in inside if s < e for b in (s, e))})
    for start, end in pairwise(borders):
        roles = dict.fromkeys(role for role, s, e in inside if s <= start and end <= e)
        yield Piece(sentence.words[start - sentence.start : end - sentence.start], tuple(roles))
