"""Matches that state one act are one match, and matches that share actors lend them to each other."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extraction.lexicon import Lexicon
from kg.extraction.match import Fillers, Match, triggers
from kg.language.grammar import has_subject
from kg.language.sentences import sentence_of

#: Slots whose predicate is another act, not the same one told again.
_OTHER_ACTS: Final = frozenset({"complement", "purpose", "host", "itself", "verb"})

#: Acts whose aim is told by a verb for the same act: "marched to protest against the cabinet".
_WITH_AIM: Final = frozenset({"Protest"})

#: Links from a communicative act down to the act in its content.
_CONTENT_DEPS: Final = frozenset(
    {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "conj", "acl", "advcl", "attr", "oprd"}
)
_CONTENT_DEPTH: Final = 4


def joined(acts: Mapping[int, Match], lexicon: Lexicon) -> list[Match]:
    """Join an act with another of the same kind that stands in one of its slots ("killed in an attack by").

    A participle of harm ("…, killing two") joins the attack of its sentence, and its victims the targets.
    """
    matches = dict(sorted(acts.items()))
    harm = lexicon.words("harm")
    _join_harm(matches, harm)
    for position in list(matches):
        match = matches.get(position)
        for token in _same_act_slots(match) if match is not None else ():
            other = matches.get(token.i)
            if match is not None and other is not None and other.token != match.token and _alike(match, other):
                matches[position] = match = _join(match, other)
                del matches[token.i]
    return list(matches.values())


def _join_harm(matches: dict[int, Match], harm: Collection[str]) -> None:
    for position, match in list(matches.items()):
        attack = _attack_of(match, matches) if match.token.lemma_ in harm else None
        if attack is not None:
            matches[attack] = _with_victims(matches[attack], match)
            del matches[position]


def _attack_of(match: Match, matches: Mapping[int, Match]) -> int | None:
    """The attack whose result a verb of harm tells: above it, below it, or told before."""
    if match.token.dep_ in ("advcl", "acl", "amod", "conj", "relcl"):
        above = _attack_above(match, matches)
        if above is not None:
            return above
    if match.token.pos_ != "VERB":
        return None
    others = [i for i, other in matches.items() if i != match.token.i and _alike(match, other)]
    inside = {t.i for t in sentence_of(match.token)}
    sentence = [i for i in others if i in inside]
    if match.token.tag_ == "VBG" and match.token.dep_ == "advcl" and not has_subject(match.token):
        before = [i for i in sentence if i < match.token.i]
        return before[-1] if before else None
    if match.get("actor"):
        return None
    near = [i for i in sentence if match.token in (matches[i].token, *matches[i].token.ancestors)]
    if near:
        return min(near, key=lambda i: abs(i - match.token.i))
    told = [i for i in others if i < match.token.i]
    return told[-1] if told and all(m.state is None and m.entity.kind == "Actor" for m in match.get("target")) else None


def _with_victims(attack: Match, harm: Match) -> Match:
    """The attack with who is hurt: in a clash that names no sides they are the sides, else they are its targets."""
    victims = harm.get("target")
    if attack.frame.mutual and len(victims) > 1 and not attack.get("actor") and not attack.get("target"):
        return replace(attack, fillers={"actor": victims}, merged=(*attack.merged, harm.token, *harm.merged))
    return _join(attack, harm, unite="target")


def _same_act_slots(match: Match) -> Iterator[Token]:
    for slot, tokens in match.slots.items():
        aim = slot == "purpose" and match.frame.yields in _WITH_AIM
        if aim or (slot not in _OTHER_ACTS and not slot.endswith("-ing")):
            yield from tokens


def _alike(match: Match, other: Match) -> bool:
    return other.frame.yields == match.frame.yields


def _attack_above(match: Match, matches: Mapping[int, Match]) -> int | None:
    if match.token.tag_ not in ("VBG", "VBN"):
        return None
    for ancestor in match.token.ancestors:
        other = matches.get(ancestor.i)
        if other is not None:
            return ancestor.i if _alike(match, other) else None
        beside = [c.i for c in ancestor.children if c.i in matches and c.i != match.token.i]
        below = [i for i in beside if _alike(matches[i], match)]
        if below:
            return below[0]
    return None


def _join(match: Match, other: Match, *, unite: str = "") -> Match:
    """One match of two: the roles that the first leaves open are filled by the second."""
    fillers = dict(match.fillers)
    for role, mentions in other.fillers.items():
        if not fillers.get(role) or role == unite:
            taken = {m.entity.id for held in fillers.values() for m in held}
            fillers[role] = (*fillers.get(role, ()), *(m for m in mentions if m.entity.id not in taken))
    return replace(match, fillers=fillers, merged=(*match.merged, other.token, *other.merged))


def content_of(match: Match, by_token: Mapping[int, Match]) -> Iterator[Match]:
    """Matches of the acts in the content of a communicative act: in its content slots, or the nearest below."""
    if match.frame.content is None:
        return
    seen = {id(match)}
    for slot in match.frame.content.slots:
        for token in match.slots.get(slot, ()):
            for found in nearest(token, by_token):
                if id(found) not in seen:
                    seen.add(id(found))
                    yield found


def nearest(token: Token, by_token: Mapping[int, Match]) -> list[Match]:
    """Matches at a token, or else the nearest below it that may be what it is about."""
    level = [token]
    for _ in range(_CONTENT_DEPTH):
        found = [by_token[t.i] for t in level if t.i in by_token]
        if found:
            return found
        level = [c for t in level for c in t.children if c.dep_ in _CONTENT_DEPS]
    return []


def shared(matches: Sequence[Match]) -> list[Match]:
    """Lend actors between a communicative act and its content.

    "Agreed to a ceasefire": who agrees ceases. "Threatened to withhold aid from Jordan": the threat is to Jordan.
    "Called for X to resign": the call is on X.
    """
    current = {id(m): m for m in matches}
    by_token = dict(triggers(matches))
    for outer in matches:
        for inner in content_of(outer, by_token):
            content = outer.frame.content
            if content is None:
                continue
            giver, taker = current[id(outer)], current[id(inner)]
            by_addressee = content.actor == "target"
            lent = giver.get("target" if by_addressee else "actor")
            if inner.nominal and not taker.get("actor") and lent:
                current[id(inner)] = taker = _with(taker, "actor", lent)
            if not giver.get("target"):
                current[id(outer)] = _with(giver, "target", taker.get("actor" if by_addressee else "target"))
    return [current[id(m)] for m in matches]


def _with(match: Match, role: str, mentions: Fillers) -> Match:
    taken = {m.entity.id for held in match.fillers.values() for m in held}
    free = tuple(m for m in mentions if m.entity.id not in taken)
    return replace(match, fillers={**match.fillers, role: free}) if free else match
