"""Names that the gazetteer lacks: each gets a node of its own, with the state that the text tells."""

from typing import Final

from kg.actors.belonging import Belonging
from kg.actors.context import TextContext
from kg.actors.kinds import head_word
from kg.actors.model import ActorMention, Category
from kg.actors.names import NameSpan
from kg.actors.naming import named, organ, state_name
from kg.claims import Entity

_ORGAN_NAMES: Final = {
    "army": "army", "navy": "navy", "police": "police", "parliament": "parliament", "senate": "senate",
    "congress": "congress", "government": "government", "military": "military", "duma": "parliament",
}  # fmt: skip
#: Organs of which a state has one, whatever its name.
_SINGLE: Final = frozenset({
    "government", "military", "army", "navy", "air-force", "coast-guard", "central-bank", "electoral-commission",
    "foreign-ministry", "defence-ministry", "interior-ministry", "finance-ministry", "justice-ministry",
})  # fmt: skip
_DOMESTIC_STATE: Final = frozenset({"ministry", "department", "parliament", "senate", "congress", "court", "assembly",
                                    "army", "navy", "police", "treasury", "government", "duma", "cabinet"})  # fmt: skip


class Strangers:
    """Links unknown names of one text.

    Args:
        context: the text.
        belonging: tells states.
        places: places by token, to which those found here are added.
    """

    def __init__(self, context: TextContext, belonging: Belonging, places: dict[int, Entity]) -> None:
        self.context, self.belonging, self.places = context, belonging, places
        self.words = context.words

    def mention(self, kind: str, span: NameSpan, text: str) -> ActorMention | None:
        """Mention of a name that is known to nobody.

        Args:
            kind: what it is a name of, as `NameKinds` tells.
            span: the name.
            text: its words.
        """
        context = self.context
        bounds = (span.start, span.end)
        last = head_word(self.words, span)
        if kind == "region":
            place = named("Region", text)
            self.places[self.words.root(*bounds)] = place
            state = self.belonging.inner(span, place=True)[0] or self.belonging.of_place(span)
            return context.mention(place, text, bounds, state, "unknown place, kept as its own node", "region")
        state, why = self.belonging.inner(span, place=kind == "facility")
        if state is None:
            state, why = self.belonging.outer(span)
        single = self._single_organ(span)
        if state is None and (single or self.belonging.is_domestic(span, last)):
            state = context.context_state(span.start)
            why = "state that the text is about" if state else ""
        reason = f"unknown name; {why}" if why else "unknown name, kept as its own node"
        if kind == "facility":
            return context.mention(
                named("Facility", text), text, bounds, state or self.belonging.of_place(span), reason, "other"
            )
        if kind == "thing":
            return context.mention(named("Facility", text), text, bounds, state, reason, "vessel")
        if state is not None:
            known = self._known_in(state, span, text)
            if known is not None:
                category: Category = "organ" if known.id.startswith("state/") else "organization"
                reason = f"{known.label}, by its name at home; {why}"
                return context.mention(known, text, bounds, state, reason, category)
            if single:
                return context.mention(organ(state, single), text, bounds, state, reason, "organ")
        if (known := self._last_inside(span)) is not None:
            reason = f"{known.label}, at the end of the name"
            return context.mention(known, text, bounds, known.state, reason, "organization")
        if kind == "force":
            return context.mention(named("Force", text), text, bounds, state, reason, "force")
        if state is not None and last in _DOMESTIC_STATE:
            slug = _ORGAN_NAMES.get(last) if span.end - span.start <= 2 else None
            return context.mention(
                organ(state, slug or self.belonging.without_state(span)), text, bounds, state, reason, "organ"
            )
        kind = "Coalition" if last == "coalition" else "Organization"
        return context.mention(named(kind, text), text, bounds, state, reason, "organization")

    def _single_organ(self, span: NameSpan) -> str:
        """The organ of any state that a name names ("Ministry of Defence", "Armed Forces"); empty for other names."""
        words = tuple(word for word in self.belonging.without_state(span).lower().split() if word != "the")
        rows = self.context.groups.nouns.get(words[-1], ()) if words else ()
        found = next((organ for phrase, _, organ in rows if phrase == words), "")
        return found if found in _SINGLE else ""

    def _last_inside(self, span: NameSpan) -> Entity | None:
        """The known body that ends a name after another one's: "United Nations World Food Programme"."""
        last = span.inner[-1] if len(span.inner) > 1 else None
        if last is None or last.end != span.end or last.end - last.start < 2:
            return None
        body = last.senses[0].entity
        return body if body.kind == span.inner[0].kind == "Organization" else None

    def _known_in(self, state: str, span: NameSpan, text: str) -> Entity | None:
        """A body of the register that a state's texts call by less than its name: the Liberal Party, in Canada."""
        gazetteer = self.context.gazetteer
        label, bare = state_name(state), self.belonging.without_state(span)
        forms = [bare, f"{bare} of {label}", f"{bare} of the {label}", f"{label} {bare}"]
        forms += [f"{adjective} {bare}" for adjective in gazetteer.adjectives(state)]
        senses = (sense for form in forms if " " in bare for sense in gazetteer.find(form))
        return next((s.entity for s in senses if s.entity.kind == "Organization" and s.entity.state == state), None)

    def domestic(self, span: NameSpan, state: str, text: str) -> ActorMention:
        """A body that bears a name many states' bodies bear."""
        head = head_word(self.words, span)
        category: Category = "organ" if head in _DOMESTIC_STATE else "organization"
        known = self._known_in(state, span, text)
        entity = known or organ(state, self._single_organ(span) or _ORGAN_NAMES.get(text.lower(), text))
        return self.context.mention(
            entity,
            text,
            (span.start, span.end),
            state,
            "a name common to many states; of the state that the text is about",
            category,
        )
