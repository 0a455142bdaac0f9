"""Who says what stands inside quotation marks.

The speaker is sought where the grammar puts it: the subject of the verb of speech that governs the quoted words (also
where they are only a fragment: hailed it as "…"), the verb of speech that stands beside them ("…," said X), the source
of an "according to", the owner of what is quoted ("his '…'"), or the speaker of the quotation before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, MentionIndex, naming
from kg.claims import Entity, Span
from kg.documents import Document
from kg.extraction.lexicon import Lexicon
from kg.language.clauses import Clauses, is_passive
from kg.language.sentences import sentence_of, text_of

_VERBS: Final = ("VERB", "AUX")
_NOUNS: Final = ("NOUN", "PROPN")
_MODIFIERS: Final = frozenset({"amod", "compound", "nmod", "advmod", "npadvmod", "nummod"})
_COMMUNICATIVE: Final = frozenset({"Accuse", "Agree", "Reject", "Request", "Support", "Threaten"})
_MAX_STEPS: Final = 12
_REACH: Final = 14


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it, by which words, and why."""

    entity: Entity
    name: str
    span: Span
    state: str | None
    reason: str
    trigger: Token | None = None


@dataclass(slots=True)
class QuotedText:
    """One text with what is asked of it again and again."""

    doc: Doc
    document: Document
    mentions: MentionIndex
    lexicon: Lexicon
    clauses: Clauses
    inside: frozenset[int] = field(default_factory=frozenset)


def span_in(doc: Doc, start: int, end: int) -> Span:
    """Characters of a text from one offset to another."""
    return Span(start, end, text_of(doc)[start:end])


def speaker_of(text: QuotedText, start: int, end: int) -> Speaker | None:
    """Who says the words from one token to another, as the text around them tells."""
    return (
        _beside(text, start, end)
        or _source(text, start)
        or _above(text, start, end)
        or _owner(text, start, end)
        or _introduced(text, start)
        or _doer(text, start, end)
    )


def _beside(text: QuotedText, start: int, end: int) -> Speaker | None:
    """The verb of speech right after or around the quotation: "…," said X; X said: "…"; "…", according to X."""
    doc, sentence_end = text.doc, sentence_of(text.doc[end - 1]).end
    for token in doc[end : min(sentence_end + 1, end + _REACH, len(doc))]:
        if token.i in text.inside:
            break
        if _is_source(token):
            return _named_source(text, token)
        if token.pos_ in _VERBS and (_says(text, token) or _is_how(token)) and _attributes(text, token, start, end):
            found = _of(text, _subjects(text, token), token, "subject of the verb of speech")
            if found is not None:
                return found
        if token.text in ";" or (token.dep_ in ("mark", "relcl") and token.pos_ != "VERB"):
            break
    return None


def _source(text: QuotedText, start: int) -> Speaker | None:
    """"According to X" earlier in the sentence, with no verb of speech after it."""
    for token in reversed(text.doc[sentence_of(text.doc[start]).start : start]):
        if _is_source(token):
            return _named_source(text, token)
        if token.i not in text.inside and token.pos_ in _VERBS and _communicates(text, token):
            return None
    return None


def _named_source(text: QuotedText, according: Token) -> Speaker | None:
    source = next((c for c in according.subtree if c.dep_ == "pobj" and c.i > according.i), None)
    return _of(text, (source,) if source is not None else (), according, "named as the source")


def _is_how(verb: Token) -> bool:
    """"…" was how the minister put it."""
    return any(c.lower_ == "how" for c in verb.children)


def _is_source(token: Token) -> bool:
    return token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to"


def _attributes(text: QuotedText, verb: Token, start: int, end: int) -> bool:
    """Whether a verb beside a quotation is its own: it governs it, or has no other content."""
    quoted = range(start, end)
    if any(c.i in quoted or any(t.i in quoted for t in (c.left_edge, c.right_edge)) for c in verb.children):
        return True
    ends_clause = text.doc[end - 1].text in ",.!?…" or _next_word(text.doc, end).text in ","
    if _is_how(verb):
        return True
    content = any(c.dep_ in ("ccomp", "xcomp", "dobj") and c.i not in quoted and c.i > verb.i for c in verb.children)
    full = text.doc[start].is_sent_start or text.doc[start:end].root.pos_ in _VERBS or ends_clause
    return full and not content and verb.dep_ not in ("relcl", "acl", "amod")


def _next_word(doc: Doc, end: int) -> Token:
    """The token behind the closing mark."""
    return doc[min(end + 1, len(doc) - 1)]


def _says(text: QuotedText, verb: Token) -> bool:
    return verb.lemma_.lower() in text.lexicon.words("speech-verb")


