"""A small graph of two documents that share claims."""

import pytest

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Role, Span
from kg.documents import Document
from kg.mapping import Mapper
from kg.quads import Quad
from kg.store import Store, open_store

TEXT = 'Zoë Müller, president of Kenya 🇰🇪, said "we won\'t & can\'t".\nIn case of an attack, Kenya will defend France.'
KENYA, FRANCE = Entity("state/KEN", "State", "Kenya", "KEN"), Entity("state/FRA", "State", "France", "FRA")
MÜLLER = Entity("person/zoe-muller", "Person", "Zoë Müller")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def said(document: str, words: str, *mentions: tuple[str, Entity, str]) -> tuple[Evidence]:
    """Evidence by words of the text."""
    found = tuple(Mention(role, entity.id, span(w), reason="name") for role, entity, w in mentions)
    return (Evidence(document, span(words), "frame", span(words.split()[0]), found),)


def claims_of(document: str) -> list[Claim]:
    """What the text says, in a document of that name."""
    attack = Claim(
        "Assault",
        (Role("target", FRANCE),),
        modality="conditional",
        occasion="2025-03-06",
        evidence=said(document, "In case of an attack", ("target", FRANCE, "France")),
    )
    return [
        attack,
        Claim(
            "Tenure",
            (
                Role("person", MÜLLER),
                Role("office", Entity("office/president", "Office", "president")),
                Role("of", KENYA),
                Role("status", "current"),
            ),
            evidence=said(document, "Zoë Müller, president of Kenya", ("person", MÜLLER, "Zoë Müller")),
        ),
        Claim(
            "Quotation",
            (Role("speaker", MÜLLER), Role("words", "we won't & can't")),
            evidence=said(document, 'said "we won\'t & can\'t"'),
        ),
        Claim(
            "Guarantee",
            (Role("providedBy", KENYA), Role("beneficiary", FRANCE), Role("what", "defend France")),
            performance="conditional",
            condition=Condition("in case of an attack", (attack.ref,)),
            evidence=said(document, "Kenya will defend France", ("providedBy", KENYA, "Kenya")),
        ),
        Claim(
            "memberOf",
            (Role("subject", KENYA), Role("object", Entity("organization/au", "Organization", "African Union"))),
            evidence=said(document, "Kenya", ("subject", KENYA, "Kenya")),
        ),
    ]


def first() -> Document:
    """The earlier document."""
    return Document("one", TEXT, "2025-03-06", "Title <&>", "https://example.org/one", "00")


def second() -> Document:
    """A later document that says only two of the claims."""
    return Document("two/ü", TEXT, "2025-04-01", None, None, "11")


@pytest.fixture(scope="session")
def quads() -> list[Quad]:
    """Quads of both documents, texts included."""
    claims = [*claims_of("one"), *claims_of("two/ü")[1:3]]
    return Mapper(links=lambda i: ["http://www.wikidata.org/entity/Q114"] if i == "state/KEN" else []).quads(
        claims, [first(), second()]
    )


@pytest.fixture
def source(quads: list[Quad]) -> Store:
    """A store of both documents."""
    store = open_store()
    store.add(quads)
    return store
