"""What sort of thing a proper name names: a person, an organisation, a place, or nothing that acts."""

from typing import Final

from kg.actors.context import TextContext
from kg.actors.evidence import is_given
from kg.actors.names import NameSpan
from kg.actors.words import PARTICLES, Words, listed

#: Prepositions after which a bare name is a place's.
_PLACING: Final = frozenset({"in", "near", "outside", "around", "across", "throughout"})


class NameKinds:
    """Sorts the names of one text.

    Args:
        context: the text.
    """

    def __init__(self, context: TextContext) -> None:
        self.context = context
        self.words = context.words

    def kind(self, span: NameSpan) -> str:
        """Of a name: known, person, organization, force, region, facility, thing, none or unknown."""
        if span.title is not None and not self._is_owner(span):
            return "person"
        if span.senses:
            return "person" if span.senses[0].relation == "leader" else "known"
        words = self.words
        if any(words.lower[i] in listed("contests") for i in range(span.start, span.end)):
            return "none"
        if len(span.inner) > 1 and span.inner[-1].end == span.end and span.inner[-1].kind == "Organization":
            return "organization"
        head = head_word(self.words, span)
        family = self._family(span, head)
        if family == "none" and not span.personal:
            return "organization" if self._acts(span) else "none"
        if (
            span.start
            and words.lower[span.start - 1] in self.context.title_words.honorifics
            and words.capital(span.start - 1)
        ):
            return "person"
        return self._by_surroundings(span, head, family)

    def _family(self, span: NameSpan, head: str) -> str | None:
        """What the head of a name says that it names; None where it says nothing."""
        if head == "department" and self.words.lower[span.end - 1] != head:  # of what: a ministry, and no province
            return "organization"
        heads = self.context.groups.name_heads
        return heads.get(head) or heads.get(head.rstrip("s"))

    def _by_surroundings(self, span: NameSpan, head: str, family: str | None) -> str:
        """What the words around a name say, its head, or its look."""
        groups = self.context.groups
        article = span.start > 0 and self.words.lower[span.start - 1] == "the"
        before = self._noun_before(span)
        several = head.endswith("s") and head in groups.name_heads  # "Orrin Metals": no surname, whatever stands before
        if before == "people" and (family is None or (span.personal and not several)):
            return "person"
        if not family and not article and self._acts_like_person(span):
            return "person"
        if before == "thing" and family is None:
            return "thing"
        if self._is_owner(span) or self._is_party(span) or before == "group":
            return "organization" if family in (None, "none", "organization") else family
        if family is None and self._stands_in_place(span):
            return "region"
        if span.personal and not article and (family is None or (span.end - span.start == 2 and not several)):
            return "person"
        if family is not None:
            return family
        return self._by_look(span, article)

    def _acts(self, span: NameSpan) -> bool:
        """Whether what sounds like an agreement acts like a body: "the Antilles Pact promised"."""
        words = self.words
        head = words.root(span.start, span.end)
        if words.dep[head] == "nsubj":
            return words.lemma[words.head[head]] in listed("agentive")
        return words.dep[head] == "poss" and words.head[head] in self.context.title_heads

    def _by_look(self, span: NameSpan, article: bool) -> str:
        """What the look of the name says."""
        if span.end - span.start == 1 and self.words.tag[span.start] == "JJ":
            return "none"
        if self._looks_personal(span, article):
            return "person"
        before = self.words.lower[span.start - 1] if span.start else ""
        return "region" if before in _PLACING and not self.words.text[span.start].isupper() else "unknown"

    def _noun_before(self, span: NameSpan) -> str:
        """Category of a common noun right before a name: "journalist Jane Roe", "the tanker Eagle S"."""
        words = self.words
        i = span.start - 1
        if i < 0 or words.pos[i] != "NOUN" or words.capital(i):
            return ""
        plural = words.tag[i] == "NNS"
        for phrase, category, _ in self.context.groups.nouns.get(words.lemma[i], ()):
            if len(phrase) == 1 and words.lemma[i] not in ("others", "member"):
                return "" if plural and category == "people" and not span.personal else category
        return ""

    def _acts_like_person(self, span: NameSpan) -> bool:
        """Whether a name is a person's: by a title given to it, "who", a given name."""
        words = self.words
        tokens = [words.text[i] for i in range(span.start, span.end)]
        if not 2 <= len(tokens) <= 5 or any(t.isupper() and len(t) > 2 for t in tokens):
            return False
        if span.inner and (len(span.inner) > 1 or span.inner[0].kind != "Region"):
            return False
        after = words.lower[span.end : span.end + 2]
        if "who" in after and (after[0] == "who" or after[0] == ","):
            return True
        if is_given(words.text[span.start]):
            return True
        return self._is_given_a_title(span) or self._stands_beside_rank(span)

    def _between_commas(self, span: NameSpan) -> bool:
        """Whether a name is set off by commas or ends its sentence."""
        words = self.words
        return words.text[span.start - 1] == "," and words.text[span.end : span.end + 1] in ([","], ["."], [";"])

    def _stands_beside_rank(self, span: NameSpan) -> bool:
        """Whether a rank or a noun for one person stands before a name: "a Nepali major, Jane Roe"."""
        words = self.words
        before = span.start - 1
        if self._between_commas(span):
            before -= 1
        if before < 0 or words.capital(before) or words.tag[before] not in ("NN", "JJ"):
            return False
        lemma = words.lower[before]
        people = words.tag[before] == "NN" and self.context.is_people(lemma)
        return people or lemma in self.context.title_words.honorifics

    def _is_given_a_title(self, span: NameSpan) -> bool:
        words = self.words
        head = words.root(span.start, span.end)
        for title in self.context.titles_in.get(words.sentence[head], ()):
            if title.plural and title.full_end <= span.start and words.dep[head] == "conj":
                between = range(title.full_end, span.start)
                if all(
                    words.capital(i) or words.lower[i] in (",", "and", "-") or words.lower[i] in PARTICLES
                    for i in between
                ):
                    return True
            if span.start == title.full_end + 1 and not title.plural and self._between_commas(span):
                return True
            if words.dep[title.head] == "appos" and words.head[title.head] == head:
                return True
            if words.dep[head] == "appos" and words.head[head] == title.head and span.start == title.full_end + 1:
                return True
            if (
                words.dep[head] in ("nsubj", "nsubjpass")
                and words.head[title.head] == words.head[head]
                and words.dep[title.head] in ("attr", "oprd")
            ):
                return True
            governor = words.head[title.head]
            if (
                words.lower[governor] == "as"
                and words.dep[head] in ("nsubj", "nsubjpass")
                and words.head[governor] == words.head[head]
            ):
                return True
        return False

    def _stands_in_place(self, span: NameSpan) -> bool:
        """Whether a name stands where places do: "on Mallam Fatori in Borno State"."""
        words, context = self.words, self.context
        i, after = span.start - 1, span.end
        if (
            i < 0
            or words.lower[i] not in ("in", "at", "near", "on", "outside", "around", "of")
            or after + 1 >= len(words.text)
        ):
            return False
        if words.lower[after] not in ("in", ","):
            return False
        first = after + 1
        match = context.match_of.get(first)
        if match is not None:
            return (
                match.start == first
                and match.kind in ("State", "Region")
                and match.relation in ("name", "alias", "abbreviation", "capital")
            )
        n = context.name_of.get(first)
        if words.lower[after] == "in" and n is not None and context.names[n].start == first:
            last = words.lower[context.names[n].end - 1]
            return context.groups.name_heads.get(last) == "region"
        return False

    def _looks_personal(self, span: NameSpan, article: bool) -> bool:
        words = self.words
        tokens = range(span.start, span.end)
        return (
            not article
            and not span.inner
            and 2 <= len(tokens) <= 5
            and all((words.capital(i) and not words.text[i].isupper()) or len(words.text[i]) < 4 for i in tokens)
        )

    def _is_owner(self, span: NameSpan) -> bool:
        """Whether a name stands before a title as its owner ("Fianna Fáil leader")."""
        return span.end - 1 in self.context.left_owners and self.words.tag[span.end] != "POS"

    def _is_party(self, span: NameSpan) -> bool:
        """Whether a common noun for a body follows ("NEOS party")."""
        words = self.words
        after = span.end
        if after >= len(words.text) or words.lower[after] not in self.context.groups.nouns:
            return False
        return any(
            row[1] == "group" or row[0][0] in ("rebel", "militant", "fighter", "insurgent", "mercenary")
            for row in self.context.groups.nouns.get(words.lemma[after], ())
        ) and not words.capital(after)


def head_word(words: Words, span: NameSpan) -> str:
    """The word that says what a name is a name of: the last, or the one before "of"."""
    for i in range(span.start + 1, span.end):
        if words.lower[i] in ("of", "for", "on", "against", "in", "to"):
            return words.lower[i - 1]
    return words.lower[span.end - 1]