def _communicates(text: QuotedText, verb: Token) -> bool:
    if _says(text, verb) or verb.lemma_.lower() in text.lexicon.words("quoting-verb"):
        return True
    return any(c.frame.yields in _COMMUNICATIVE for c in text.lexicon.verb(verb.lemma_) if not c.unit.words)


def _above(text: QuotedText, start: int, end: int) -> Speaker | None:
    """The nearest verb of speech above the quoted words, else the nearest act of communication."""
    root = text.doc[start:end].root
    fallback: Speaker | None = None
    weak = root.dep_ in _MODIFIERS and root.head.i not in range(start, end)
    node = root
    for _ in range(_MAX_STEPS):
        aside = _parenthesis(text, node)
        if aside is not None:
            return aside
        head = node.head
        if head is node:
            break
        if head.i in text.inside or node.dep_ in ("nsubj", "nsubjpass", "csubj"):
            node = head
            continue
        subjects = _subjects(text, head) if head.pos_ in _VERBS else ()
        found = _of(text, subjects, head, "subject of the verb that governs the quotation")
        if head.pos_ in _VERBS and _says(text, head) and (found is not None or subjects):
            return found
        weak = weak or (node is root and root.dep_ == "dobj" and not _communicates(text, head))
        if fallback is None and ((end - start > 1 and text.lexicon.verb(head.lemma_)) or _communicates(text, head)):
            fallback = found
        if head.lemma_.lower() in text.lexicon.words("speech-noun"):
            said = text.clauses.predicate(head)
            found = _of(text, (*said.get("owner"), *said.get("by")), head, "whose words they are")
            if found is not None:
                return found
        node = head
    return None if weak else fallback


def _parenthesis(text: QuotedText, node: Token) -> Speaker | None:
    """A verb of speech between commas in the clause that holds the quotation: the team, Waberi warned, "goes home"."""
    for child in node.children:
        if child.pos_ not in _VERBS or child.dep_ not in ("ccomp", "parataxis") or child.i in text.inside:
            continue
        edges = [text.doc[i].text for i in (child.left_edge.i - 1, child.right_edge.i + 1) if 0 <= i < len(text.doc)]
        bare = not any(c.dep_ in ("mark", "ccomp", "xcomp") for c in child.children)
        if bare and "," in (*edges, child.right_edge.text) and _says(text, child):
            return _of(text, _subjects(text, child), child, "subject of the verb of speech between commas")
    return None


def _subjects(text: QuotedText, verb: Token) -> tuple[Token, ...]:
    """Who says it: the subject of a verb of speech, or what a passive's agent is."""
    absolute = _absolute(verb)
    if absolute is not None:
        return (absolute,)
    own = [c for c in verb.lefts if c.dep_ == "nsubj" and c.i not in text.inside and not c.tag_.startswith("W")]
    if verb.dep_ == "relcl" and own:
        return (own[-1],)  # "a group, who Peru says face a '…'"
    found = tuple(t for t in text.clauses.subjects(verb) if t.i not in text.inside)
    found = tuple(o for t in found for o in _issuers(text, t) or (t,))
    if found or is_passive(verb):
        return found
    inverted = [c for c in verb.rights if c.dep_ in ("nsubj", "dobj", "attr", "oprd") and c.pos_ in (*_NOUNS, "PRON")]
    return tuple(c for c in inverted[:1] if c.i not in text.inside) if _says(text, verb) else ()


