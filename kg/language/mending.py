"""Verbs that the tagger took for nouns: "Turkey summons Iran's envoy", "Guinea expels reporters".

The small model at times makes a name and a verb in "-s" one long compound, and the sentence is left without a verb.
Where a sentence has none, and a word stands where its verb must stand, that word is made the verb, what precedes it
its subject, and what follows its object. So are nouns that are coordinated with a verb and have an object.
"""

from collections.abc import Container, Iterator
from typing import Final

from spacy.tokens import Doc, Token

from kg.language.sentences import sentence_of

_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_NAMING: Final = frozenset({"compound", "nmod", "amod", "det", "poss", "nummod", "npadvmod", "appos", "dep"})
_OBJECTS: Final = frozenset({"appos", "npadvmod", "compound", "nmod", "dep"})
_CLAUSES: Final = frozenset({"relcl", "acl", "advcl"})
#: Verbs of phase, which govern a participle.
_PHASES: Final = frozenset({"keep", "start", "stop", "begin", "continue", "resume", "cease", "quit", "avoid", "halt"})
#: Parts of speech with which a noun phrase begins.
_OPENING: Final = frozenset({"DET", "PROPN", "NUM", "ADJ", "PRON", "NOUN"})
#: What follows a verb rather than a noun between a name and the rest of a full sentence.
_GOVERNED: Final = frozenset({"for", "that", "on", "with", "against", "in", "to"})


def mend(doc: Doc, verbs: Container[str], nouns: Container[str]) -> None:
    """Make verbs of nouns where the sentence needs one; changes the parse in place.

    Args:
        doc: a parse.
        verbs: lemmas of verbs.
        nouns: lemmas of nouns.
    """
    for root in [t for t in doc if t.dep_ == "ROOT" and t.pos_ in ("NOUN", "PROPN", "ADJ")]:
        verb = _hidden(root, verbs, nouns)
        if verb is not None:
            _raise(verb, root)
            _make_verb(verb, verbs)
    for token in doc:
        if token.dep_ in ("conj", "ccomp") and token.pos_ == "NOUN" and token.head.pos_ == "VERB":
            _mend_dependent(token, verbs)
        elif token.dep_ == "amod" and token.tag_ == "VBG" and _goes_on(token):
            _govern(token)


def verb_lemma(word: str, verbs: Container[str]) -> str | None:
    """The verb of which a word is the present tense, if it is one.

    >>> known = {"summon", "accuse", "deny", "march"}
    >>> [verb_lemma(word, known) for word in ("summons", "accuses", "denies", "march", "envoys")]
    ['summon', 'accuse', 'deny', 'march', None]
    """
    forms = [word]
    if word.endswith("s"):
        forms = [word[:-1], word[:-2] if word.endswith("es") else "", f"{word[:-3]}y" if word.endswith("ies") else ""]
    return next((form for form in forms if form in verbs), None)


def _hidden(root: Token, verbs: Container[str], nouns: Container[str]) -> Token | None:
    """The word of a verbless sentence that is its verb."""
    if any(c.dep_ in ("cop", "aux", "auxpass") for c in root.children):
        return root if verb_lemma(root.lower_, verbs) else None
    for token in (*_tagged(root), root, *_before(root)):
        lemma = verb_lemma(token.lower_, verbs)
        if lemma is not None and token.i > sentence_of(root).start and _stands_as_verb(token, root, lemma, nouns):
            return token
    return None


def _tagged(root: Token) -> Iterator[Token]:
    """What the tagger knows for a verb and the parser has made the subject: "Turkey announces plans"."""
    yield from (c for c in root.lefts if c.dep_ in ("nsubj", "nsubjpass", "compound") and c.tag_ == "VBZ")


def _before(root: Token) -> Iterator[Token]:
    """Words in "-s" inside the compound before a root: compounds have singular parts, as a rule."""
    for child in root.lefts:
        if child.dep_ in ("compound", "nsubj", "nmod") and child.lower_.endswith("s") and child.text.islower():
            yield child


