"""Targets that an act's own clause leaves open and the text around it names."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.actors import ActorMention, MentionIndex
from kg.extraction.match import Fillers, Match
from kg.language.sentences import sentence_of

#: Acts that are always done to somebody, whom the sentence names elsewhere if not beside them: "after Russia halted gas
#: supplies, Moldova …". Of other acts, a side that the sentence names elsewhere is as often a bystander.
_DIRECTED: Final = frozenset({"Sanction", "Assault", "Aid"})

#: Acts that answer those who said something to the actor: "Spain accuses Chile of …. Chile denies the claim."
_ANSWERS: Final = frozenset({"Reject"})
_ANSWERED: Final = frozenset({"Accuse", "Threaten", "Request"})

#: Kinds of entities that are a side even without a state.
_SIDES: Final = frozenset({"State", "Organization", "Coalition"})

#: Marks of an act that is no particular one.
_OPEN: Final = frozenset({"if", "unless", "a", "an", "any"})


def with_targets(matches: Sequence[Match], mentions: MentionIndex) -> list[Match]:
    """Fill the open targets of acts whose actor is known.

    Args:
        matches: acts, each with what its own clause tells.
        mentions: the actors of the text.
    """
    found: list[Match] = []
    for match in sorted(matches, key=lambda m: m.token.i):
        targets: Fillers = ()
        if match.get("actor") and not match.get("target") and "target" in match.roles:
            if match.frame.yields in _DIRECTED and not _is_hypothetical(match):
                targets = _nearest_other(match, mentions)
            elif match.frame.yields in _ANSWERS:
                targets = _answered(match, found)
        found.append(replace(match, fillers={**match.fillers, "target": targets}) if targets else match)
    return found


def _nearest_other(match: Match, mentions: MentionIndex) -> Fillers:
    sentence = sentence_of(match.token)
    own = {_side(m) for m in match.get("actor")}
    sides = [m for m in mentions.all if sentence.start <= m.head < sentence.end and _is_side(m) and _side(m) not in own]
    return tuple(sorted(sides, key=lambda m: abs(m.head - match.token.i))[:1])


def _answered(match: Match, earlier: Sequence[Match]) -> Fillers:
    """Who last said something to the actor."""
    own = {_side(m) for m in match.get("actor")}
    for said in reversed(earlier):
        if said.frame.yields in _ANSWERED and own & {_side(m) for m in said.get("target")}:
            return tuple(m for m in said.get("actor") if _side(m) not in own)
    return ()


def _is_hypothetical(match: Match) -> bool:
    """"If Sweden attacks", "in case of an attack": nobody is attacked yet."""
    heads = (match.token, match.verb) if match.verb is not None else (match.token,)
    marks = {c.lower_ for head in heads for c in head.children if c.dep_ in ("mark", "det")}
    return bool(marks & _OPEN)


def _side(mention: ActorMention) -> str:
    return mention.state or mention.entity.id


def _is_side(mention: ActorMention) -> bool:
    return mention.state is not None or mention.entity.kind in _SIDES
