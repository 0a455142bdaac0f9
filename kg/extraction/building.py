"""From matches to claims: roles, standing, condition, nested content, place and evidence.

A communicative act and the act in its content are two claims; the outer refers to the inner. What a condition waits
for is a claim too, conditional itself. Claims are built inside out, since keys are hashes of content.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, MentionIndex
from kg.claims import Claim, ClaimRef, Condition, Entity, Evidence, Mention, Modality, Role, Span
from kg.documents import Document
from kg.extraction.beneficiaries import Beneficiaries
from kg.extraction.described import DESCRIBABLE, Described, Descriptions, clause_words, span_of
from kg.extraction.groups import Antecedents
from kg.extraction.holders import Holders
from kg.extraction.joining import content_of, nearest
from kg.extraction.lexicon import Lexicon
from kg.extraction.match import Match, triggers
from kg.extraction.people import told_state
from kg.extraction.scope import is_origin
from kg.extraction.standing import Standing, Standings
from kg.extraction.times import Times
from kg.language.clauses import Slots
from kg.language.sentences import sentence_of
from kg.ontology import Ontology

_MADE: Final = frozenset({"Force", "Mechanism", "Facility", "Coalition", "Agreement", "Meeting"})
_LOCATIVE: Final = ("in", "at", "near", "outside", "inside", "across", "throughout", "around", "on", "over", "off")


@dataclass(frozen=True, slots=True)
class Built:
    """A claim with the match that made it, for passes that look at both."""

    claim: Claim
    match: Match


@dataclass(slots=True)
class _Memo:
    """Claims built so far, by match; a match that is being built is there without claims."""

    claims: dict[int, tuple[Claim, ...]] = field(default_factory=dict)


class Builder:
    """Builds the claims of one document.

    Args:
        document: the document.
        doc: its parse.
        mentions: its actors.
        matches: its matches.
        standings: how far it vouches.
        ontology: which kinds are acts, which roles hold what.
        lexicon: which nouns describe what.
    """

    def __init__(
        self,
        document: Document,
        doc: Doc,
        mentions: MentionIndex,
        matches: Sequence[Match],
        standings: Standings,
        ontology: Ontology,
        lexicon: Lexicon,
    ) -> None:
        self.document = document
        self.doc = doc
        self.mentions = mentions
        self._descriptions = Descriptions(doc, document, lexicon)
        self._light = lexicon.words("leadership")
        self._antecedents = Antecedents(doc, mentions, lexicon, self._descriptions, matches)
        self._beneficiaries = Beneficiaries(doc, mentions, self._descriptions, lexicon)
        self.matches = [self._unified(m) for m in matches]
        self.standings = standings
        self.ontology = ontology
        acts = [m for m in self.matches if ontology.is_act(m.frame.yields)]
        self._by_token = dict(triggers(acts))
        self._times = Times(document, doc, mentions)
        self._memo = _Memo()
        self._holders = Holders(doc, document, mentions, lexicon, standings.words)
        self._standing = {id(m): self._holders.settled(standings.of(self._anchor(m))) for m in self.matches}

    def _unified(self, match: Match) -> Match:
        fillers = {role: tuple(map(self._descriptions.unified, held)) for role, held in match.fillers.items()}
        return replace(match, fillers=fillers)

    def _anchor(self, match: Match) -> Token:
        """The word whose scope decides: of a light verb and its noun the verb, unless that opens a view on the noun.

        What is only announced ("announces sanctions") stands as the thing announced does.
        """
        announced = match.slots.get("object", ()) if match.frame.content is None else ()
        if announced and match.token.lemma_ in self.standings.words.announcing and match.token.pos_ == "VERB":
            return announced[0]
        verb = match.verb
        promised = match.slots.get("object", ()) if match.frame.yields == "Guarantee" and not match.nominal else ()
        if promised and self.standings.words.of(match.token):  # "promised troops": what is promised is to come
            return promised[0]
        light = verb is not None and verb in match.words and verb != match.token
        return verb if light and verb is not None and not self.standings.words.of(verb) else match.token

    def build(self) -> Iterator[Built]:
        """Every claim, in text order of its match."""
        for match in self.matches:
            claims = self._claims(match)
            for claim in (*claims, *self._existence(match, claims)):
                yield Built(claim, match)

    # -- one match -----------------------------------------------------------------------------------------------

    def _claims(self, match: Match) -> tuple[Claim, ...]:
        memo = self._memo.claims
        if id(match) in memo:
            return memo[id(match)]
        memo[id(match)] = ()
        wanted = match.frame.modalities
        if wanted and self._standing[id(match)].modality not in wanted:
            return ()
        if self.ontology.is_binary(match.frame.yields):
            built = tuple(self._binary(match))
        elif self.ontology.is_act(match.frame.yields):
            built = tuple(self._act(match))
        else:
            built = tuple(self._nary(match))
        memo[id(match)] = built
        return built

    def _act(self, match: Match) -> Iterator[Claim]:
        texts = [role for role in match.roles if self.ontology.role(role).filler == "text"]
        fillers = {role: match.get(role) for role in match.fillers if role not in texts}
        if not any(fillers.values()):
            return
        said = [pair for role in texts for pair in self._fill(match, role)]
        roles = [*(Role(role, m.entity) for role, held in fillers.items() for m in held), *(role for role, _ in said)]
        roles += [Role("content", ref) for ref in self._content(match)]
        if match.frame.mode:
            roles.append(Role("mode", match.frame.mode))
        roles += [Role(name, value) for name, value in match.frame.values.items()]
        place, at = self._place(match)
        mentions = [*(_mention(role, m) for role, held in fillers.items() for m in held), *(m for _, m in said)]
        if at is not None:
            mentions.append(at)
        claim = self._stand(match, match.frame.yields, roles, mentions, place=place)
        yield replace(claim, occasion=self._occasion(claim))

    def _nary(self, match: Match) -> Iterator[Claim]:
        roles: list[Role] = []
        mentions: list[Mention] = []
        for role in match.roles:
            found = list(self._fill(match, role))
            roles += [r for r, _ in found]
            mentions += [m for _, m in found]
        if not roles:
            return
        if "beneficiary" in match.roles and not any(r.name == "beneficiary" for r in roles):
            favoured = self._beneficiaries.of(match, self._by_token)
            found = [(Role("beneficiary", m.entity), _mention("beneficiary", m)) for m in favoured]
            found = found or list(self._beneficiaries.troops(match)) or self._supported(match)
            roles += [r for r, _ in found]
            mentions += [m for _, m in found]
        roles += [Role(name, value) for name, value in match.frame.values.items()]
        place, at = self._place(match)
        if at is not None:
            mentions.append(at)
        yield self._stand(match, match.frame.yields, roles, mentions, place=place)

    def _supported(self, match: Match) -> list[tuple[Role, Mention]]:
        """The force or mission told of before, which support without a named receiver is for."""
        if match.nominal or match.frame.values.get("obligation") != "support":
            return []
        mention = self._antecedents.group(match.verb or match.token, ("Force", "Mechanism", "Coalition"))
        return [(Role("beneficiary", mention.entity), _mention("beneficiary", mention))] if mention else []

    def _binary(self, match: Match) -> Iterator[Claim]:
        subjects = list(self._fill(match, "subject"))
        if match.frame.mutual:
            others = [m for t in match.slots.get("with", ()) for m in self.mentions.at(t)]
            subjects += [(Role("subject", m.entity), self._told("subject", m)) for m in others]
        objects = list(self._fill(match, "object"))
        if match.roles.get("object") == ("itself",) and match.frame.yields == "memberOf" and len(subjects) < 2:
            return  # a contingent from one country is that country's own
        for object_, object_mention in objects:
            for subject, told in subjects:
                # who leads a state's body is of that state, unless the text says otherwise
                domestic = match.frame.yields == "leads" and told.state is None and object_mention.state is not None
                subject_mention = replace(told, state=object_mention.state) if domestic else told
                if subject.filler != object_.filler:
                    mentions = [subject_mention, object_mention]
                    claim = self._stand(match, match.frame.yields, [subject, object_], mentions)
                    yield replace(claim, negated=True) if self._gives_up(match, told) else claim

    def _gives_up(self, match: Match, mention: Mention) -> bool:
        """Whether a lead goes on to somebody else: from whom, or by whose hand."""
        span = self.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
        if match.frame.yields != "leads" or span is None:
            return False
        giving = [t for t in match.words if t.lemma_ in self.standings.words.giving]
        return is_origin(span.root) or any(span.root in self.standings.clauses.subjects(t) for t in giving)

    def _existence(self, match: Match, claims: Iterable[Claim]) -> Iterator[Claim]:
        """"Agreed to lead a mechanism": what the text only plans and newly introduces is itself only planned."""
        for claim in claims:
            if claim.modality == "actual" or claim.kind == "Deployment":
                continue
            for mention in claim.evidence[0].mentions:
                entity = next((e for e in claim.entities() if e.id == mention.entity), None)
                span = self.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
                if entity is None or entity.kind not in _MADE or span is None:
                    continue
                if any(c.dep_ == "det" and c.lower_ in ("a", "an", "another") for c in span.root.children):
                    told = [m for m in claim.evidence[0].mentions if m.role == "holder"]
                    yield Claim(
                        "Existence",
                        (Role("of", entity),),
                        modality=claim.modality,
                        negated=claim.negated,
                        holder=claim.holder,
                        evidence=(self._evidence(match, [*told, replace(mention, role="of")]),),
                    )

    def _fill(self, match: Match, role: str) -> Iterator[tuple[Role, Mention]]:
        """Fill a role by actors, by what a phrase describes, or by its words, as the ontology and the frame want."""
        wanted = self.ontology.role(role).filler
        standing_for = list(self._stands_for(match)) if role == "object" else []
        if standing_for:
            yield from standing_for
            return
        if wanted == "entity" and match.get(role):
            for mention in match.get(role):
                yield Role(role, mention.entity), self._told(role, mention)
            return
        kinds = [k for k in match.frame.types.get(role, ()) if k in DESCRIBABLE]
        for slot in match.roles.get(role, ()):
            tokens = match.held(slot)
            for token in tokens:
                if wanted == "text":
                    span = clause_words(self.doc, token)
                    words = " ".join(span.words.split())
                    yield Role(role, words), Mention(role, words, span, words, "words of the text")
                elif kinds and token.pos_ in ("NOUN", "PROPN") and not (slot == "itself" and self._is_light(token)):
                    described = self._descriptions.describe(token, kinds)
                    yield Role(role, described.entity), _described(role, described, "described in this document")
            if tokens:
                return

    def _is_light(self, noun: Token) -> bool:
        """Whether a noun names no body or agreement itself: "part", "command"."""
        return noun.lemma_ == "part" or noun.lemma_ in self._light

    def _stands_for(self, match: Match) -> Iterator[tuple[Role, Mention]]:
        """The group or agreement named elsewhere for which the object of a relation stands."""
        kinds = match.frame.types.get("object", ())
        tokens = next(filter(None, map(match.held, match.roles.get("object", ()))), ())
        for token in tokens:
            head = self._antecedents.agreement(token) if "Agreement" in kinds else None
            if head is not None:
                found = self._descriptions.describe(head, ["Agreement"])
                yield Role("object", found.entity), _described("object", found, "the agreement named before")
            mention = self._antecedents.group(token, kinds)
            if mention is not None:
                yield Role("object", mention.entity), _mention("object", mention)

    def _told(self, role: str, mention: ActorMention) -> Mention:
        return _mention(role, replace(mention, state=told_state(mention, self.doc, self.mentions)))

    # -- what stands around it -----------------------------------------------------------------------------------

    def _stand(
        self,
        match: Match,
        kind: str,
        roles: Iterable[Role],
        mentions: list[Mention],
        *,
        place: Entity | None = None,
    ) -> Claim:
        """The claim with its standing, condition and evidence."""
        roles = list(roles)
        standing = self._holders.own(match, self._standing[id(match)], roles, mentions)
        holder = self._holders.of(standing)
        condition, _ = self._condition(standing)
        if holder is not None:
            mentions = [*mentions, _mention("holder", holder)]
        when = self._times.of(match, standing.modality) if not self.ontology.is_binary(kind) else None
        evidence = self._evidence(match, [*mentions, when[1]] if when else mentions)
        claim = Claim(
            kind=kind,
            roles=tuple(roles),
            modality=standing.modality,
            negated=standing.negated or (standing.ended and not self.ontology.is_act(kind)),
            holder=holder.entity if holder else None,
            condition=condition,
            place=place,
            time=when[0] if when else None,
            evidence=(evidence,),
        )
        if kind == "Guarantee":
            # The undertaking is what the text states; how far it is performed is another matter.
            claim = replace(claim, modality=_undertaken(standing), performance=standing.modality)
        return claim

    def _condition(self, standing: Standing) -> tuple[Condition | None, tuple[Claim, ...]]:
        if standing.condition is None:
            return None, ()
        first, last = standing.condition
        span = span_of(self.doc, first.i, last.i)
        words = " ".join(span.words.split()).strip(" ,;.—-\"“”")
        waited = nearest(standing.awaited, self._by_token) if standing.awaited is not None else []
        awaited = tuple(c for match in waited[:2] for c in self._claims(match))
        refs = tuple(sorted(c.ref for c in awaited))
        return (Condition(words, (), refs) if standing.absence else Condition(words, refs)), awaited

    def _content(self, match: Match) -> Iterator[ClaimRef]:
        """References to the acts in the content of a communicative act."""
        for inner in content_of(match, self._by_token):
            yield from (claim.ref for claim in self._claims(inner))

    def _place(self, match: Match) -> tuple[Entity | None, Mention | None]:
        """Where: a place after a locative preposition that no role uses."""
        for slots in self._around(match):
            for slot in _LOCATIVE:
                for token in slots.get(slot, ()):
                    place = self.mentions.place(token)
                    if place is not None:
                        span = span_of(self.doc, *_name_span(token))
                        name = " ".join(span.words.split())
                        return place, Mention("place", place.id, span, name, "place after a preposition", place.state)
        return None, None

    def _around(self, match: Match) -> Iterator[Slots]:
        """Slots in which its place may stand: its own, those of words for the same act, and of whose act it is."""
        yield match.slots
        clauses = self.standings.clauses
        told = [clauses.predicate(token).slots for token in match.merged]
        yield from told
        for slots in (match.slots, *told):
            yield from (clauses.predicate(token).slots for token in slots.get("of", ()) if token.pos_ == "PROPN")

    def _occasion(self, claim: Claim) -> str:
        return (claim.time.value if claim.time else "") or self.document.date or self.document.id

    def _evidence(self, match: Match, mentions: Sequence[Mention]) -> Evidence:
        sentence = sentence_of(match.token)
        first, last = match.words[0].i, match.words[-1].i
        if last - first > 6:
            first = last = match.token.i
        return Evidence(
            document=self.document.id,
            sentence=sentence_span(self.doc, sentence.start, sentence.end),
            frame=match.frame.name,
            trigger=span_of(self.doc, first, last),
            mentions=tuple(sorted(set(mentions), key=_order)),
        )


def _undertaken(standing: Standing) -> Modality:
    """How far a guarantee is given: what is promised is undertaken, not what is asked for, mulled or only planned."""
    if standing.in_condition or standing.modality == "possible" or standing.intended:
        return standing.modality
    return "actual"


def sentence_span(doc: Doc, start: int, end: int) -> Span:
    """Characters of a sentence without the white space around it."""
    while end > start + 1 and doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and doc[start].is_space:
        start += 1
    return span_of(doc, start, end - 1)


def _described(role: str, found: Described, reason: str) -> Mention:
    return Mention(role, found.entity.id, found.span, found.name, reason)


def _name_span(token: Token) -> tuple[int, int]:
    start = token.i
    while start > 0 and token.doc[start - 1].head == token and token.doc[start - 1].dep_ in ("compound", "amod"):
        start -= 1
    return start, token.i


def _mention(role: str, mention: ActorMention) -> Mention:
    words = mention.words
    name = words if mention.category == "region" and words else mention.name
    span = Span(mention.start, mention.end, words)
    return Mention(role, mention.entity.id, span, name, mention.reason, mention.state)


def _order(mention: Mention) -> tuple[str, str, Span, str, str, str]:
    return mention.role, mention.entity, mention.span, mention.name, mention.reason, mention.state or ""