def _stands_as_verb(token: Token, root: Token, lemma: str, nouns: Container[str]) -> bool:
    if not token.text.islower() or token.i + 1 >= len(token.doc):
        return False
    if any(c.dep_ == "nsubj" and c.i < token.i and not c.tag_.startswith("W") for c in token.children):
        return True
    before, after = token.nbor(-1), token.nbor()
    if not token.lower_.endswith("s") or before.pos_ not in _NOUNS:
        return False
    if token == root and (lemma not in nouns or (before.pos_ == "PROPN" and after.lower_ in _GOVERNED)):
        return True
    return after.pos_ in _OPENING and (before.pos_ == "PROPN" or token == root)


def _raise(verb: Token, root: Token) -> None:
    """Make the verb the root; what stood left of it is its subject, the old root its object."""
    lefts: list[Token] = []
    if verb != root:
        lefts = [c for c in root.lefts if c.i < verb.i]
        moved = [c for c in root.children if c.dep_ in ("punct", *_CLAUSES) and c != verb]
        verb.head = verb
        root.head, root.dep_ = verb, "dobj"
        for child in moved:
            child.head = verb
    verb.dep_ = "ROOT"
    _give_subject(verb, lefts)


def _give_subject(verb: Token, lefts: list[Token]) -> None:
    """Hang what names the subject under its last word, and that under the verb."""
    own = list(verb.lefts)
    naming = sorted({c for c in (*lefts, *own) if c.dep_ in (*_NAMING, "nsubj")}, key=lambda t: t.i)
    for child in lefts:
        if child not in naming:
            child.head = verb
    if naming and not any(c.dep_ == "nsubj" for c in own):
        subject = naming[-1]
        subject.head, subject.dep_ = verb, "nsubj"
        for child in naming[:-1]:
            child.head = subject


def _make_verb(verb: Token, verbs: Container[str]) -> None:
    verb.pos_ = "VERB"
    verb.tag_ = "VBZ" if verb.lower_.endswith("s") else "VBP"
    verb.lemma_ = verb_lemma(verb.lower_, verbs) or verb.lemma_
    rights = list(verb.rights)
    if not any(c.dep_ == "dobj" for c in rights):
        noun = next((c for c in rights if c.dep_ in _OBJECTS and c.pos_ in _NOUNS), None)
        if noun is not None:
            noun.dep_ = "dobj"
    for child in rights:
        if child.dep_ in _CLAUSES:
            that = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
            child.dep_ = "ccomp" if that else "advcl"


def _goes_on(token: Token) -> bool:
    """"Keep patrolling waters": the participle right behind a verb of phase, that the parser hung on its object."""
    noun = token.head
    return noun.dep_ == "dobj" and noun.head.lemma_ in _PHASES and token.i == noun.head.i + 1


def _govern(token: Token) -> None:
    """Make a participle the complement of the verb before it, and the noun behind it its object."""
    noun, verb = token.head, token.head.head
    token.head, token.dep_ = verb, "xcomp"
    noun.head = token


def _mend_dependent(token: Token, verbs: Container[str]) -> None:
    """A noun that the parser coordinates with a verb, or makes a clause, and that has an object of its own."""
    if not token.text.islower() or verb_lemma(token.lower_, verbs) is None:
        return
    held = {c.dep_ for c in token.children if c.i != token.i + 1 or c.pos_ != "NOUN"}
    if not held & {"dobj", "xcomp"} and not ("nsubj" in held and "mark" in held):
        beside = token.nbor(-1).dep_ in ("cc", "punct") and token.i - token.head.i <= 2
        if not (beside and token.tag_ == "NNS" and token.nbor().pos_ in _OPENING):
            return
    _give_subject(token, [])
    _make_verb(token, verbs)
