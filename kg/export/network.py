"""The network of actors: who does, promises, leads, holds what towards whom; for Gephi, pandas, NetworkX."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from itertools import combinations
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.assembly import standings
from kg.claims import Claim, Entity

#: Roles of the two ends of an edge, for kinds that are no acts.
_ENDS: Final = {
    "Guarantee": ("providedBy", "beneficiary"),
    "Tenure": ("person", "of"),
}
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, order=True, slots=True)
class Edge:
    """One claim between two entities.

    Attributes:
        Source: id of the entity that acts; the first in order where all act alike.
        Target: id of the other.
        Type: ``Directed``, or ``Undirected`` for an act that all do together.
        Label: kind of the claim, and the office of a tenure.
        Source_label: name of the source.
        Target_label: name of the target.
        Modality: how far it is presented as done; of a guarantee, how far it is performed.
        Negated: whether it is denied.
        Vouched: whether the text itself presents it as a fact.
        Holder: whose claim it is.
        Condition: on what it depends, in words.
        Occasion: of an act, its date, or the document's date or id.
        Documents: how many documents say so.
        Claim: key of the claim.
    """

    Source: str
    Target: str
    Type: str
    Label: str
    Source_label: str
    Target_label: str
    Modality: str
    Negated: bool
    Vouched: bool
    Holder: str
    Condition: str
    Occasion: str
    Documents: int
    Claim: str


def edges(claims: Iterable[Claim]) -> list[Edge]:
    """Edges of the network, sorted.

    >>> from kg.claims import Role
    >>> france, kenya = (Entity(f"state/{c}", "State", n) for c, n in (("FRA", "France"), ("KEN", "Kenya")))
    >>> [(e.Source, e.Target, e.Label) for e in edges([Claim("Aid", (Role("actor", france), Role("target", kenya)))])]
    [('state/FRA', 'state/KEN', 'Aid')]
    """
    return sorted({edge for claim in claims for edge in _edges(claim)})


def _edges(claim: Claim) -> Iterator[Edge]:
    offices = [filler.label for filler in claim.fillers("office") if isinstance(filler, Entity)]
    for source, target, together in _pairs(claim):
        yield Edge(
            Source=source.id,
            Target=target.id,
            Type="Undirected" if together else "Directed",
            Label=" ".join((claim.kind, *offices)),
            Source_label=source.label,
            Target_label=target.label,
            Modality=claim.performance or claim.modality,
            Negated=claim.negated,
            Vouched=claim.vouched,
            Holder=claim.holder.label if claim.holder else "",
            Condition=claim.condition.words if claim.condition else "",
            Occasion=claim.occasion,
            Documents=len({evidence.document for evidence in claim.evidence}),
            Claim=claim.key,
        )


def _pairs(claim: Claim) -> Iterator[tuple[Entity, Entity, bool]]:
    """The two ends of each edge, and whether both do the same."""
    first, second = _ENDS.get(claim.kind, ("actor", "target"))
    if claim.fillers("subject"):
        first, second = "subject", "object"
    sources, targets = _entities(claim, first), _entities(claim, second)
    if targets:
        yield from ((source, target, False) for source in sources for target in targets)
    elif first == "actor":
        yield from ((one, other, True) for one, other in combinations(sources, 2))


def _entities(claim: Claim, role: str) -> list[Entity]:
    return sorted(filler for filler in claim.fillers(role) if isinstance(filler, Entity))


def write_csv(claims: Iterable[Claim], stream: BinaryIO) -> None:
    """Write the edges as CSV with the column names that Gephi looks for."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Edge))
    writer.writerows(map(_cells, edges(claims)))
    text.detach()


def write_graphml(claims: Iterable[Claim], stream: BinaryIO) -> None:
    """Write nodes and edges as GraphML."""
    every = list(claims)
    found = edges(every)
    standing = {entity.id: " ".join(values) for entity, values in standings(every).items()}
    nodes = {e.id: e for claim in every for pair in _pairs(claim) for e in pair[:2]}
    columns = [field for field in fields(Edge) if field.name not in ("Source", "Target", "Type")]
    keys = [_key(name, "node", "string") for name in ("label", "kind", "standing")]
    keys += [_key(field.name, "edge", _TYPES[field.type]) for field in columns] + [_key("Mutual", "edge", "boolean")]
    stream.write(f'{_HEAD}{"".join(keys)}  <graph edgedefault="directed">\n'.encode())
    for identifier, entity in sorted(nodes.items()):
        data = {"label": entity.label, "kind": entity.kind, "standing": standing.get(identifier, "")}
        stream.write(f"    <node id={_quoted(identifier)}>{_data(data)}</node>\n".encode())
    for number, edge in enumerate(found):
        cells = dict(zip((field.name for field in fields(Edge)), _cells(edge), strict=True))
        ends = f"source={_quoted(edge.Source)} target={_quoted(edge.Target)}"
        # NetworkX refuses graphs some of whose edges have no direction, and keeps parallel ones apart by their ids.
        data = {field.name: cells[field.name] for field in columns} | {"Mutual": str(edge.Type != "Directed").lower()}
        stream.write(f'    <edge id="e{number}" {ends}>{_data(data)}</edge>\n'.encode())
    stream.write(b"  </graph>\n</graphml>\n")


_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES: Final[dict[object, str]] = {str: "string", bool: "boolean", int: "int"}


def _key(name: str, what: str, type_: str) -> str:
    return f'  <key id="{name}" for="{what}" attr.name="{name}" attr.type="{type_}"/>\n'


def _cells(edge: Edge) -> list[str]:
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in astuple(edge)]


def _data(values: dict[str, str]) -> str:
    return "".join(f'<data key="{key}">{escape(_clean(value))}</data>' for key, value in values.items() if value)


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