def _issuers(text: QuotedText, noun: Token) -> tuple[Token, ...]:
    """Who issued a document that says something: "the ministry released a statement saying that"."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in text.lexicon.words("speech-noun"):
        return ()
    return tuple(t for t in text.clauses.noun_owner(noun) if text.mentions.at(t))


def _absolute(verb: Token) -> Token | None:
    """"With the president saying that …": the noun between "with" and a participle does it."""
    before = verb.left_edge.i - 1
    if verb.tag_ != "VBG" or before < 0 or verb.dep_ not in ("advcl", "acl", "pcomp"):
        return None
    noun = verb.doc[before]
    with_noun = noun.dep_ == "pobj" and noun.head.lower_ == "with" and sentence_of(noun) == sentence_of(verb)
    return noun if with_noun else None


def _owner(text: QuotedText, start: int, end: int) -> Speaker | None:
    """Whose words they are: his "Declaration of War"."""
    owners = [c for c in text.doc[start:end].root.children if c.dep_ == "poss" and c.i not in text.inside]
    return _of(text, owners, None, "owner of what is quoted")


def _doer(text: QuotedText, start: int, end: int) -> Speaker | None:
    """Who does, or is, what the quoted words say: the league "took note"; of a headline: Canberra "disappointed"."""
    doc, root = text.doc, text.doc[start:end].root
    if doc[start].is_sent_start or start < 2:
        return None
    if root.pos_ in _VERBS and root.dep_ in ("ROOT", "conj"):
        doers = [c for c in root.children if c.dep_ == "nsubj" and c.i not in text.inside]
        return _of(text, doers, None, "subject of the quoted words")
    if doc[start - 2].text == "(" or doc[start - 1].text == "(":
        main = sentence_of(doc[start]).root
        return _of(text, _subjects(text, main), main, "subject of the sentence") if _communicates(text, main) else None
    verbless = not any(t.pos_ in _VERBS for t in doc[sentence_of(doc[start]).start : start])
    return _of(text, (doc[start - 2],), None, "named before the quotation") if verbless else None


def _introduced(text: QuotedText, start: int) -> Speaker | None:
    """The verb of speech before a colon or a comma that opens the quotation: X said in Lima: "…"."""
    doc = text.doc
    opening = start - 2
    while opening >= 0 and doc[opening].is_space:
        opening -= 1
    if opening < 0 or doc[opening].text not in (":", ",", "—", "–"):
        return None
    clause = [t for t in doc[sentence_of(doc[opening]).start : opening] if t.i not in text.inside]
    for token in reversed(clause[-2 * _REACH :]):
        if token.pos_ in _VERBS and _says(text, token):
            found = _of(text, _subjects(text, token), token, "subject of the verb of speech before the quotation")
            if found is not None:
                return found
    if doc[opening].text == ":":
        named = [m for t in clause for m in text.mentions.at(t) if m.category in ("person", "organ") or m.named]
        if named and len(clause) <= 8:
            return _from_mention(text, named[0], None, "named before the colon")
    return None


def same_speaker(text: QuotedText, start: int, before: tuple[int, Speaker] | None) -> Speaker | None:
    """A quotation that opens a sentence goes on from the one before if only its attribution stands between."""
    if before is None:
        return None
    end, speaker = before
    between = [t for t in text.doc[end:start] if t.is_alpha]
    sentences = {sentence_of(t).start for t in between}
    opens = text.doc[start].is_sent_start or text.doc[max(0, start - 1)].is_sent_start
    linked = all(t.dep_ == "cc" for t in between)
    if not (opens or linked) or len(between) > 2 * _REACH or len(sentences) > 1:
        return None
    reason = "the speaker of the quotation before"
    return Speaker(speaker.entity, speaker.name, speaker.span, speaker.state, reason, speaker.trigger)


# -- from words to entities ------------------------------------------------------------------------------------------


def _of(text: QuotedText, heads: Sequence[Token], trigger: Token | None, reason: str) -> Speaker | None:
    """The first of some heads that names, or describes, somebody who can speak."""
    for head in heads:
        persons = [m for t in (*_apposed(head), head) for m in text.mentions.at(t) if m.category == "person"]
        mentions = persons or list(text.mentions.at(head))
        if mentions and mentions[0].category not in ("region", "vessel"):
            return _from_mention(text, mentions[0], trigger, reason)
    for head in heads:
        described = _described(text, head, trigger, reason)
        if described is not None:
            return described
    return None


def _apposed(noun: Token) -> list[Token]:
    """What stands in apposition to a noun, and to that: "its president, the jurist, Ana Diaz"."""
    found = [c for c in noun.children if c.dep_ == "appos"]
    return found + [c for a in found for c in a.children if c.dep_ == "appos"]


def _from_mention(text: QuotedText, mention: ActorMention, trigger: Token | None, reason: str) -> Speaker:
    span = span_in(text.doc, mention.start, mention.end)
    return Speaker(mention.entity, mention.name, span, mention.state, f"{reason}; {mention.reason}", trigger)


def _described(text: QuotedText, head: Token, trigger: Token | None, reason: str) -> Speaker | None:
    """A speaker whom the text only describes ("a participant"), or a document that speaks ("the declaration")."""
    lemma = head.lemma_.lower()
    if lemma in text.lexicon.words("speaker-noun"):
        kind = "Actor"
    elif lemma in text.lexicon.words("agreement"):
        kind = "Agreement"
    else:
        return None
    start = min([c.left_edge.i for c in head.lefts if c.dep_ in ("amod", "compound", "nmod")], default=head.i)
    span = span_in(text.doc, text.doc[start].idx, head.idx + len(head))
    if head.pos_ == "PROPN":
        entity = naming.named(kind, span.words)
    else:
        entity = naming.scoped(text.document.id, kind, span.words)
    return Speaker(entity, span.words, span, None, f"{reason}; described", trigger)
