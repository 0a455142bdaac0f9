"""The graph as the Python API hands it out: questions, export, claims, evidence, checks.

A graph stands on a store in memory, a store's folder or an RDF file; folders and files are opened when they are first
asked something.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.store.interface import Store

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.build import Report
    from kg.check import Finding
    from kg.claims import Claim
    from kg.explain import Explanation
    from kg.export import Part
    from kg.queries import Answer, Question
    from kg.store.interface import Results


class Graph:
    """A knowledge graph that can be asked.

    Args:
        place: a store, the folder of one, or an RDF file.
        report: what the build did that made it, if one did.
    """

    def __init__(self, place: Store | str | Path, report: "Report | None" = None) -> None:
        self._place = place
        self._store = place if isinstance(place, Store) else None
        self.report = report

    @property
    def store(self) -> Store:
        """The store that holds it."""
        if self._store is None:
            from kg.sources import open_any

            path = str(self._place)
            if path == "-":
                raise UsageError("the graph went to standard output and is gone", hint="build it without output")
            self._store = open_any(path)
        return self._store

    def query(self, question: "str | Path | Question", /, **parameters: str) -> "Answer":
        """Answer a question: a shipped one by name, a ``.rq`` file, or SPARQL text.

        Args:
            question: what to ask.
            parameters: values of the question's parameters.
        """
        from kg.queries import query

        return query(self.store, question, parameters)

    def sparql(self, text: str) -> "Results":
        """Answer SPARQL text as the store does, row by row."""
        return self.store.query(text)

    def claims(self) -> "list[Claim]":
        """Every claim with its evidence, sorted."""
        from kg.mapping import ClaimReader

        return sorted(ClaimReader(self.store).claims(with_evidence=True))

    def explain(self, what: str) -> "Explanation":
        """The sentences that state a claim or name an entity, with the words marked and the reasons."""
        from kg.explain import explain

        return explain(self.store, what)

    def check(self, *, reason: bool = False, ontology: Sequence[str | Path] = ()) -> "list[Finding]":
        """What is wrong with the graph, in words; see `kg.check`."""
        from kg.check import check
        from kg.sources import as_rdflib

        return check(as_rdflib(self.store), reason=reason, ontology=ontology)

    def export(self, path: str | Path | None = None, *, format: str | None = None, part: "Part | None" = None) -> str:
        """Write the graph to a file, or return it as text.

        Args:
            path: file to write.
            format: one of `kg.export.FORMATS`; by the file's suffix, else Turtle.
            part: what of it; everything but the documents' texts unless told otherwise.

        Returns:
            The text where no file is named, else an empty string.
        """
        from kg.export import export, format_of
        from kg.files import atomic_write

        form = format or format_of(str(path or "-"))
        if path is not None:
            with atomic_write(path) as stream:
                export(self.store, form, stream, part)
            return ""
        buffer = io.BytesIO()
        export(self.store, form, buffer, part)
        return buffer.getvalue().decode()

    def __len__(self) -> int:
        return len(self.store)

    def __iter__(self) -> "Iterator[ox.Triple]":
        """Its triples, sorted, all graphs united."""
        import pyoxigraph as ox

        found = self.store.query("SELECT ?s ?p ?o { ?s ?p ?o }")
        assert isinstance(found, ox.QuerySolutions)
        triples = {ox.Triple(row["s"], row["p"], row["o"]) for row in found}
        return iter(sorted(triples, key=str))

    def __repr__(self) -> str:
        return f"Graph({self.store.location!r}, {len(self)} quads)"
