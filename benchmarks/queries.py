"""How fast the shipped queries answer over a large graph: each is run on a made-up graph of many claims.

::

    python benchmarks/queries.py --claims 100000 --store /tmp/many

Every query is run once with each of its parameters and once without any; a query that is asked with a parameter is to
answer within 0.1 s, one over the whole graph within 1 s. The graph is made once and kept in the store folder.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Modality, Role, Span
from kg.documents import Document
from kg.mapping import Mapper
from kg.ontology import Ontology
from kg.queries import Question, catalogue, query
from kg.store import Store, open_store

WITH_PARAMETER, WHOLE_GRAPH = 0.1, 1.0
STATE = "state/S60"
MODALITIES: Sequence[Modality] = ("actual", "planned", "conditional", "possible")

#: A value for each parameter; what is not named here takes a middling state.
VALUES = {
    "claim": "",
    "person": "person/person-7",
    "leader": "person/person-7",
    "speaker": "person/person-7",
    "group": "coalition/coalition-3",
    "of": "coalition/coalition-3",
    "agreement": "agreement/declaration-3",
    "standing": "planned",
    "status": "former",
    "type": "Deployment",
    "words": "S60",
    "containing": "words 77",
    "name": "s60",
    "document": "d77",
    "since": "2025-12-26",
    "until": "2025-01-02",
    "from": "state/S60",
    "to": "state/S30",
}


class World:
    """Actors and things that claims are made of; the first of each sort are named most, as in news."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.pools = {
            "State": [Entity(f"state/S{n}", "State", f"S{n}", f"S{n}") for n in range(200)],
            "Person": _numbered("Person", 2000),
            "Organization": _numbered("Organization", 300),
            "Coalition": _numbered("Coalition", 30),
            "Force": _numbered("Force", 500),
            "Agreement": _numbered("Agreement", 500, slug="declaration"),
            "Region": _numbered("Region", 500),
        }
        self.weights = {
            kind: list(accumulate(1 / (rank + 4) for rank in range(len(pool)))) for kind, pool in self.pools.items()
        }
        self.offices = [Entity(f"office/{slug}", "Office", slug) for slug in ("president", "chancellor", "envoy")]
        self.acts = [n for n in Ontology.load().subclasses("Act") if n != "Act"]

    def pick(self, *kinds: str) -> Entity:
        """An entity of one of the kinds, the first kinds more often."""
        kind = kinds[min(int(self.chance.expovariate(1.2)), len(kinds) - 1)]
        return self.chance.choices(self.pools[kind], cum_weights=self.weights[kind])[0]

    def actor(self) -> Entity:
        """Whoever acts in news: mostly states."""
        return self.pick("State", "Person", "Organization", "Coalition")


def _numbered(kind: str, count: int, *, slug: str = "") -> list[Entity]:
    word = slug or kind.lower()
    return [Entity(f"{kind.lower()}/{word}-{n}", kind, f"{word} {n}") for n in range(count)]


def claims_of(document: int, world: World) -> Iterator[Claim]:
    """Eight claims or so of one document."""
    chance, day = world.chance, f"2025-{document % 12 + 1:02}-{document % 28 + 1:02}"
    for number in range(8):
        claim = _claim(world, day, chance)
        sentence = Span(number * 90, number * 90 + 80, f"Sentence {number} of document {document} says it.")
        mentions = tuple(
            Mention(role.name, role.filler.id, Span(number * 90 + n * 9, number * 90 + n * 9 + 8, role.filler.label), reason="name")  # noqa: E501
            for n, role in enumerate(claim.roles)
            if isinstance(role.filler, Entity)
        )
        trigger = Span(number * 90 + 40, number * 90 + 44, "says")
        evidence = Evidence(f"d{document}", sentence, f"frame-{claim.kind.lower()}", trigger, mentions)
        if claim.condition:
            attacker = Role("actor", world.actor())
            awaited = Claim("Assault", (attacker,), "conditional", occasion=day, evidence=(evidence,))
            yield awaited
            condition = Condition(claim.condition.words, (awaited.ref,))
        else:
            condition = None
        yield replace(claim, condition=condition, evidence=(evidence,))


