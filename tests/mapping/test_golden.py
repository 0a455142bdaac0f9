"""Claims of golden folders give exactly the graphs that stand beside them."""

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.compare import graph_diff, to_isomorphic

from kg.claims import Claim, ClaimRef, Condition, Entity, Evidence, Mention, Role, Span
from kg.documents import Document
from kg.mapping import Mapper
from kg.quads import lines

GOLDEN = Path(__file__).parent / "golden"


class Case:
    """A folder's ``claims.json``: a document, entities by a short name, claims in order."""

    def __init__(self, path: Path) -> None:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        self.document = Document(**said["document"])
        self.entities = {name: Entity(*values) for name, values in said["entities"].items()}
        self.claims: list[Claim] = []
        for claim in said["claims"]:
            self.claims.append(self.claim(claim))

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words), words)

    def filler(self, value: Any) -> Entity | ClaimRef | str | int:
        if isinstance(value, str) and value.startswith("@"):
            return self.entities[value[1:]]
        if isinstance(value, str) and value.startswith("#"):
            return self.claims[int(value[1:])].ref
        return value if isinstance(value, int) else str(value)

    def claim(self, said: dict[str, Any]) -> Claim:
        plain = ("modality", "performance", "negated", "occasion")
        fields: dict[str, Any] = {key: said[key] for key in plain if key in said}
        fields |= {key: self.entities[said[key]] for key in ("holder", "place") if key in said}
        if "condition" in said:
            words, *awaited = said["condition"]
            fields["condition"] = Condition(words, tuple(self.claims[number].ref for number in awaited))
        roles = tuple(Role(name, self.filler(value)) for name, value in said["roles"])
        mentions = tuple(
            Mention(role, self.entities[name].id, self.span(words), reason=reason)
            for role, name, words, reason in said["mentions"]
        )
        trigger = self.span(said["trigger"])
        evidence = Evidence(self.document.id, self.span(said["sentence"]), said["frame"], trigger, mentions)
        return Claim(said["kind"], roles, evidence=(evidence,), **fields)


@pytest.mark.parametrize("folder", sorted(path.name for path in GOLDEN.iterdir()))
def test_golden(folder: str) -> None:
    case = Case(GOLDEN / folder / "claims.json")
    mapped = (quad.triple for quad in Mapper().quads(case.claims, [case.document], with_text=False))
    found = to_isomorphic(rdflib.Graph().parse(data=b"".join(lines(mapped)), format="nt11"))
    expected = to_isomorphic(rdflib.Graph().parse(GOLDEN / folder / "expected.ttl"))
    if found != expected:
        _, missing, surplus = graph_diff(expected, found)
        pytest.fail(f"missing:\n{missing.serialize(format='nt')}\nsurplus:\n{surplus.serialize(format='nt')}")
