"""Ids of entities, and the labels that they decide.

An entity is a value whose kind, label and state follow from its id, so that graphs of different documents merge by
union. For entities of the register (`ontology/actors/`) the register says the label; for every other name the id
spells it: ``person/jane-roe`` is Jane Roe. A name that title case does not give back (capitals inside, accents,
hyphens) gets six hexadecimal digits of its hash, so that two names never share an id.
"""

import functools
import re
import unicodedata
from typing import Final

from kg.actors.register import shipped_index
from kg.claims import Entity, digest
from kg.errors import UsageError
from kg.iris import document_path

KINDS: Final = (
    "Actor", "Agreement", "Coalition", "Conflict", "Facility", "Force", "Mechanism", "Meeting", "Office",
    "Organization", "Person", "Region", "State",
)  # fmt: skip
_KIND_OF = {kind.lower(): kind for kind in KINDS}

#: Words that stay in lower case inside a name.
PARTICLES: Final = frozenset(
    ("a", "al", "an", "and", "at", "bin", "by", "da", "de", "del", "der", "di", "do", "dos", "du", "el", "en", "for",
     "from", "ibn", "in", "la", "le", "of", "on", "or", "the", "to", "van", "von", "with", "y")
)  # fmt: skip
#: Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe",
     "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ə": "a", "Ə": "A",
     "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-",
     "—": "-", "−": "-"}
)  # fmt: skip
_WORDS = re.compile(r"[0-9a-z]+")
_GUARDED = re.compile(r"(?:^|-)[0-9a-f]{6}$")
_ALPHA3 = re.compile(r"[A-Z]{3}$")

#: Organs of a state that bear a common noun; others are named by their slug.
_ORGANS: Final = {"air-force": "air force", "coast-guard": "coast guard", "defence-ministry": "defence ministry",
                  "foreign-ministry": "foreign ministry"}  # fmt: skip
_ARTICLE = re.compile(r"^(United|Democratic|Republic|Central|Dominican|Czech Rep|Isle|Nether|Philip|Baham|Gambia|Comor"
                      r"|Maldiv|Seychel|Vatican)|Islands$")  # fmt: skip
_HYPHENATED: Final = {"commander in chief": "commander-in-chief", "secretary general": "secretary-general",
                      "governor general": "governor-general", "director general": "director-general"}  # fmt: skip


