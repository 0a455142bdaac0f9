"""When words of a text are a name of the register: accents, quotes, hyphens and dots do not count, case does.

A surface form is cut into *pieces*, runs of letters and digits, the same whether a text or a tokenizer's tokens are
cut; so ``Côte d’Ivoire``, ``Cote d'Ivoire`` and the tokens ``Côte``, ``d’Ivoire`` are one key. ``us`` is not ``US``
and ``polish`` is not ``Polish``, but ``POLISH`` in a headline in capitals is.
"""

import functools
import re
from typing import Final

from kg.actors.naming import PARTICLES, fold

Pieces = tuple[str, ...]

_DOTTED: Final = re.compile(r"\b(?:[A-Za-z]\.)+(?:[A-Za-z]\b)?")
_PIECE: Final = re.compile(r"[^\W_]+|[^\w\s.'\"-]|(?<!\S)\.(?!\S)")
#: Articles of Arabic names, which writers capitalise, join or drop at will.
_LOOSE: Final = PARTICLES | {"as", "ash", "ud", "ul", "az"}
#: The shortest abbreviation that is also written as a word: NATO, Nato.
_ACRONYM_LENGTH: Final = 4


@functools.lru_cache(maxsize=65_536)
def pieces(text: str) -> Pieces:
    """Runs of letters and digits of a text, folded; other marks stand alone, hyphens, dots and apostrophes fall away.

    >>> pieces("Côte d’Ivoire"), pieces("the U.S."), pieces("Guinea-Bissau"), pieces("Washington, D.C.")
    (('Cote', 'd', 'Ivoire'), ('the', 'US'), ('Guinea', 'Bissau'), ('Washington', ',', 'DC'))
    """
    if text.isascii():
        if text.isalnum():
            return (text,)
    else:
        text = fold(text)
    if "." in text:
        text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    return tuple(_PIECE.findall(text))


def key(parts: Pieces) -> str:
    """What two spellings of one name share."""
    return " ".join(parts).lower()


def fits(written: Pieces, form: Pieces) -> bool:
    """Whether a text that is written so may mean the form, whose key is the same.

    >>> fits(("us",), ("US",)), fits(("POLISH",), ("Polish",)), fits(("polish",), ("Polish",))
    (False, True, False)
    >>> fits(("Nato",), ("NATO",)), fits(("Al", "Shabaab"), ("al", "Shabaab"))
    (True, True)
    """
    return written == form or all(map(_piece_fits, written, form))


def _piece_fits(written: str, form: str) -> bool:
    if written == form or form.lower() in _LOOSE:
        return True
    if form.islower():
        return written in (form.capitalize(), form.upper())
    if form.isupper():
        return len(form) >= _ACRONYM_LENGTH and written == form.capitalize()
    return len(form) >= _ACRONYM_LENGTH and written == form.upper()
