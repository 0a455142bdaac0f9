"""What stands for a group or agreement that the text names elsewhere: "it", "the mission", an apposition, nothing.

"Sri Lanka relies on the Serendib Watch, the pool to which it belongs", "Uruguay has agreed to take part", "Nepal signed
too": the group or agreement is the one named last before.
"""

from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, MentionIndex
from kg.extraction.lexicon import Lexicon
from kg.language.sentences import sentence_of

GROUPS: Final = frozenset({"Organization", "Coalition", "Force", "Mechanism", "Meeting"})
_CATEGORIES: Final = frozenset({"organization", "group", "force", "other"})
_POINTING: Final = frozenset({"the", "this", "that", "its", "their"})
#: How many sentences back the antecedent may stand.
_LOOK_BACK: Final = 3
_MEMBERS: Final = frozenset({"member", "participant", "contributor", "signatory", "founder", "partner"})
_NATIONAL: Final = frozenset({"poss", "amod", "compound", "nmod", "appos"})


class Antecedents:
    """Finds what was named before.

    Args:
        doc: the parse.
        mentions: its actors.
        lexicon: which nouns are agreements.
    """

    def __init__(self, doc: Doc, mentions: MentionIndex, lexicon: Lexicon) -> None:
        self.doc = doc
        self.mentions = mentions
        self._agreements = lexicon.words("agreement")

    def group(self, token: Token, kinds: tuple[str, ...]) -> ActorMention | None:
        """The group that a token stands for; None if it names or describes one itself."""
        wanted = GROUPS.intersection(kinds)
        if any(m.named for m in self.mentions.at(token)):
            return None
        near = [token.head] if token.dep_ == "appos" else _wholes(token)
        if near:
            return next((m for t in near for m in self._groups_at(t, wanted)), None)
        if not _stands_for(token):
            return None
        bare = token.pos_ != "NOUN" or token.lemma_ == "part"
        for earlier in self._before(token):
            if earlier.dep_ == "pobj" and earlier.head.lower_ in ("at", "in") and bare is False:
                continue
            for mention in self._groups_at(earlier, wanted):
                if bare or mention.named or earlier.lemma_ == token.lemma_:
                    return mention
        return None

    def agreement(self, token: Token) -> Token | None:
        """The head noun of the agreement that a token stands for."""
        if token.dep_ == "appos" and self._is_agreement(token.head):
            return token.head
        if not _stands_for(token):
            return None
        nouns = [t for t in self._before(token) if self._is_agreement(t)]
        named = [t for t in nouns if t.pos_ == "PROPN"]
        return next(iter(named), None) or (next(iter(nouns), None) if token.pos_ != "NOUN" else None)

    def _is_agreement(self, token: Token) -> bool:
        listed = token.lemma_.lower() in self._agreements
        return listed and token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound"

    def _groups_at(self, token: Token, kinds: frozenset[str]) -> list[ActorMention]:
        found = (m for m in self.mentions.at(token) if m.head == token.i)
        return [m for m in found if m.entity.kind in kinds and m.category in _CATEGORIES and m.state is None]

    def _before(self, token: Token) -> list[Token]:
        first = sentence_of(token).start
        for _ in range(_LOOK_BACK):
            first = sentence_of(self.doc[max(0, first - 1)]).start
        return list(reversed(self.doc[first : token.i]))


def _wholes(token: Token) -> list[Token]:
    """Whose members members are: "its members", "the members of the pact", "a pact whose 19 members include"."""
    if token.lemma_ not in _MEMBERS:
        return []
    owners = [c for c in token.children if c.dep_ == "poss"]
    relative = [token.head.head for c in owners if c.tag_ == "WP$" and token.head.dep_ == "relcl"]
    relative += [r.head for r in relative if r.dep_ == "appos"]
    of = (p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return [*relative, *owners, *of]


def _stands_for(token: Token) -> bool:
    """A pronoun, a verb or light noun that leaves it out, or a bare definite noun."""
    if token.pos_ != "NOUN" or token.lemma_ == "part":
        return token.pos_ in ("PRON", "VERB", "NOUN") and token.lower_ not in ("they", "them", "we", "us", "he", "she")
    before = list(token.lefts)
    return bool(before) and all(c.lower_ in _POINTING for c in before)


def told_state(mention: ActorMention, doc: Doc, mentions: MentionIndex) -> str | None:
    """The state that words beside a person's name tell: "an Irish brigadier, X", "General X of Chad"."""
    if mention.state is not None or mention.entity.kind != "Person":
        return mention.state
    head = doc[mention.head]
    near = [c for c in head.children if c.dep_ in _NATIONAL]
    near += [g for c in near if c.dep_ in ("appos", "compound", "nmod") for g in c.children if g.dep_ in _NATIONAL]
    near += [p for c in head.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    if head.dep_ == "appos":
        near += [c for c in head.head.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
    states = (m.state for t in near for m in mentions.at(t) if m.entity.kind == "State")
    return next((s for s in states if s is not None), None)
