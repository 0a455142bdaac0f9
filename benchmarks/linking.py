"""Linking measured on texts whose names somebody else has linked: what is covered, and what is linked right.

Usage: python benchmarks/linking.py FILE.jsonl [--errors] [--json]

A line is ``{"id", "date", "text", "links": [{"start", "end", "text", "title"}, ...]}``, the title that of an article
in an encyclopedia ("Georgia (country)"). A title counts where the register knows it under that name. A link is
*covered* if the program finds an actor in its words, *right* if that is the actor that the title names, or stands for
that state. Titles that the register lacks tell where names are taken for somebody else's: they are counted as
*strangers*, and a stranger that is linked to a known actor is listed as *taken*.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.actors import ActorMention, Gazetteer
from kg.claims import Entity
from kg.documents import Document
from kg.extraction.extractor import Extractor

KINDS = ("State", "Organization", "Person", "Region")
_BRACKETS = re.compile(r" \([^)]*\)$")


@dataclass(frozen=True)
class Link:
    """A link of the material, whom its title names, and what the program made of it."""

    kind: str
    words: str
    title: str
    found: tuple[ActorMention, ...]
    right: bool
    text: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="texts with links")
    parser.add_argument("--errors", action="store_true", help="list what is linked wrong, the most frequent first")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    links = list(read(options.file))
    figures = {kind: figure([link for link in links if link.kind == kind]) for kind in KINDS}
    strangers = [link for link in links if link.kind == "stranger"]
    taken = [link for link in strangers if any(m.named and not is_own(m.entity) for m in link.found)]
    figures["stranger"] = {"links": len(strangers), "taken": len(taken)}
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    sys.stdout.write(f"{'':14}{'links':>8}{'covered':>9}{'right':>8}{'precision':>11}\n")
    for kind in KINDS:
        row = figures[kind]
        sys.stdout.write(f"{kind:14}{row['links']:8}{row['covered']:9}{row['right']:8}{row['precision']:11.3f}\n")
    sys.stdout.write(f"{'stranger':14}{len(strangers):8}, taken for a known actor {len(taken)}\n")
    if options.errors:
        listed("wrong", [link for link in links if link.kind in KINDS and link.found and not link.right])
        listed("not covered", [link for link in links if link.kind in KINDS and not link.found])
        listed("taken", taken)


def figure(links: list[Link]) -> dict[str, float]:
    """Counts and precision of some links."""
    covered = sum(bool(link.found) for link in links)
    right = sum(link.right for link in links)
    return {"links": len(links), "covered": covered, "right": right, "precision": right / covered if covered else 0.0}


def listed(name: str, links: list[Link]) -> None:
    """Print links by words, title and what was found, the most frequent first, each with a text."""
    groups: Counter[tuple[str, str, str]] = Counter()
    texts: dict[tuple[str, str, str], str] = {}
    for link in links:
        key = (link.words, link.title, ", ".join(sorted({m.entity.id for m in link.found})))
        groups[key] += 1
        texts.setdefault(key, link.text)
    sys.stdout.write(f"\n{name}\n")
    for (words, title, found), count in sorted(groups.items(), key=lambda item: (-item[1], item[0])):
        sys.stdout.write(f"{count:5}  {words} [{title}] is {found or '-'}: {texts[words, title, found]}\n")


def read(path: Path) -> Iterator[Link]:
    """Every link to a title that names an actor, or a stranger."""
    gazetteer, extractor = Gazetteer.load(), Extractor()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = [Document(row["id"], row["text"], row.get("date")) for row in rows]
    for row, found in zip(rows, extractor.stream(documents), strict=True):
        for link in row["links"]:
            yield judged(link, found.mentions, gazetteer, row["text"])


def judged(link: dict[str, str], mentions: tuple[ActorMention, ...], gazetteer: Gazetteer, text: str) -> Link:
    """A link with what the program found in its words."""
    start, end = int(link["start"]), int(link["end"])
    meant = named(link["title"], gazetteer)
    inside = [m for m in mentions if m.start < end and start < m.end]
    found = tuple([m for m in inside if m.start <= start and end <= m.end] or inside)
    kind = next((entity.kind for entity in meant), "stranger") if link["title"][:1].isupper() else "stranger"
    kind = kind if kind in KINDS else "stranger"
    right = any(m.entity in meant or any(fits(m, entity) for entity in meant) for m in found)
    return Link(kind, link["text"], link["title"], found, right, text)


def named(title: str, gazetteer: Gazetteer) -> tuple[Entity, ...]:
    """Actors of the register that bear a title's name; of "X (country)" the state alone."""
    plain = _BRACKETS.sub("", title)
    senses = gazetteer.find(plain)
    entities = [s.entity for s in senses if s.relation in ("name", "alias", "abbreviation", "leader")]
    entities += [e for s in senses if s.relation == "capital" for e in [gazetteer.capital(s.entity.state or "")] if e]
    if title != plain:
        entities = [e for e in entities if (e.kind == "State") == title.endswith("(country)")]
    return tuple(dict.fromkeys(entities))


def fits(mention: ActorMention, entity: Entity) -> bool:
    """Whether a mention stands for a state or its organ: by a nationality word, the capital, the people."""
    is_public = entity.kind == "State" or entity.id.startswith("state/")
    return is_public and mention.state is not None and mention.state == entity.state


def is_own(entity: Entity) -> bool:
    """Whether an entity is a node of its own, unknown to the register."""
    return Gazetteer.load().entity(entity.id) is None


if __name__ == "__main__":
    main()
