"""Actors: who is named in a text, and why it is read so.

Every name is loaded when it is first used: the gazetteer alone needs no language model's library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.actors.gazetteer import Gazetteer, Sense
    from kg.actors.mentions import find_mentions
    from kg.actors.model import ActorMention, MentionIndex, Title
    from kg.actors.tenures import find_titles

#: Where each public name lives.
_HOMES: Final = {
    "ActorMention": "model",
    "Gazetteer": "gazetteer",
    "MentionIndex": "model",
    "Sense": "gazetteer",
    "Title": "model",
    "find_mentions": "mentions",
    "find_titles": "tenures",
}

__all__ = ["ActorMention", "Gazetteer", "MentionIndex", "Sense", "Title", "find_mentions", "find_titles"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
