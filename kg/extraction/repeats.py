"""One act told twice in a document is one claim: a later mention is kept only for what it adds."""

from collections.abc import Iterable

from kg.claims import Claim, Entity
from kg.extraction.building import Built
from kg.language.sentences import sentence_of
from kg.ontology import Ontology


def without_repeats(found: Iterable[Built], ontology: Ontology) -> list[Built]:
    """Leave out acts that an earlier one of the same kind and standing covers; its evidence joins theirs.

    A later mention counts as a repeat if it names no actor, target or holder that the earlier one lacks.
    """
    kept: list[Built] = []
    for built in found:
        covers = _covers if ontology.is_act(built.claim.kind) else _says_no_less
        place = next((i for i, earlier in enumerate(kept) if covers(earlier, built)), None)
        if place is None:
            kept.append(built)
        else:
            claim = kept[place].claim
            kept[place] = Built(claim.with_evidence((*claim.evidence, *built.claim.evidence)), kept[place].match)
    return kept


def _covers(earlier: Built, later: Built) -> bool:
    first, second = earlier.claim, later.claim
    if first.kind != second.kind:
        return False
    if _tells_victims(later) and first.modality == "actual":
        return True
    if first.negated != second.negated or first.holder != second.holder:
        return False
    if later.match.token.pos_ != "NOUN" and not _same_word(earlier, later):
        return False
    if first.modality != second.modality and (later.match.token.pos_ != "NOUN" or second.modality != "actual"):
        return False
    if sentence_of(earlier.match.token) == sentence_of(later.match.token) and not _same_word(earlier, later):
        return False
    actors, targets = _states(second, "actor"), _states(second, "target")
    if not actors and not targets:
        return True
    return actors <= _states(first, "actor") and targets <= _states(first, "target")


def _tells_victims(later: Built) -> bool:
    """"Four others were killed in the attack": how many an attack told of before has hurt."""
    told = (later.match.token, *later.match.merged)
    pointing = any(c.lower_ in ("the", "this", "these") for t in told if t.pos_ == "NOUN" for c in t.children)
    victims = [f for f in later.claim.fillers("target") if isinstance(f, Entity)]
    nameless = all(f.state is None and f.id.startswith("document/") for f in victims)
    return pointing and later.claim.kind == "Assault" and nameless and not later.claim.fillers("actor")


def _says_no_less(earlier: Built, later: Built) -> bool:
    """Of the same force, members, leaders or guarantee: who and what are among those already named."""
    first, second = earlier.claim, later.claim
    if first.kind != second.kind or first.negated != second.negated or first.holder != second.holder:
        return False
    together = sentence_of(earlier.match.token) == sentence_of(later.match.token)
    if first.kind == "Guarantee" and together and not _same_word(earlier, later):
        return False  # "to train their sailors and to escort their boats"
    if second.place is not None and second.place != first.place:
        return False
    if second.condition is not None and second.condition != first.condition:
        return False
    return {r.part() for r in second.roles if isinstance(r.filler, Entity)} <= {r.part() for r in first.roles}


def _same_word(earlier: Built, later: Built) -> bool:
    return earlier.match.token.lemma_ == later.match.token.lemma_


def _states(claim: Claim, role: str) -> set[str]:
    return {f.state or f.id for f in claim.fillers(role) if isinstance(f, Entity)}
