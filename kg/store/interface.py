"""What every store can do, wherever it stands."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Self, TypeAlias

from kg.quads import Quad, from_line, lines

if TYPE_CHECKING:
    import pyoxigraph as ox


#: Rows, a truth value or triples; rows and truth values serialise themselves in every SPARQL results format.
Results: TypeAlias = "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples"


class Store(ABC):
    """A place that holds quads and answers SPARQL.

    Queries that name no data set (``FROM``) run over the union of all graphs; updates, and graphs named ``""`` here,
    mean the default graph itself.

    Attributes:
        location: folder or address, for messages.
        writable: whether it takes quads.
        distant: whether each look-up is a request over the network.
    """

    location: str = "memory"
    writable: bool = True
    distant: bool = False

    @abstractmethod
    def query(self, text: str) -> "Results":
        """Answer a SPARQL query.

        Raises:
            QueryError: if it does not parse.
        """

    @abstractmethod
    def update(self, text: str) -> None:
        """Run a SPARQL update: all of it or nothing.

        Raises:
            QueryError: if it does not parse.
            StoreError: if the store cannot be written.
        """

    @abstractmethod
    def quads(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything, graph ``""`` only the default graph. In no particular order."""

    @abstractmethod
    def graphs(self) -> tuple[str, ...]:
        """Names of the named graphs, sorted."""

    @abstractmethod
    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads: all of them or, after an error, none."""

    @abstractmethod
    def __len__(self) -> int: ...

    def change(self, *, remove: Iterable[Quad] = (), drop: Iterable[str] = (), add: Iterable[Quad] = ()) -> None:
        """Remove quads, drop graphs and add quads, as one change.

        Args:
            remove: quads to take away.
            drop: names of graphs to drop.
            add: quads to add afterwards.
        """
        text = change_request(remove, drop, add)
        if text:
            self.update(text)

    def load_lines(self, source: BinaryIO) -> None:
        """Add the quads of a stream of canonical N-Quads lines: all of them or none."""
        self.add(from_line(text.decode()) for text in source if text.strip())

    def dump(self, target: BinaryIO) -> None:
        """Write every quad as an N-Quads line, in no particular order."""
        target.writelines(self.dumped())

    def dumped(self) -> Iterator[bytes]:
        """Every quad as an N-Quads line, in no particular order."""
        return lines(self.quads())

    def unites(self) -> bool:
        """Whether queries see the union of all graphs; True also where there are no named graphs to see."""
        return True

    def tidy(self) -> None:  # noqa: B027 -- most stores take all or nothing
        """Remove what writers have left there that were interrupted."""

    def close(self) -> None:  # noqa: B027 -- most stores hold nothing
        """Let go of the files or connections."""

    def __contains__(self, quad: Quad) -> bool:
        return next(self.quads(*quad), None) is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def data_block(quads: Iterable[Quad]) -> str:
    r"""Quads as the inside of ``INSERT DATA { … }``, grouped by graph.

    >>> data_block([Quad("<s>", "<p>", "<o>", "<g>"), Quad("<s>", "<p>", '"x"')])
    '<s> <p> "x" .\nGRAPH <g> {\n<s> <p> <o> .\n}\n'
    """
    parts: list[str] = []
    graph = ""
    for quad in sorted(quads, key=lambda q: q.graph):
        if quad.graph != graph:
            parts.append(f"{'}' + chr(10) if graph else ''}GRAPH {quad.graph} {{\n")
            graph = quad.graph
        parts.append(f"{' '.join(quad[:3])} .\n")
    return "".join(parts) + ("}\n" if graph else "")


def change_request(remove: Iterable[Quad], drop: Iterable[str], add: Iterable[Quad]) -> str:
    """The SPARQL update that makes a change; empty where nothing changes."""
    removed, added = data_block(remove), data_block(add)
    operations = [f"DROP SILENT GRAPH {name}" for name in sorted(set(drop))]
    operations += [f"DELETE DATA {{\n{removed}}}"] if removed else []
    operations += [f"INSERT DATA {{\n{added}}}"] if added else []
    return " ;\n".join(operations)
