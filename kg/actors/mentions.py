"""Every actor that a text names: names, nationality words, descriptions, pronouns, in one pass from left to right."""

from typing import Final

from spacy.tokens import Doc

from kg.actors.context import TextContext, read_context
from kg.actors.coreference import Coreference, number
from kg.actors.descriptions import Describer, Noun
from kg.actors.gazetteer import Gazetteer
from kg.actors.linking import NameLinker
from kg.actors.model import ActorMention, MentionIndex
from kg.actors.tenures import find_titles
from kg.actors.words import Words, listed
from kg.documents import Document

_PRONOUN_TAGS: Final = frozenset({"PRP", "PRP$"})
_RELATIVE_TAGS: Final = frozenset({"WP", "WP$", "WDT"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})


def find_mentions(doc: Doc, document: Document, gazetteer: Gazetteer) -> MentionIndex:
    """Mentions of a parsed document.

    Args:
        doc: the parse of its whole text.
        document: the document.
        gazetteer: the known actors.
    """
    index = Reader(read_context(doc, document, gazetteer)).index()
    states: dict[str, str] = {}
    for title in find_titles(doc, document, index, gazetteer):
        if title.person.state is None and title.of.state is not None:
            states.setdefault(title.person.entity.id, title.of.state)
    return index.with_states(states) if states else index


