"""Which state a name belongs to, by the words in and around it."""

from typing import Final

from kg.actors.context import TextContext
from kg.actors.names import NameSpan
from kg.actors.words import listed
from kg.claims import Entity

#: Relations by which a word brings its state along.
STATE_WORDS: Final = frozenset({"name", "alias", "abbreviation", "adjective", "demonym"})


class Belonging:
    """States of the names of one text.

    Args:
        context: the text.
        kinds: what sort each name is of.
    """

    def __init__(self, context: TextContext, kinds: list[str]) -> None:
        self.context, self.kinds = context, kinds
        self.words = context.words

    def inner(self, span: NameSpan, *, place: bool = False) -> tuple[str | None, str]:
        """State by a known name inside the name, and why; of places and buildings also by a place in it."""
        for match in span.inner:
            sense = self.context.pick(match.senses, match.start)[0]
            if place and sense.entity.state:
                return sense.entity.state, f"state by {self.words.span_text(match.start, match.end)!r} in the name"
            if sense.entity.kind == "State" and sense.relation in STATE_WORDS:
                return sense.entity.state, f"state by {self.words.span_text(match.start, match.end)!r} in the name"
        return None, ""

    def outer(self, span: NameSpan) -> tuple[str | None, str]:
        """State by a nationality word or owner before the name, or a state behind it ("of Peru", "in Peru")."""
        words, context = self.words, self.context
        head = words.root(span.start, span.end)
        j = span.start - 1
        while j >= words.starts[words.sentence[head]] and j > span.start - 12:
            match = context.match_of.get(j)
            owned = words.tag[j + 1] == "POS" or words.lower[j + 1] in ("'s", "’s")
            if (
                match is not None
                and match.senses[0].entity.state
                and (match.relation == "adjective" or owned or match.end == span.start)
            ):
                sense = context.pick(match.senses, match.start)[0]
                return sense.entity.state, f"state by {words.text[j]!r} before the name"
            if match is not None and match.senses[0].entity.id.startswith("state/") and match.senses[0].entity.state:
                return match.senses[0].entity.state, f"state by {words.text[j]!r} before the name"
            if words.lower[j] == "of" and words.lemma[j - 1] in (
                "city",
                "town",
                "village",
                "region",
                "province",
                "district",
                "port",
                "island",
                "state",
                "area",
            ):
                j -= 1
                continue
            if match is not None or (
                words.pos[j] not in ("ADJ", "NOUN", "PART", "CCONJ", "ADV")
                and words.tag[j] != "POS"
                and not (words.pos[j] == "PUNCT" and words.text[j] == "-")
            ):
                break
            j -= 1
        after = span.end
        if after < len(words.text) and words.text[after] == "(":
            after += 3
        if after + 1 < len(words.text) and words.lower[after] in ("of", "in"):
            first = after + 1 + (words.lower[after + 1] == "the")
            match = context.match_of.get(first)
            if match is not None and match.start == first and match.senses[0].entity.kind == "State":
                sense = context.pick(match.senses, match.start)[0]
                return sense.entity.state, f"state by {words.span_text(after, match.end)!r} behind the name"
        return None, ""

    def of_place(self, span: NameSpan) -> str | None:
        """State of a place by what follows: "Goma, North Kivu, Congo", "Blida in Lebanon"."""
        words, context = self.words, self.context
        j = span.end
        for _ in range(4):
            if j + 1 >= len(words.text) or words.lower[j] not in (",", "in", "("):
                break
            first = j + 1
            while first < len(words.text) and (
                words.pos[first] in ("DET",) or words.lower[first] in listed("locatives")
            ):
                first += 1
            match = context.match_of.get(first)
            if match is not None and match.relation in ("name", "alias", "abbreviation"):
                sense = context.pick(match.senses, match.start)[0]
                if sense.entity.kind == "State" or sense.entity.state == "USA":
                    return sense.entity.state
            n = context.name_of.get(first)
            if n is None or self.kinds[n] not in ("region", "known"):
                break
            j = context.names[n].end
        return self.outer(span)[0]

    def elsewhere(self, span: NameSpan, entity: Entity) -> str | None:
        """The state whose a generic name must be where the known bearer's state does not occur: Congress, in Peru."""
        words, context = self.words, self.context
        generic = listed("generic")
        if entity.state is None or not all(words.lower[i] in generic for i in range(span.start, span.end)):
            return None
        before = self.outer(span)[0]
        if before is not None:
            return before if before != entity.state else None
        if any(token not in range(span.start, span.end) for token in context.hinted.get(entity.state, ())[:3]):
            return None
        ranked = [code for code, _ in context.states_in_context(span.start) if code != entity.state]
        return ranked[0] if ranked else None

    def is_domestic(self, span: NameSpan, head: str) -> bool:
        """Whether a name is a domestic body's (a party, a court), whose state need not be said."""
        domestic = listed("domestic")
        return (head in domestic or head.rstrip("s") in domestic) and not self._international(span)

    def _international(self, span: NameSpan) -> bool:
        return any(
            self.words.lower[i]
            in ("international", "european", "world", "global", "african", "inter-american", "union", "nations")
            for i in range(span.start, span.end)
        )

    def without_state(self, span: NameSpan) -> str:
        """Words of a name without the nationality word in it: "U.S. Treasury Department" → Treasury Department."""
        words = self.words
        skipped = {i for m in span.inner for i in range(m.start, m.end) if m.senses[0].entity.kind == "State"}
        kept = [words.text[i] for i in range(span.start, span.end) if i not in skipped]
        while kept and kept[-1].lower() in ("of", "the", "for", "in"):
            kept.pop()
        return " ".join(kept) or words.span_text(span.start, span.end)
