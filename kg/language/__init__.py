"""Language: from text to predicates and their arguments, once for every frame."""

from kg.language.parsing import DEFAULT_MODEL, load_model, parse, parse_all

__all__ = ["DEFAULT_MODEL", "load_model", "parse", "parse_all"]