def _claim(world: World, day: str, chance: random.Random) -> Claim:
    modality = chance.choices(MODALITIES, (80, 12, 4, 4))[0]
    negated, holder = chance.random() < 0.04, world.actor() if chance.random() < 0.1 else None
    condition = Condition(f"after condition {chance.randrange(999)}") if chance.random() < 0.05 else None
    place = world.pick("Region", "State") if chance.random() < 0.2 else None
    sort = chance.choices(("act", "office", "relation", "guarantee", "force", "size", "quote"), (62, 12, 8, 7, 5, 1, 5))
    kind, roles = _roles(sort[0], world, chance)
    performance = chance.choices(MODALITIES, (10, 50, 30, 10))[0] if kind == "Guarantee" else None
    occasion = day if kind in world.acts else ""
    return Claim(kind, roles, modality, performance, negated, holder, condition, place, None, occasion)


def _roles(sort: str, world: World, chance: random.Random) -> tuple[str, tuple[Role, ...]]:
    match sort:
        case "act":
            others = [Role("actor", world.actor())] if chance.random() < 0.2 else []
            return chance.choice(world.acts), (Role("actor", world.actor()), Role("target", world.actor()), *others)
        case "office":
            status = chance.choice(("current", "current", "former"))
            office = Role("office", chance.choice(world.offices)), Role("of", world.pick("State", "Organization"))
            return "Tenure", (Role("person", world.pick("Person")), *office, Role("status", status))
        case "relation":
            kind, group = chance.choice((("memberOf", "Coalition"), ("leads", "Force"), ("partyTo", "Agreement")))
            return kind, (Role("subject", world.actor()), Role("object", world.pick(group)))
        case "guarantee":
            sides = Role("providedBy", world.actor()), Role("beneficiary", world.actor())
            return "Guarantee", (*sides, Role("what", "support"))
        case "force":
            return "Deployment", (Role("force", world.pick("Force")),)
        case "size":
            of = Role("of", world.pick("Coalition"))
            return "Size", (of, Role("what", "countries"), Role("number", chance.randrange(90)))
        case _:
            words = f"words {chance.randrange(9999)} and more"
            return "Quotation", (Role("speaker", world.pick("Person")), Role("words", words))


def fill(store: Store, count: int, seed: int = 7) -> None:
    """Put made-up claims into a store, several thousand at a time."""
    world, mapper, made, document = World(random.Random(seed)), Mapper(), 0, 0
    while made < count:
        claims: list[Claim] = []
        documents: list[Document] = []
        while len(claims) < 4000 and made + len(claims) < count:
            claims += claims_of(document, world)
            documents.append(Document(f"d{document}", "", f"2025-{document % 12 + 1:02}-{document % 28 + 1:02}"))
            document += 1
        store.add(mapper.quads(claims, documents))
        made += len(claims)
        sys.stderr.write(f"\r{made} claims")
    sys.stderr.write("\n")


def runs(question: Question) -> Iterator[tuple[dict[str, str], float]]:
    """Parameters to run a question with, and the seconds that it may take."""
    required = {p.name: VALUES.get(p.name, STATE) for p in question.parameters if p.required}
    if not required:
        yield {}, WHOLE_GRAPH
    for parameter in question.parameters:
        if not parameter.required:
            yield {**required, parameter.name: VALUES.get(parameter.name, STATE)}, WITH_PARAMETER
    if required:
        yield required, WITH_PARAMETER


def timed(store: Store, question: Question, parameters: dict[str, str]) -> tuple[float, int]:
    """Best of three runs, in seconds, and the number of rows."""
    best, size = float("inf"), 0
    for _ in range(3):
        start = time.perf_counter()
        size = len(query(store, question, parameters))
        best = min(best, time.perf_counter() - start)
        if best > 3:
            break
    return best, size


def main() -> int:
    """Make the graph where it is missing, time every query, say which are too slow."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--store", help="folder to keep the graph in; without it the graph is in memory")
    parser.add_argument("--only", help="names of questions, separated by commas")
    options = parser.parse_args()
    slow = 0
    with open_store(options.store) as store:
        if not len(store):
            fill(store, options.claims)
        VALUES["claim"] = next(iter(query(store, "SELECT ?it { ?it <https://w3id.org/foedus/ontology#condition> ?c } LIMIT 1")))["it"]  # noqa: E501
        for question in catalogue():
            if options.only and question.name not in options.only.split(","):
                continue
            for parameters, limit in runs(question):
                seconds, rows = timed(store, question, parameters)
                slow += seconds > limit
                words = " ".join(f"{name}={value}" for name, value in parameters.items())
                verdict = "SLOW" if seconds > limit else "ok"
                sys.stdout.write(f"{verdict:5}{seconds:8.3f} s {rows:7} rows  {question.name} {words}\n")
                sys.stdout.flush()
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
