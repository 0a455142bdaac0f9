"""What stands for a group or agreement that the text names elsewhere: "it", "the mission", an apposition, nothing.

"Sri Lanka relies on the Serendib Watch, the pool to which it belongs", "Uruguay has agreed to take part", "Nepal signed
too": the group or agreement is the one named last before.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, MentionIndex
from kg.actors.model import Category
from kg.extraction.described import Descriptions
from kg.extraction.lexicon import Lexicon
from kg.extraction.match import Match
from kg.language.sentences import sentence_of

GROUPS: Final = frozenset({"Organization", "Coalition", "Force", "Mechanism", "Meeting"})
#: By what frames speak of any proper name of a body: the class of their restrictions, the unit of their nouns.
NAME: Final = "Name"
NAMES: Final = "[name]"
_CATEGORIES: Final = frozenset({"organization", "group", "force", "other"})
#: Kinds that are several states' even where their name holds one state's.
_JOINT: Final = frozenset({"Force", "Mechanism", "Coalition"})
_POINTING: Final = frozenset({"the", "this", "that", "its", "their"})
#: How many sentences back the antecedent may stand.
_LOOK_BACK: Final = 3
_MEMBERS: Final = frozenset(
    {"member", "participant", "contributor", "signatory", "founder", "partner", "officer", "soldier", "troop", "staff",
     "personnel", "policeman"}
)  # fmt: skip
_RELATIONS: Final = frozenset({"memberOf", "leads"})
_PEOPLE: Final = frozenset({"they", "them", "we", "us", "he", "she"})


class Antecedents:
    """Finds what was named before.

    Args:
        doc: the parse.
        mentions: its actors.
        lexicon: which nouns are agreements, and which are bodies.
        descriptions: what the text describes.
        matches: its matches: what has members or leaders is a body, whatever its name sounds like.
    """

    def __init__(
        self,
        doc: Doc,
        mentions: MentionIndex,
        lexicon: Lexicon,
        descriptions: Descriptions,
        matches: Iterable[Match] = (),
    ) -> None:
        self.doc = doc
        self.mentions = mentions
        self._descriptions = descriptions
        self._agreements = lexicon.words("agreement")
        self._bodies = lexicon.words("grouping")
        self._named = {t.i: m for t in self._joined(matches) if (m := self._body(t)) is not None}

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
        return self._meant(token) or self._before_it(token, wanted)

    def _before_it(self, token: Token, wanted: frozenset[str]) -> ActorMention | None:
        bare = token.pos_ != "NOUN" or token.lemma_ == "part"
        for earlier in self._before(token):
            if earlier.dep_ == "pobj" and earlier.head.lower_ == "at" and not bare:
                continue
            for mention in self._groups_at(earlier, wanted):
                if bare or mention.named or earlier.lemma_ == token.lemma_:
                    return mention
        return None

    def _meant(self, token: Token) -> ActorMention | None:
        """The body of people that a pronoun stands for: "their commander", of monitors."""
        if token.pos_ != "PRON":
            return None
        meant = {m.entity.id for m in self.mentions.at(token) if m.entity.kind not in GROUPS}
        for mention in self.mentions.all:
            head = self.doc[mention.head]
            if mention.entity.id in meant and head.i < token.i:
                if head.pos_ == "PROPN" and is_body_name(mention):
                    return self._body(head)
                if head.pos_ == "NOUN" and head.lemma_ in self._bodies:
                    return self._body(head)
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
        found = [m for m in self.mentions.at(token) if m.head == token.i]
        groups = [m for m in found if m.entity.kind in kinds and m.category in _CATEGORIES]
        groups = [m for m in groups if m.state is None or m.entity.kind in _JOINT]
        return groups or [self._named[token.i]] if token.i in self._named else groups

    def _joined(self, matches: Iterable[Match]) -> Iterator[Token]:
        """Names of what matches say has members or leaders, where no actor is known by them."""
        for match in matches:
            if match.frame.yields in _RELATIONS and not match.get("object"):
                tokens = next(filter(None, map(match.held, match.roles.get("object", ()))), ())
                yield from (t for t in tokens if t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME"))

    def _body(self, head: Token) -> ActorMention | None:
        """A name or noun read as that of a body."""
        if head.pos_ == "PROPN" and not all(map(is_body_name, self.mentions.at(head))):
            return None
        found = self._descriptions.describe(head, ["Organization", "Force", "Mechanism", "Coalition"])
        category: Category = "force" if found.entity.kind == "Force" else "organization"
        return ActorMention(
            found.entity, found.name, found.span.start, found.span.end, head.i, None, "has members or leaders",
            category, named=head.pos_ == "PROPN", words=found.span.words,
        )  # fmt: skip

    def _before(self, token: Token) -> list[Token]:
        first = sentence_of(token).start
        for _ in range(_LOOK_BACK):
            first = sentence_of(self.doc[max(0, first - 1)]).start
        return list(reversed(self.doc[first : token.i]))


def is_body_name(mention: ActorMention) -> bool:
    """Whether what a proper name was linked to may be a body that has members and leaders."""
    if mention.entity.kind == "Region":
        return mention.reason.startswith("unknown place") and " " in mention.name
    return mention.entity.kind not in ("State", "Person", "Actor")


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
        return token.pos_ in ("PRON", "VERB", "NOUN") and (token.lower_ not in _PEOPLE or token.tag_ == "PRP$")
    before = list(token.lefts)
    return bool(before) and all(c.lower_ in _POINTING for c in before)
