"""Standing of the claims that no frame makes: quotations, sizes, and offices that a verb gives to a person.

"The president never said '…'", "the alliance once had 14 members", "if she becomes president": the words around them
decide as they do for every act.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.claims import Claim, Mention, Span
from kg.extraction.holders import Holders
from kg.extraction.quotations import quoted_spans
from kg.extraction.standing import Standings
from kg.extraction.standing_sources import Quoted
from kg.extraction.standing_value import Standing

_VERBS: Final = ("VERB", "AUX")
#: Auxiliaries of an office that somebody might hold.
_UNREAL: Final = frozenset({"would", "could", "might", "may", "'d"})


def with_standing(claims: Iterable[Claim], doc: Doc, standings: Standings, holders: Holders) -> Iterator[Claim]:
    """Claims with the standing that the text gives them.

    Args:
        claims: quotations, sizes and tenures of one text.
        doc: its parse.
        standings: how far it vouches.
        holders: whose claims they can be.
    """
    for claim in claims:
        token = _anchor(claim, doc)
        if token is None:
            yield claim
            continue
        standing = holders.settled(standings.of(token))
        if claim.kind == "Quotation":
            standing = replace(standing, holder=None)  # it is the speaker's, whoever tells of it
        elif claim.kind == "Tenure":
            standing = _of_tenure(claim, token, standing)
        yield _stood(claim, standing, holders)


def with_speakers(doc: Doc, said: Iterable[Claim]) -> tuple[Quoted, ...]:
    """Quoted spans with the head of the phrase that names the speaker, where somebody is said to have said it.

    Args:
        doc: the parse.
        said: its quotations, with their standing.
    """
    speakers = [found for claim in said if claim.vouched for found in _speakers(doc, claim)]
    quoted: list[Quoted] = []
    for start, end in quoted_spans(doc):
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        quoted.append((start, end, next((token for at, token in speakers if first - 1 <= at <= last), None)))
    return tuple(quoted)


def _speakers(doc: Doc, claim: Claim) -> Iterator[tuple[int, Token]]:
    """Where a quotation begins, and the head of the phrase that names its speaker."""
    for evidence in claim.evidence:
        starts = (m.span.start for m in evidence.mentions if m.role == "words")
        at = next(starts, evidence.sentence.start)
        for mention in evidence.mentions:
            span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if mention.role == "speaker" and span is not None:
                yield at, span.root


def _anchor(claim: Claim, doc: Doc) -> Token | None:
    """The word whose scope decides: the verb of speech, what is counted, the verb that gives an office."""
    evidence = claim.evidence[0]
    trigger = evidence.trigger
    span = doc.char_span(trigger.start, trigger.end, alignment_mode="expand") if trigger else None
    if span is None:
        return None
    root = span.root
    if claim.kind == "Quotation":
        spoken = root.pos_ in _VERBS and all(m.span != trigger for m in evidence.mentions)
        aside = root.dep_ == "parataxis" or (root.dep_ == "ccomp" and root.i < root.head.i)
        return root if spoken and not aside else None
    if claim.kind == "Tenure":
        given = root.dep_ in ("attr", "oprd", "dobj") and root.head.pos_ in _VERBS
        return root.head if given else None
    return root.head if root.dep_ in ("dobj", "attr") and root.head.pos_ in _VERBS else root


def _of_tenure(claim: Claim, verb: Token, standing: Standing) -> Standing:
    """An office to come is told by its status; one that somebody only might hold is nobody's."""
    if any(c.dep_ == "aux" and c.lower_ in _UNREAL for c in verb.children):
        return standing.weaken("possible")
    if standing.modality == "planned" and "elect" in claim.fillers("status"):
        return replace(standing, modality="actual", negated=claim.negated)
    return replace(standing, negated=claim.negated or standing.negated)


def _stood(claim: Claim, standing: Standing, holders: Holders) -> Claim:
    holder = holders.of(standing)
    first = claim.evidence[0]
    if holder is not None:
        span = Span(holder.start, holder.end, holder.words)
        told = Mention("holder", holder.entity.id, span, holder.name, holder.reason, holder.state)
        first = replace(first, mentions=tuple(sorted({*first.mentions, told}, key=repr)))
    return replace(
        claim,
        modality=standing.modality,
        negated=standing.negated or standing.ended,
        holder=holder.entity if holder else None,
        evidence=(first, *claim.evidence[1:]),
    )
