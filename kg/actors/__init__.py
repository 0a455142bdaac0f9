"""Actors: who is named in a text, and why it is read so."""

from kg.actors.gazetteer import Gazetteer, Sense
from kg.actors.mentions import find_mentions
from kg.actors.model import ActorMention, MentionIndex, Title
from kg.actors.tenures import find_titles

__all__ = ["ActorMention", "Gazetteer", "MentionIndex", "Sense", "Title", "find_mentions", "find_titles"]
