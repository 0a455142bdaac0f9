"""Offices: a title that a text gives to a person, as a claim of tenure."""

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Doc

from kg.actors import ActorMention, MentionIndex, Title, naming
from kg.claims import Claim, Evidence, Mention, Role, Span
from kg.documents import Document

FRAME: Final = "office"


def offices(doc: Doc, document: Document, mentions: MentionIndex, titles: Iterable[Title]) -> list[Claim]:
    """Tenure claims of a document, in order of the text; two titles that say the same are one claim.

    Args:
        doc: the parse.
        document: the document.
        mentions: its mentions; a person whom a title names in part is known by the first full name.
        titles: what `kg.actors.find_titles` found.
    """
    del doc
    names = _full_names(mentions)
    found: dict[str, Claim] = {}
    for title in titles:
        claim = _tenure(document, title, names)
        earlier = found.get(claim.key)
        found[claim.key] = earlier.with_evidence(earlier.evidence + claim.evidence) if earlier else claim
    return list(found.values())


def _full_names(mentions: MentionIndex) -> dict[str, str]:
    """Longest name of each person in the text, by entity."""
    names: dict[str, str] = {}
    for mention in mentions.all:
        if (
            mention.entity.kind == "Person"
            and mention.named
            and len(mention.name) > len(names.get(mention.entity.id, ""))
        ):
            names[mention.entity.id] = mention.name
    return names


def _tenure(document: Document, title: Title, names: dict[str, str]) -> Claim:
    def span(start: int, end: int) -> Span:
        return Span(start, end, document.text[start:end])

    def mention(role: str, actor: ActorMention, name: str) -> Mention:
        return Mention(role, actor.entity.id, span(actor.start, actor.end), name, actor.reason, actor.state)

    office = naming.office(title.role)
    trigger = span(title.start, title.end)
    said = (
        mention("person", title.person, names.get(title.person.entity.id, title.person.name)),
        mention("of", title.of, title.of.name),
        Mention("office", office.id, trigger, title.role, title.reason),
    )
    status = "current" if title.status == "acting" and "acting" not in title.role else title.status
    roles = (
        Role("person", title.person.entity),
        Role("office", office),
        Role("of", title.of.entity),
        Role("status", status),
    )
    return Claim(
        "Tenure",
        roles,
        negated=title.negated,
        evidence=(Evidence(document.id, span(*title.sentence), FRAME, trigger, said),),
    )
