"""A small world: three documents whose claims overlap, disagree, promise and quote."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Role, Span
from kg.documents import Document
from kg.mapping import Mapper
from kg.store import Store, open_store

KENYA, PERU = Entity("state/KEN", "State", "Kenya", "KEN"), Entity("state/PER", "State", "Peru", "PER")
CHILE = Entity("state/CHL", "State", "Chile", "CHL")
MÜLLER = Entity("person/zoe-muller", "Person", "Zoë Müller")
UNION = Entity("coalition/southern-union", "Coalition", "Southern Union")
PRESIDENT = Entity("office/president", "Office", "president")
GUNMEN = Entity("document/raid/actor/gunmen", "Actor", "Gunmen")

PLEDGE = Document(
    "pledge",
    "Kenya pledges ships\n\nKenya promised to defend Peru if it is attacked. Nobody was surprised.\n"
    "President Zoë Müller of Kenya 🇰🇪 said that Chile had struck Peru.",
    "2025-03-06",
    "Kenya pledges ships",
    "https://wire.example/pledge",
    "00",
)
RAID = Document(
    "raid", "Chile did not strike Peru. Gunmen attacked Peru in May.", "2025-05-02", "Raid", "Gazette", "11"
)
HOSTILE = Document(
    "<b>x</b>/é",
    '<script>alert(1)</script> Peru "helps" \u202echile\u202c & <img src=x onerror=alert(2)> \ufffd Kenya.',
    "2025-05-09",
    "<i>Hostile</i> & “odd”",
    'javascript:alert(3)//"',
    "22",
)


def span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words), words)


def said(document: Document, words: str, trigger: str = "", **roles: tuple[Entity, str]) -> tuple[Evidence]:
    """Evidence by words of a document's text."""
    why = "name in the gazetteer"
    mentions = tuple(Mention(role, e.id, span(document, name), reason=why) for role, (e, name) in roles.items())
    named = span(document, trigger) if trigger else None
    return (Evidence(document.id, span(document, words), "a-frame", named, mentions),)


def act(kind: str, *roles: Role, document: Document, evidence: Iterable[Evidence], **more: object) -> Claim:
    """An act on its document's day."""
    bare = Claim(kind, roles, occasion=document.date or "", evidence=tuple(evidence))
    return replace(bare, **more)  # type: ignore[arg-type]


def claims() -> Iterator[Claim]:
    """What the three documents say."""
    promise = "Kenya promised to defend Peru if it is attacked."
    report = "President Zoë Müller of Kenya 🇰🇪 said that Chile had struck Peru."
    attack = act("Assault", Role("target", PERU), document=PLEDGE, modality="conditional",
                 evidence=said(PLEDGE, promise, "attacked"))  # fmt: skip
    yield attack
    yield Claim(
        "Guarantee",
        (
            Role("providedBy", KENYA),
            Role("beneficiary", PERU),
            Role("what", "defend Peru"),
            Role("obligation", "defence"),
        ),
        performance="conditional",
        condition=Condition("if it is attacked", (attack.ref,)),
        evidence=said(PLEDGE, promise, "promised to defend", providedBy=(KENYA, "Kenya"), beneficiary=(PERU, "Peru")),
    )
    aid = act("Aid", Role("actor", KENYA), Role("target", PERU), document=PLEDGE, modality="planned",
              evidence=said(PLEDGE, promise, "defend", target=(PERU, "Peru")))  # fmt: skip
    yield aid
    yield act("Agree", Role("actor", KENYA), Role("content", aid.ref), document=PLEDGE,
              evidence=said(PLEDGE, promise, "promised", actor=(KENYA, "Kenya")))  # fmt: skip
    yield Claim(
        "Tenure",
        (Role("person", MÜLLER), Role("office", PRESIDENT), Role("of", KENYA), Role("status", "current")),
        evidence=said(PLEDGE, report, "President", person=(MÜLLER, "Zoë Müller")),
    )
    yield act("Assault", Role("actor", CHILE), Role("target", PERU), document=PLEDGE, holder=MÜLLER,
              evidence=said(PLEDGE, report, "struck", actor=(CHILE, "Chile")))  # fmt: skip
    yield act("Assault", Role("actor", CHILE), Role("target", PERU), document=RAID, negated=True,
              evidence=said(RAID, "Chile did not strike Peru.", "strike", actor=(CHILE, "Chile")))  # fmt: skip
    yield act("Assault", Role("actor", GUNMEN), Role("target", PERU), document=RAID,
              evidence=said(RAID, "Gunmen attacked Peru in May.", "attacked", actor=(GUNMEN, "Gunmen")))  # fmt: skip
    for document in (PLEDGE, RAID):
        member = (Role("subject", KENYA), Role("object", UNION))
        yield Claim("memberOf", member, evidence=said(document, document.text.split("\n")[0].split(". ")[0]))
    yield act("Support", Role("actor", PERU), Role("target", KENYA), document=HOSTILE,
              evidence=said(HOSTILE, HOSTILE.text, '"helps"', target=(KENYA, "Kenya")))  # fmt: skip


def links(identifier: str) -> list[str]:
    return ["http://www.wikidata.org/entity/Q114"] if identifier == KENYA.id else []


@pytest.fixture
def store() -> Store:
    """A store of the three documents."""
    store = open_store()
    store.add(Mapper(links=links).quads(claims(), [PLEDGE, RAID, HOSTILE]))
    return store


def key_of(kind: str, **wanted: object) -> str:
    """Key of the one claim of a kind that has these attributes."""
    found = [c for c in claims() if c.kind == kind and all(getattr(c, name) == value for name, value in wanted.items())]
    assert len({c.key for c in found}) == 1
    return found[0].key
