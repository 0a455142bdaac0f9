"""Which state people are of by the words beside their names: "Danish Admiral X", "a Kenyan colonel, X", "X of Chad"."""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.actors import ActorMention, MentionIndex
from kg.language.sentences import sentence_of

#: How far a description may reach from a name, in tokens.
_REACH: Final = 10
_DESCRIBING: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
#: Why a mention has the state of what its person is in charge of, which may be another's.
_BY_OFFICE: Final = "state by a title in the text"
_NATIONAL: Final = frozenset({"amod", "compound", "nmod", "poss"})
_OPENING: Final = frozenset({"a", "an", "the", "its", "his", "her", "their", "another", "one", "whose"})


def told_state(mention: ActorMention, doc: Doc, mentions: MentionIndex) -> str | None:
    """The state of a person: the mention's own, or what words before or behind the name tell.

    Args:
        mention: a mention of anybody.
        doc: the parse.
        mentions: all actors of the text.
    """
    if mention.entity.kind != "Person" or (mention.state is not None and not mention.reason.endswith(_BY_OFFICE)):
        return mention.state
    for told in mentions.all:
        if told.entity.id == mention.entity.id and told.named:
            name = doc.char_span(told.start, told.end, alignment_mode="expand")
            found = next(_told(name, mentions), None) if name is not None else None
            if found is not None:
                return found
    return mention.state


def _told(name: Span, mentions: MentionIndex) -> Iterator[str]:
    if name.root.dep_ == "appos":  # "the Danish commander of the force, X"
        yield from _states([c for c in _described(name.root.head).children if c.dep_ in _NATIONAL], mentions)
    before = _before(name)
    yield from _states(before, mentions)
    yield from _states(_behind_of(name), mentions)
    first = before[0] if before else name[0]
    yield from _states(_apposed_before(first), mentions)
    yield from _states(_apposed_behind(name), mentions)


def _described(head: Token) -> Token:
    """The noun that an apposition explains, also where it hangs on what stands behind its "of"."""
    while head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN":
        head = head.head.head
    return head


def _states(tokens: list[Token], mentions: MentionIndex) -> Iterator[str]:
    """States that nationality words and owners among some tokens name, the nearest to the name first."""
    for token in tokens:
        for mention in mentions.at(token):
            if mention.entity.kind in ("State", "Actor") and mention.state is not None and mention.head == token.i:
                yield mention.state


def _before(name: Span) -> list[Token]:
    """The title before a name with its nationality or owner: "Rwanda's Brigadier", "the Belizean jurist"."""
    found: list[Token] = []
    for i in range(name.start - 1, max(sentence_of(name[0]).start, name.start - _REACH) - 1, -1):
        token = name.doc[i]
        if token.pos_ not in _DESCRIBING and token.tag_ != "POS" and token.text != "-":
            break
        found.insert(0, token)
    return found


def _behind_of(name: Span) -> list[Token]:
    """"X of Chad"."""
    rest = name.doc[name.end : name.end + 4]
    return list(rest[1:]) if len(rest) > 1 and rest[0].lower_ == "of" else []


def _apposed_before(first: Token) -> list[Token]:
    """"A Kenyan colonel, X"."""
    if first.i < 2 or first.nbor(-1).text != "," or first.is_sent_start:
        return []
    found: list[Token] = []
    for i in range(first.i - 2, max(sentence_of(first).start, first.i - _REACH) - 1, -1):
        token = first.doc[i]
        if token.lower_ in _OPENING or token.tag_ == "POS":
            owner = [first.doc[i - 1]] if token.tag_ == "POS" and i > 0 else []
            return [*found, *owner]
        if token.pos_ not in (*_DESCRIBING, "ADP") or token.lower_ in ("by", "with", "to"):
            return []
        found.append(token)
    return []


def _apposed_behind(name: Span) -> list[Token]:
    """"X, a Kenyan colonel, …"."""
    rest = name.doc[name.end : min(sentence_of(name[0]).end, name.end + _REACH)]
    if len(rest) < 3 or rest[0].text not in (",", "(") or rest[1].lower_ not in _OPENING:
        return []
    end = next((k for k, t in enumerate(rest) if k > 1 and (t.is_punct or t.pos_ in ("VERB", "AUX"))), len(rest))
    return list(rest[2:end])