class Reader:
    """One pass over one text.

    Args:
        context: the text.
    """

    def __init__(self, context: TextContext) -> None:
        self.context = context
        self.words: Words = context.words
        self.linker = NameLinker(context)
        self.describer = Describer(context, self.linker)
        self.discourse = Coreference(context)
        self.at: dict[int, tuple[ActorMention, ...]] = {}
        self.all: list[ActorMention] = []
        self.roles: dict[str, list[str]] = {}

    def index(self) -> MentionIndex:
        """Read the text."""
        words = self.words
        name_starts = {span.start: n for n, span in enumerate(self.context.names)}
        title_heads = {t.head: number for number, t in enumerate(self.context.titles)}
        for i in range(len(words.text)):
            if i in name_starts:
                self._name(name_starts[i])
            elif i in self.context.name_of:
                continue
            elif i in title_heads:
                self._title(i, title_heads[i])
            elif words.tag[i] in _PRONOUN_TAGS:
                self._add(i, self.discourse.pronoun(i), original=False)
            elif words.tag[i] in _RELATIVE_TAGS:
                mentions = self.discourse.relative(i, self.at)
                if mentions:
                    self.at[i] = mentions
            elif (
                words.lower[i] in ("latter", "former") and i and words.lower[i - 1] == "the" and words.dep[i] != "amod"
            ):
                self._add(i, self.discourse.latter(i, first=words.lower[i] == "former"), original=False)
            else:
                self._noun(i)
        self._cataphora()
        self._transparent()
        return MentionIndex(self.all, self.at, self.linker.places)

    def _cataphora(self) -> None:
        """Pronouns before the name that they stand for, once all names are read."""
        words = self.words
        for i, tag in enumerate(words.tag):
            opening = tag == "PRP$" or (
                tag == "PRP" and any(words.dep[j] in ("advcl", "prep") for j in self.discourse.ancestors(i))
            )
            if tag in _PRONOUN_TAGS and opening and i not in self.at:
                self._add(i, self.discourse.ahead(i), original=False)

    def _add(self, token: int, mentions: tuple[ActorMention, ...], *, original: bool = True) -> None:
        if mentions:
            self.at[token] = mentions
            self.all.extend(mentions)
            self.discourse.hear(mentions, token, original=original)

    # -- names ----------------------------------------------------------------------------------------------------

    def _name(self, n: int) -> None:
        span = self.context.names[n]
        mention = self.linker.mention(n)
        for match in span.inner:
            self._inner(match.start, match.end, span.start)
        if mention is None:
            self.discourse.things.append(span.end - 1)
            return
        self.all.append(mention)
        head = self.words.root(span.start, span.end)
        self.discourse.hear((mention,), head, place=mention.category == "region" or self._locative(head))
        for i in range(span.start, span.end):
            outside = not span.start <= self.words.head[i] < span.end
            if i == head or i == span.end - 1 or outside:
                self.at[i] = (mention,)
        if span.title is not None:
            title = self.context.titles[span.title]
            self.roles.setdefault(mention.entity.id, []).append(title.role.split()[-1])
            self.at.setdefault(title.head, (mention,))

    def _inner(self, start: int, end: int, outer: int) -> None:
        """A nationality word inside a longer name is a mention of its own, for compounds."""
        if start == outer and end - start >= 1:
            mention = self.linker.at_token(start)
            del mention

    def _locative(self, head: int) -> bool:
        words = self.words
        return words.dep[head] == "pobj" and words.lower[words.head[head]] in ("in", "at", "near", "across", "inside")

    # -- titles without a name ------------------------------------------------------------------------------------

    def _title(self, i: int, n: int) -> None:
        title = self.context.titles[n]
        words = self.words
        person = self._titled_person(i, title.full_end)
        if person is not None:
            self.at[i] = (person,)
            self.roles.setdefault(person.entity.id, []).append(title.role.split()[-1])
            return
        if words.dep[i] in ("compound", "nmod") and words.head[i] > i and words.head[i] < i + 6:
            return
        noun = Noun(i, title.start, "people", "", (title.role,))
        self._describe_person(noun, n)

    def _titled_person(self, i: int, after: int) -> ActorMention | None:
        """The person whose title this is, by adjacency or apposition."""
        words = self.words
        person = self._person_from(i, after) or self._person_between_commas(i, after)
        if person is not None:
            return person
        for child in words.children[i]:
            if words.dep[child] == "appos" and (person := self._person_over(child)) is not None:
                return person
        return self._person_over(words.head[i]) if words.dep[i] == "appos" else None

    def _person_over(self, i: int) -> ActorMention | None:
        """The person in whose name a token stands."""
        n = self.context.name_of.get(i)
        return self.linker.mention(n) if n is not None and self.linker.kinds[n] == "person" else None

    def _person_from(self, i: int, j: int) -> ActorMention | None:
        """The person whose name begins at token ``j``, forms of address passed over, in the sentence of ``i``."""
        words, context = self.words, self.context
        while j < len(words.text) and words.lower[j] in context.title_words.honorifics and j not in context.name_of:
            j += 1
        n = context.name_of.get(j)
        if n is None or context.names[n].start != j or words.sentence[j] != words.sentence[i]:
            return None
        return self._person_over(j)

    def _person_between_commas(self, i: int, after: int) -> ActorMention | None:
        """The person in "the minister, Jane Roe, …"."""
        words = self.words
        if words.text[after : after + 1] != [","]:
            return None
        person = self._person_from(i, after + 1)
        if person is None:
            return None
        behind = self.context.names[self.context.name_of[person.head]].end
        return person if words.text[behind : behind + 1] in ([","], ["."], [";"], ["—"]) else None

    def _describe_person(self, noun: Noun, n: int) -> None:
        title = self.context.titles[n]
        i, words = noun.head, self.words
        owner = self.linker.title_owner(n)
        if owner is None and title.owner is not None:
            owner = next(iter(self.at.get(title.owner, ())), None)
        plural = title.plural
        start = self.describer.left_edge(i)
        role = title.role.split()[-1]
        if plural:
            count = self._count(start, i)
            if count and self._is_definite(start):
                found = self.discourse.several(i, start, count, "person") or self.discourse.several(
                    i, start, count, "state"
                )
                if found:
                    self._add(i, found, original=False)
                    return
        elif owner is None and title.status == "current" and self._is_definite(start):
            found = self.discourse.the_person(i, start, self.roles, role)
            if found:
                self._add(i, found, original=False)
                return
        state = owner.state if owner is not None else None
        code = state or (None if owner is not None or plural else self._definite_state(start, i))
        fresh = any(words.lower[j] in self.context.title_words.status for j in range(title.full_start, title.start))
        if (
            not plural
            and not fresh
            and code
            and title.status == "current"
            and (owner is None or owner.category in ("state", "organ"))
        ):
            known = self._holder(code, title.role, i, start)
            if known is not None:
                self._add(i, (known,))
                return
        mention = self.describer.describe(noun, self.at)
        if mention is not None:
            if mention.state is None and code is not None:
                mention = self.context.mention(
                    mention.entity, mention.name, (start, i + 1), code, "title of the state that the text is about",
                    mention.category, plural=mention.plural, named=False, head=i,
                )  # fmt: skip
            self._add(i, (mention,))

    def _definite_state(self, start: int, i: int) -> str | None:
        return self.context.context_state(i) if self._is_definite(start) else None

    def _holder(self, code: str, role: str, i: int, start: int) -> ActorMention | None:
        holder = self.context.gazetteer.office_holder(code, role, self.context.document.date)
        if holder is None or not holder.certain:
            return None
        state = self.context.state_entity(code)
        return self.context.mention(
            holder.person, holder.person.label, (start, i + 1), code,
            f"{role} of {state.label} at the document's date", "person", named=False, head=i,
        )  # fmt: skip

    # -- common nouns ---------------------------------------------------------------------------------------------

    def _is_definite(self, start: int) -> bool:
        return (
            self.words.lower[start] in _DEFINITE
            or self.words.lower[start] == "both"
            or (start > 0 and self.words.lower[start - 1] in _DEFINITE)
        )

    def _count(self, start: int, i: int) -> int | None:
        for j in range(start, i):
            count = number(self.words.lower[j])
            if count:
                return count
        return None

    def _noun(self, i: int) -> None:
        noun = self.describer.noun(i)
        if noun is None:
            if self.words.tag[i] in ("NN", "NNP") and self.words.dep[i] in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "pobj",
                "conj",
            ):
                self.discourse.things.append(i)
            return
        words = self.words
        named = self._named_apposition(i)
        if named:
            self.at[i] = named
            return
        start = self.describer.left_edge(i)
        found = self._corefer(noun, start)
        if found:
            self._add(i, found, original=False)
            return
        mention = self.describer.describe(noun, self.at)
        if mention is not None and not (
            words.lemma[i] in self.context.groups.descriptions["state"] and not mention.plural
        ):
            self._add(i, (mention,))

    def _named_apposition(self, i: int) -> tuple[ActorMention, ...]:
        """Names in apposition to a description: "the cartels Los Choneros and Los Lobos"."""
        words, context = self.words, self.context
        for child in words.children[i]:
            if words.dep[child] == "appos" and child > i and child in context.name_of:
                found = []
                for j in self._conjuncts(child):
                    n = context.name_of.get(j)
                    mention = self.linker.mention(n) if n is not None else None
                    if mention is not None and mention.category != "region":
                        found.append(mention)
                return tuple(found)
        if words.dep[i] == "appos" and words.head[i] < i:
            before = self.at.get(words.head[i], ())
            return before if len(before) == 1 and before[0].named and before[0].category != "region" else ()
        return ()

    def _conjuncts(self, i: int) -> list[int]:
        found = [i]
        for j in found:
            found += [c for c in self.words.children[j] if self.words.dep[c] == "conj" and len(found) < 50]
        return found

    def _corefer(self, noun: Noun, start: int) -> tuple[ActorMention, ...]:
        """What a definite description stands for, if it stands for something earlier."""
        words, descriptions = self.words, self.context.groups.descriptions
        i, lemma = noun.head, self.words.lemma[noun.head]
        bare = all(self._adds_nothing(j) for j in range(start, i))
        modified = any(words.dep[c] == "prep" and words.lower[c] in ("of", "from") for c in words.children[i])
        if not bare:
            return ()
        plural = self.describer.is_plural(i)
        if lemma in listed("relational") and not plural:
            return self._neighbour(noun, start)
        if modified:
            return ()
        if plural or words.lower[start] == "both":
            return self._several(noun, start) if lemma in descriptions["several"] else ()
        if lemma in descriptions["state"]:
            return self._the_country(noun, start)
        if words.lower[start] in _DEFINITE and lemma in descriptions["group"] and noun.category != "organ":
            return self.discourse.the_group(i, start, lemma)
        return ()

    def _several(self, noun: Noun, start: int) -> tuple[ActorMention, ...]:
        """What "both countries", "the two sides", "the countries" stand for."""
        i, lemma = noun.head, self.words.lemma[noun.head]
        pair = self.words.lower[start] == "the" and start == i - 1 and lemma in ("country", "nation", "side", "state")
        count = self._count(start, i) or (2 if pair else None)
        if count is None:
            return ()
        if lemma in ("man", "woman", "leader", "president", "minister", "politician", "official"):
            return self.discourse.several(i, start, count, "person")
        if lemma in ("side", "party", "force", "faction", "group", "foe", "enemy", "rival"):
            found = self.discourse.several(i, start, count, "side")
            if found:
                return found
        return self.discourse.several(i, start, count, "state")

    def _the_country(self, noun: Noun, start: int) -> tuple[ActorMention, ...]:
        """What "the country", "his country" stands for."""
        i, context = noun.head, self.context
        owner = next((m for m, _, how in self.describer.owners(noun, self.at) if how == "owner"), None)
        if owner is None:
            definite = self.words.lower[start] in _DEFINITE and self.words.lemma[i] != "state"
            return self.discourse.the_state(i, start) if definite else ()
        if owner.state is None:
            return ()
        state, reason = context.state_entity(owner.state), f"country of {owner.name}"
        span = (start, i + 1)
        return (context.mention(state, state.label, span, owner.state, reason, "state", named=False, head=i),)

    def _adds_nothing(self, j: int) -> bool:
        """Whether a word before a noun leaves open which one is meant: "the", "two", "neighbouring", an owner."""
        words = self.words
        return (
            words.pos[j] in ("DET", "NUM", "PRON")
            or words.lower[j] in ("neighboring", "neighbouring", "same", "two", "host", "both", "warring", "other")
            or words.tag[j] in ("PRP$", "POS", "PDT")
            or words.dep[j] == "poss"
        )

    def _neighbour(self, noun: Noun, start: int) -> tuple[ActorMention, ...]:
        """What "its neighbour" stands for: another state that the text is about, not the owner."""
        i = noun.head
        owners = [m for m, _, how in self.describer.owners(noun, self.at) if how in ("owner", "of")]
        owner = next((m.state for m in owners if m.state), None)
        if owner is None:
            return ()
        ranked = self.context.states_in_context(i, exclude=frozenset({owner}))
        before = {h.mention.state for h in self.discourse.recent(i)}
        ranked = [pair for pair in ranked if pair[0] in before] or (ranked if len(ranked) == 1 else [])
        if not ranked:
            return ()
        state = self.context.state_entity(ranked[0][0])
        reason = f"{self.words.span_text(start, i + 1)!r}: the other state that the text is about"
        return (
            self.context.mention(state, state.label, (start, i + 1), state.state, reason, "state", named=False, head=i),
        )

    def _transparent(self) -> None:
        """Words that count or part ("hundreds of", "most of") stand for what follows "of"."""
        words, quantifiers = self.words, listed("quantifiers")
        for i in range(len(words.text) - 1, -1, -1):
            if i in self.at or (words.lemma[i] not in quantifiers and words.lower[i] not in quantifiers):
                continue
            for child in words.children[i]:
                if words.dep[child] == "prep" and words.lower[child] == "of":
                    for thing in words.children[child]:
                        if words.dep[thing] == "pobj" and thing in self.at:
                            self.at[i] = self.at[thing]
