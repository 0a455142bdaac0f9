"""Hypothesis strategies for documents and the claims that they state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Modality, Role, Span, most_precise
from kg.documents import Document
from kg.iris import document_path

MODALITIES: Sequence[Modality] = ("actual", "planned", "conditional", "possible")

NAMES = (("FRA", "France"), ("KEN", "Kenya"), ("USA", "United States"))
STATES = [Entity(f"state/{code}", "State", name, code) for code, name in NAMES]
PERSONS = [Entity("person/jane-roe", "Person", "Jane Roe"), Entity("person/amadou-ba", "Person", "Amadou Ba")]
GROUPS = [
    Entity("coalition/harbour-coalition", "Coalition", "Harbour Coalition"),
    Entity("state/KEN/military", "Organization", "military of Kenya", "KEN"),
    Entity("force/peace-corps", "Force", "Peace Corps"),
]
OFFICES = [Entity(f"office/{slug}", "Office", slug.replace("-", " ")) for slug in ("president", "foreign-minister")]
ACTS = ("Assault", "Agree", "Consult", "Aid")
TEXT = 'Ζürich: "Kenya\'s" army \\ and\tthe 😀 corps met in <Paris> & left.\nIt is said to return.'


@dataclass(frozen=True)
class Said:
    """A document and its claims, each with evidence from it."""

    document: Document
    claims: tuple[Claim, ...]


def spans() -> st.SearchStrategy[Span]:
    """Some characters of the text."""
    ends = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20))
    return ends.map(lambda at: Span(at[0], min(at[0] + at[1], len(TEXT)), TEXT[at[0] : at[0] + at[1]]))


def scoped(document: str) -> Entity:
    """An unnamed force of a document."""
    return Entity(f"{document_path(document)}/force/escort", "Force", "Escort")


@st.composite
def bare_claims(draw: st.DrawFn, document: str) -> Claim:
    """A claim of any kind without evidence."""
    actors = [*STATES, *PERSONS, *GROUPS, scoped(document)]
    actor = st.sampled_from(actors)
    modality = draw(st.sampled_from(MODALITIES))
    holder = draw(st.none() | actor)
    negated = draw(st.booleans())
    kind = draw(st.sampled_from((*ACTS, "Tenure", "Guarantee", "Deployment", "Size", "Quotation", "memberOf", "leads")))
    common = Claim(kind, modality=modality, negated=negated, holder=holder)
    match kind:
        case "Tenure":
            status = draw(st.sampled_from(("current", "acting", "former", "elect")))
            roles = [
                Role("person", draw(st.sampled_from(PERSONS))),
                Role("office", draw(st.sampled_from(OFFICES))),
                Role("of", draw(st.sampled_from([*STATES, *GROUPS]))),
                Role("status", status),
            ]
        case "Guarantee":
            roles = [Role("providedBy", draw(actor)), Role("beneficiary", draw(actor)), Role("obligation", "defence")]
            words = draw(st.sampled_from(("if attacked", "after a truce")))
            common = replace(common, performance=draw(st.sampled_from(MODALITIES)), condition=Condition(words))
        case "Deployment":
            roles = [Role("force", draw(st.sampled_from([GROUPS[2], scoped(document)])))]
            common = replace(common, place=draw(st.none() | st.sampled_from(STATES)))
        case "Size":
            roles = [Role("of", GROUPS[0]), Role("what", "countries"), Role("number", draw(st.integers(2, 40)))]
        case "Quotation":
            roles = [Role("speaker", draw(actor)), Role("words", draw(st.sampled_from((TEXT[:20], "never"))))]
        case "memberOf" | "leads":
            roles = [Role("subject", draw(actor)), Role("object", draw(st.sampled_from(GROUPS)))]
        case _:
            roles = [Role("actor", a) for a in draw(st.lists(actor, max_size=2))]
            roles += [Role("target", a) for a in draw(st.lists(actor, max_size=1))]
            common = replace(common, occasion=draw(st.sampled_from(("2025-03-06", "2025-03", document))))
    return replace(common, roles=tuple(roles))


@st.composite
def claims_of(draw: st.DrawFn, document: str) -> tuple[Claim, ...]:
    """Claims with evidence, some contained in others or waited for by them."""
    found: list[Claim] = []
    often = st.booleans()
    for _ in range(draw(st.integers(0, 4))):
        claim = draw(bare_claims(document))
        nests: bool = draw(often)
        waits: bool = draw(often)
        if found and claim.kind in ACTS and nests:
            claim = replace(claim, roles=(*claim.roles, Role("content", draw(st.sampled_from(found)).ref)))
        if found and waits:
            claim = replace(claim, condition=Condition("should that happen", (draw(st.sampled_from(found)).ref,)))
        evidence = draw(evidence_of(claim, document))
        found.append(replace(claim, evidence=(evidence,), time=most_precise(evidence.times)))
    return tuple(found)


@st.composite
def evidence_of(draw: st.DrawFn, claim: Claim, document: str) -> Evidence:
    """Evidence for a claim."""
    names = st.sampled_from(("", "It"))
    mentions = [Mention("actor", e.id, draw(spans()), draw(names), "name") for e in claim.entities()]
    if draw(st.booleans()):
        value = draw(st.sampled_from(("", "2025", "2025-03-06", "2025-03/..", "../2026", "2025-03-03/2025-03-09")))
        mentions.append(Mention("time", "", draw(spans()), value, "as written"))
    frame = draw(st.sampled_from(("meet", "attack")))
    return Evidence(document, draw(spans()), frame, draw(st.none() | spans()), tuple(sorted(mentions)))


@st.composite
def said(draw: st.DrawFn, document: str) -> Said:
    """A document with what it says."""
    date = draw(st.none() | st.sampled_from(("2025-03-06", "2025")))
    title = draw(st.none() | st.just("Title"))
    return Said(Document(document, TEXT, date, title, None, "00"), draw(claims_of(document)))
