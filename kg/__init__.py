"""Foedus: a checked knowledge graph of security diplomacy from news.

The Python API has the verbs of the command line; every name is loaded when it is first used, so ``import kg`` loads
neither a language model nor a store.
"""

from kg.version import __version__

__all__ = ["__version__"]