def fold(text: str) -> str:
    """The text with accents taken off, quotes straightened and dashes made hyphens; case is kept.

    >>> fold("Nicolás Maduro, Côte d’Ivoire, Wałęsa")
    "Nicolas Maduro, Cote d'Ivoire, Walesa"
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def slug(words: str) -> str:
    """Lower-case ASCII words joined by hyphens; empty where the text has none.

    >>> slug("Coalition of the Willing"), slug("Côte d’Ivoire"), slug("Владимир")
    ('coalition-of-the-willing', 'cote-d-ivoire', '')
    """
    return "-".join(_WORDS.findall(fold(words).lower()))


def title_case(words: str) -> str:
    """Slug to name: words capitalised, particles inside left small.

    >>> title_case("coalition-of-the-willing"), title_case("charles-de-gaulle")
    ('Coalition of the Willing', 'Charles de Gaulle')
    """
    parts = words.split("-")
    return " ".join(part if i and part in PARTICLES else part.capitalize() for i, part in enumerate(parts))


def sentence_case(words: str) -> str:
    """Slug to description: the first letter capital.

    >>> sentence_case("european-multinational-force")
    'European multinational force'
    """
    return words.replace("-", " ").capitalize()


def named(kind: str, name: str) -> Entity:
    """The entity of a name: of the register where it is the register's label, else one that its name makes.

    Args:
        kind: class, such as ``Person``.
        name: the name without determiner and title; of an office, its role, whose case does not count.

    >>> named("Person", "Jane Roe")
    Entity(id='person/jane-roe', kind='Person', label='Jane Roe', state=None)
    >>> named("Force", "KFOR-X").id
    'force/kfor-x-55c2fd'
    """
    name = " ".join(name.split())
    prefix = _known_kind(kind).lower()
    if prefix == "office":
        return office(name)
    plain = slug(name)
    identifier = f"{prefix}/{plain}"
    record = shipped_index().get(identifier)
    if record is not None and record.value("skos:prefLabel") == name:
        return entity(identifier)
    if record is not None or title_case(plain) != name or _GUARDED.search(plain):
        identifier = f"{prefix}/{_guarded(plain, name)}"
    return Entity(identifier, _KIND_OF[prefix], name)


def scoped(document_id: str, kind: str, words: str) -> Entity:
    """The entity of an unnamed description, scoped to its document.

    >>> scoped("article", "Force", "European multinational force").id
    'document/article/force/european-multinational-force'
    >>> scoped("article", "Actor", "gunmen").label
    'Gunmen'
    """
    words = " ".join(words.split())
    label = words[:1].upper() + words[1:]
    plain = slug(words)
    if sentence_case(plain) != label or _GUARDED.search(plain):
        plain = _guarded(plain, label)
    kind = _known_kind(kind)
    return Entity(f"{document_path(document_id)}/{kind.lower()}/{plain}", kind, label)


def organ(state: str, words: str) -> Entity:
    """An organ of a state: its military, its foreign ministry.

    Args:
        state: alpha-3 code.
        words: slug or words of the organ: ``coast-guard``, ``national guard``.

    >>> organ("ISR", "military")
    Entity(id='state/ISR/military', kind='Organization', label='military of Israel', state='ISR')
    """
    plain = slug(words)
    if not plain:
        plain = _guarded(plain, words)
    name = state_name(state)
    label = f"{_ORGANS.get(plain) or plain.replace('-', ' ')} of {'the ' if _ARTICLE.search(name) else ''}{name}"
    return Entity(f"state/{state}/{plain}", "Organization", label, state)


def office(role: str) -> Entity:
    """An office by the words of its role.

    >>> office("Prime Minister")
    Entity(id='office/prime-minister', kind='Office', label='prime minister', state=None)
    >>> office("secretary general") == office("Secretary-General")
    True
    """
    plain = slug(role)
    if not plain:
        role = " ".join(role.split())
        return Entity(f"office/{_guarded(plain, role)}", "Office", role)
    return Entity(f"office/{plain}", "Office", _office_label(plain))


def _office_label(plain: str) -> str:
    words = plain.replace("-", " ")
    for apart, joined in _HYPHENATED.items():
        words = words.replace(apart, joined)
    return words


def label(identifier: str) -> str | None:
    """Canonical label of an id, or None where a hash guards a name that the id does not spell.

    >>> label("state/UKR"), label("state/USA/military"), label("office/foreign-minister"), label("person/jane-roe")
    ('Ukraine', 'military of the United States', 'foreign minister', 'Jane Roe')
    >>> label("document/article/force/european-multinational-force")
    'European multinational force'
    """
    record = shipped_index().get(identifier)
    if record is not None and (known := record.value("skos:prefLabel")) is not None:
        return known
    prefix, *rest = identifier.split("/")
    plain = rest[-1] if rest else ""
    if prefix == "office":
        return _office_label(plain) if plain and not plain.startswith("~") else None
    if prefix == "state" and len(rest) == 2:
        return organ(rest[0], rest[1]).label
    if plain.startswith("~") or _GUARDED.search(plain):
        return None
    return sentence_case(plain) if prefix == "document" else title_case(plain)


def entity(identifier: str) -> Entity:
    """The entity of an id that the register knows, or that spells its own label.

    Raises:
        UsageError: if the id is not an entity's, or a hash guards a name that it does not spell.

    >>> entity("region/europe").label, entity("document/article/actor/gunmen").kind
    ('Europe', 'Actor')
    """
    prefix, *rest = identifier.split("/")
    kind = _KIND_OF.get(rest[1] if prefix == "document" and len(rest) == 3 else prefix)
    known = label(identifier) if kind else None
    if kind is None or known is None:
        raise UsageError(f"no label can be told from the id {identifier!r}", hint="give an id of the register")
    if prefix == "state" and len(rest) == 2:
        kind = "Organization"
    record = shipped_index().get(identifier)
    state = record.value("kg:ofState") if record else None
    if prefix == "state" and _ALPHA3.match(rest[0]):
        return Entity(identifier, kind, known, rest[0])
    return Entity(identifier, kind, known, state.removeprefix("state/") if state else None)


@functools.cache
def state_name(code: str) -> str:
    """English name of a state by its alpha-3 code; the code itself where no state has it.

    >>> state_name("UKR"), state_name("QQQ")
    ('Ukraine', 'QQQ')
    """
    record = shipped_index().get(f"state/{code}")
    return (record and record.value("skos:prefLabel")) or code


def _guarded(plain: str, name: str) -> str:
    """Slug with a part of the name's hash: six digits, or all of them behind a tilde where no word is left."""
    return f"{plain}-{digest(name)[:6]}" if plain else f"~{digest(name)}"


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        raise UsageError(f"unknown kind of entity {kind!r}", hint=f"one of {', '.join(KINDS)}")
    return kind
