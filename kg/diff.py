"""What two graphs say differently: added, withdrawn, and changed in standing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.claims import Claim, ClaimRef, Entity
from kg.mapping import ClaimReader
from kg.ontology import Ontology
from kg.store import Store, nearby


@dataclass(frozen=True, slots=True)
class Change:
    """One content that two graphs hold to be differently far done.

    Attributes:
        before: its claims in the first graph.
        after: its claims in the second.
    """

    before: tuple[Claim, ...]
    after: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What changes from one graph to another.

    Attributes:
        added: claims whose content only the second graph has, or of which it has another occasion or place.
        withdrawn: the same of the first graph.
        changed: contents whose standing differs: planned in one, actual in the other, or denied, or claimed.
    """

    added: tuple[Claim, ...] = ()
    withdrawn: tuple[Claim, ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.withdrawn or self.changed)


def diff(a: Store, b: Store, *, ontology: Ontology | None = None) -> Diff:
    """Compare the claims of two stores by content key.

    Args:
        a: the earlier one.
        b: the later one.
        ontology: names and vocabularies; the shipped ontology unless told otherwise.
    """
    return diff_claims(_claims(a, ontology), _claims(b, ontology))


def diff_claims(before: Iterable[Claim], after: Iterable[Claim]) -> Diff:
    """Compare two sets of claims by content key.

    >>> planned, done = Claim("Consult", modality="planned"), Claim("Consult")
    >>> [(c.before[0].modality, c.after[0].modality) for c in diff_claims([planned], [done]).changed]
    [('planned', 'actual')]
    >>> diff_claims([], [done]).added == (done,)
    True
    """
    old, new = _by_content(before), _by_content(after)
    added: list[Claim] = []
    withdrawn: list[Claim] = []
    changed: list[Change] = []
    for content in old.keys() | new.keys():
        first, second = old[content], new[content]
        if first and second and set(map(standing, first.values())) != set(map(standing, second.values())):
            changed.append(Change(tuple(sorted(first.values())), tuple(sorted(second.values()))))
        else:
            added += (claim for key, claim in second.items() if key not in first)
            withdrawn += (claim for key, claim in first.items() if key not in second)
    changed.sort(key=lambda change: (change.before, change.after))
    return Diff(tuple(sorted(added)), tuple(sorted(withdrawn)), tuple(changed))


def standing(claim: Claim) -> tuple[str, ...]:
    """How far a claim's content is presented as done, by whom, and on what condition.

    >>> standing(Claim("Assault", modality="planned", negated=True))
    ('planned', '', 'negated', '', '')
    """
    modality: str = claim.modality
    return (
        modality,
        claim.performance or "",
        "negated" if claim.negated else "",
        claim.holder.id if claim.holder else "",
        claim.condition.key if claim.condition else "",
    )


def describe(claim: Claim) -> str:
    """A claim in one line.

    >>> from kg.claims import Role
    >>> france = Entity("state/FRA", "State", "France", "FRA")
    >>> describe(Claim("Aid", (Role("actor", france),), modality="planned", occasion="2025-03-06"))
    'Aid (planned, 2025-03-06): actor France'
    """
    said: list[str] = [claim.modality]
    said += [f"performance {claim.performance}"] if claim.performance else []
    said += ["negated"] if claim.negated else []
    said += [f"according to {claim.holder.label}"] if claim.holder else []
    said += [claim.condition.words] if claim.condition else []
    said += [f"in {claim.place.label}"] if claim.place else []
    said += [claim.occasion] if claim.occasion else []
    roles = ", ".join(f"{role.name} {_words(role.filler)}" for role in claim.roles)
    return f"{claim.kind} ({', '.join(said)}): {roles}"


def to_json(difference: Diff) -> dict[str, Any]:
    """A difference as JSON values: keys, contents and lines of claims."""
    return {
        "added": [_json(claim) for claim in difference.added],
        "withdrawn": [_json(claim) for claim in difference.withdrawn],
        "changed": [
            {"before": [_json(c) for c in change.before], "after": [_json(c) for c in change.after]}
            for change in difference.changed
        ],
    }


def _json(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.key,
        "content": claim.content_key,
        "kind": claim.kind,
        "modality": claim.modality,
        "negated": claim.negated,
        "holder": claim.holder.id if claim.holder else None,
        "words": describe(claim),
    }


def _words(filler: object) -> str:
    match filler:
        case Entity(label=label):
            return label
        case ClaimRef(key=key):
            return f"claim {key}"
    return str(filler)


def _by_content(claims: Iterable[Claim]) -> defaultdict[str, dict[str, Claim]]:
    found: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        found[claim.content_key][claim.key] = claim
    return found


def _claims(store: Store, ontology: Ontology | None) -> Iterable[Claim]:
    return ClaimReader(nearby(store), ontology).claims()
