"""Targets that an act's own clause leaves open and the text around it names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from kg.actors import ActorMention, MentionIndex
from kg.extraction.answers import side
from kg.extraction.match import Fillers, Match
from kg.language.sentences import sentence_of

#: Acts that are always done to somebody, whom the sentence names elsewhere if not beside them: "after Russia halted gas
#: supplies, Moldova …". Of other acts, a side that the sentence names elsewhere is as often a bystander.
_DIRECTED: Final = frozenset({"Sanction", "Assault", "Aid"})

#: Acts that are done to the one with whom their actor has to do in the rest of the text, if to anybody.
_OPPOSED: Final = _DIRECTED | {"Threaten", "Protest", "Request"}

#: Acts that always have a receiver, whom an earlier sentence names if theirs does not.
_GIVEN: Final = frozenset({"Aid"})
_BODIES: Final = frozenset({"Force", "Mechanism", "Coalition", "Organization"})

#: Acts that answer those who said something to the actor: "Spain accuses Chile of …. Chile denies the claim."
_ANSWERS: Final = frozenset({"Reject"})
_ANSWERED: Final = frozenset({"Accuse", "Threaten", "Request"})

#: Acts towards others only, and acts of force, whose places at home are no targets.
_FOR_OTHERS: Final = frozenset({"Aid", "Support"})
_FORCES: Final = frozenset({"Mobilize", "Assault"})
_PLACES: Final = frozenset({"Region", "State", "Facility"})

_UNMANNED: Final = ("drone", "drones", "missile", "missiles", "rocket", "rockets", "projectiles", "balloons")

#: How far off an act may stand that tells with whom an actor has to do, in tokens.
_NEAR: Final = 40

#: Kinds of entities that are a side even without a state.
_SIDES: Final = frozenset({"State", "Organization", "Coalition"})

#: Marks of an act that is no particular one.
_OPEN: Final = frozenset({"if", "unless", "a", "an", "any"})


def with_targets(matches: Sequence[Match], mentions: MentionIndex) -> list[Match]:
    """Fill the open targets of acts whose actor is known.

    Args:
        matches: what matched, each with what its own clause tells.
        mentions: the actors of the text.
    """
    found: list[Match] = []
    for match in sorted((_abroad(m) for m in matches if not _is_for_itself(m)), key=lambda m: m.token.i):
        targets: Fillers = ()
        if match.get("actor") and not match.get("target") and "target" in match.roles and not match.frame.mutual:
            if match.frame.yields in _ANSWERS:
                targets = _answered(match, found)
            if not targets and match.frame.yields in _OPPOSED:
                targets = _opponent(match, matches)
            directed = match.frame.yields in _DIRECTED or "target" in match.frame.needs
            if not targets and directed and not _is_hypothetical(match):
                targets = _nearest_other(match, mentions)
            if not targets and match.frame.yields in _GIVEN:
                targets = _last_other(match, mentions)
        found.append(replace(match, fillers={**match.fillers, "target": targets}) if targets else match)
    return found


def _is_for_itself(match: Match) -> bool:
    """"Britain sends guards to protect its airports": help for one's own is no act towards another."""
    own = {m.state for m in match.get("actor")}
    targets = {m.state for m in match.get("target")}
    return match.frame.yields in _FOR_OTHERS and bool(targets) and None not in targets and targets == own


def _abroad(match: Match) -> Match:
    """An act of force without places at home or nobody's: "the army moves troops to the capital" is against nobody."""
    if match.frame.yields not in _FORCES:
        return match
    own = {m.state for m in match.get("actor")} - {None}
    kept = tuple(m for m in match.get("target") if not _is_nobodys(m) and not _is_at_home(m, own))
    return replace(match, fillers={**match.fillers, "target": kept}) if kept != match.get("target") else match


def _is_at_home(mention: ActorMention, own: set[str | None]) -> bool:
    return mention.state in own and mention.entity.kind in _PLACES


def _is_nobodys(mention: ActorMention) -> bool:
    """A sea or region of no state, or a machine that comes from nowhere."""
    unmanned = mention.name.lower().endswith(_UNMANNED)
    return mention.state is None and (mention.entity.kind == "Region" or unmanned)


def _opponent(match: Match, matches: Sequence[Match]) -> Fillers:
    """With whom the actor has to do in the act nearest to this one."""
    own = {side(m) for m in match.get("actor")}
    near = sorted((abs(other.token.i - match.token.i), i) for i, other in enumerate(matches))
    found = (m for distance, i in near if distance < _NEAR for m in _facing(matches[i], own))
    return tuple(islice(found, 1))


def _facing(other: Match, own: set[str]) -> Iterator[ActorMention]:
    """Whom an act has across from one of some actors."""
    for role, across in (("actor", "target"), ("target", "actor")):
        if own & {side(m) for m in other.get(role)}:
            yield from (m for m in other.get(across) if side(m) not in own and _is_side(m))


def _nearest_other(match: Match, mentions: MentionIndex) -> Fillers:
    sentence = sentence_of(match.token)
    own = {side(m) for m in match.get("actor")}
    sides = [m for m in mentions.all if sentence.start <= m.head < sentence.end and _is_side(m) and side(m) not in own]
    return tuple(sorted(sides, key=lambda m: abs(m.head - match.token.i))[:1])


def _last_other(match: Match, mentions: MentionIndex) -> Fillers:
    """The last body or force named before that is not the actor's own; help is always for somebody."""
    own = {side(m) for m in match.get("actor")}
    before = [m for m in mentions.all if m.head < match.token.i and side(m) not in own]
    bodies = [m for m in before if m.entity.kind in _BODIES and m.named]
    return tuple((bodies or [m for m in before if _is_side(m)])[-1:])


def _answered(match: Match, earlier: Sequence[Match]) -> Fillers:
    """Who last said something to the actor."""
    own = {side(m) for m in match.get("actor")}
    for said in reversed(earlier):
        if said.frame.yields in _ANSWERED and own & {side(m) for m in said.get("target")}:
            return tuple(m for m in said.get("actor") if side(m) not in own)
    return ()


def _is_hypothetical(match: Match) -> bool:
    """"If Sweden attacks", "in case of an attack": nobody is attacked yet."""
    heads = (match.token, match.verb) if match.verb is not None else (match.token,)
    marks = {c.lower_ for head in heads for c in head.children if c.dep_ in ("mark", "det")}
    return bool(marks & _OPEN)


def _is_side(mention: ActorMention) -> bool:
    return mention.state is not None or mention.entity.kind in _SIDES
