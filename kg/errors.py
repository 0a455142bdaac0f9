"""Every error that Foedus raises on purpose, in one tree.

::

    KgError                   anything a user can mend; `exit_status` is what the command line returns
    ├── UsageError        (2) wrong options, unknown names, missing parameters
    ├── InputError        (2) a file that is missing, empty, binary, undecodable or malformed
    ├── OntologyError     (2) an ontology, lexicon or gazetteer that contradicts itself
    │   └── InconsistencyError    a graph that contradicts the ontology, as a reasoner finds
    ├── StoreError        (2) a store that cannot be opened, read or written
    ├── QueryError        (2) a query that does not parse, or lacks a parameter
    └── ServiceError      (3) an endpoint that cannot be reached or refuses
"""


class KgError(Exception):
    """Base of the tree: the message says what is wrong, where, and what to do, in one line.

    Args:
        what: what is wrong, naming the file, line or name concerned.
        hint: what the user can do about it; appended after a colon-free dash.
    """

    exit_status = 2

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(f"{what} ({hint})" if hint else what)
        self.what = what
        self.hint = hint


class UsageError(KgError):
    """Wrong options, an unknown name, a missing parameter."""


class InputError(KgError):
    """A file or document that is missing, empty, binary, undecodable or malformed."""


class OntologyError(KgError):
    """An ontology, lexicon or gazetteer that is malformed or contradicts itself."""


class InconsistencyError(OntologyError):
    """A graph that contradicts the ontology, as a reasoner finds."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class QueryError(KgError):
    """A query that does not parse, or a parameter that does not fit."""


class ServiceError(KgError):
    """An endpoint that cannot be reached, answers with an error, or takes too long."""

    exit_status = 3
