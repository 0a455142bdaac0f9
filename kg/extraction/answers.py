"""Answers: what is rejected or accepted is what somebody else has said, here or before.

"Chad rejects the demand of Niger": Niger demands of Chad, and the rejection is addressed to Niger. "Spain accuses Chile
of …. Chile denies the claim": the claim is the accusation told before, and no act of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.actors import ActorMention
from kg.extraction.match import Fillers, Match

#: Acts that answer, and acts that are answered.
_ANSWERS: Final = frozenset({"Reject", "Agree"})
_SAID: Final = frozenset({"Accuse", "Request", "Threaten", "Agree"})
_POINTING: Final = frozenset({"the", "this", "that", "these", "those", "such"})


def answered(matches: Sequence[Match], before: Callable[[Token], Fillers]) -> list[Match]:
    """Give what is answered its own speaker and the answerer as addressee, and answers the speaker as theirs.

    Args:
        matches: acts, each with what its own clause tells.
        before: who acts in the main clause of the sentence before that of a word.
    """
    found = {m.token.i: m for m in sorted(matches, key=lambda m: m.token.i)}
    for position, answer in list(found.items()):
        answers = answer.frame.yields in _ANSWERS
        nouns = [t for t in answer.slots.get("object", ()) if answers and t.i != position]
        said = next((found[t.i] for t in nouns if t.i in found and _is_said(found[t.i])), None)
        if said is None:
            continue
        own = answer.get("actor")
        speaker = _others(said.get("actor"), own)
        if not speaker and any(c.lower_ in _POINTING for noun in nouns[:1] for c in noun.children):
            speaker = _teller(found, position, own) or _others(before(answer.token), own)
            del found[said.token.i]  # told before
        else:
            addressee = said.get("target") or _others(own, speaker)
            found[said.token.i] = replace(said, fillers={**said.fillers, "actor": speaker, "target": addressee})
        if speaker and (answer.frame.yields == "Reject" or not answer.get("target")):
            found[position] = replace(answer, fillers={**answer.fillers, "target": speaker})
    return list(found.values())


def _is_said(match: Match) -> bool:
    return match.nominal and match.frame.yields in _SAID and not match.frame.mutual


def _teller(found: dict[int, Match], position: int, own: Fillers) -> Fillers:
    """Who last said something to the answerer before an answer, or else to nobody in particular."""
    sides = {side(m) for m in own}
    earlier = [m for i, m in found.items() if i < position and m.frame.yields in _SAID and _others(m.get("actor"), own)]
    addressed = [m for m in earlier if sides & {side(t) for t in m.get("target")}]
    told = next(reversed(addressed or [m for m in earlier if not m.get("target")]), None)
    return _others(told.get("actor"), own) if told is not None else ()


def _others(mentions: Fillers, own: Fillers) -> Fillers:
    sides = {side(m) for m in own}
    return tuple(m for m in mentions if side(m) not in sides)


def side(mention: ActorMention) -> str:
    """The state that an actor belongs to, or else the actor itself."""
    return mention.state or mention.entity.id
