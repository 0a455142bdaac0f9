"""Formats of lines take as much memory for a large graph as for a small one."""

import io
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.export import Part, export, sorting
from kg.quads import Quad, iri, lines, literal
from kg.store import Store, open_store

if TYPE_CHECKING:
    from typing_extensions import Buffer

P = iri("http://e.org/p")


class Sink(io.BytesIO):
    """Keeps nothing of what is written but its size."""

    size = 0

    def write(self, block: "Buffer", /) -> int:
        size = memoryview(block).nbytes
        self.size += size
        return size

    def writelines(self, blocks: "Iterable[Buffer]", /) -> None:
        for block in blocks:
            self.write(block)


def many(count: int) -> Iterator[Quad]:
    return (Quad(iri(f"http://e.org/{n}"), P, literal(f"{n * 7919 % 10007} {'x' * 60}")) for n in range(count))


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "BUDGET", 60_000)
    monkeypatch.setattr(sorting, "MERGED", 8)
    monkeypatch.setattr(sorting, "_BUFFER", 4096)


def peak(store: Store, form: str, part: Part) -> tuple[int, int]:
    """Most memory that Python holds while a store is written, and how much is written."""
    sink = Sink()
    export(store, form, sink, part)  # what is loaded only once
    sink.size = 0
    tracemalloc.start()
    export(store, form, sink, part)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found, sink.size


@pytest.mark.usefixtures("small_budget")
@pytest.mark.parametrize(
    ("place", "form", "part"), [("folder", "nq", Part()), ("memory", "nt", Part()), ("folder", "nq", Part(rdf12=True))]
)
def test_memory_does_not_grow_with_the_graph(tmp_path: Path, place: str, form: str, part: Part) -> None:
    with open_store(tmp_path / "s" if place == "folder" else None) as store:
        store.add(many(5_000))
        before, size = peak(store, form, part)
        store.add(many(15_000))
        after, larger = peak(store, form, part)
    assert larger > 2.9 * size
    assert larger > 5 * before
    assert after < 1.2 * before


@pytest.mark.parametrize(("budget", "merged"), [(100_000, 64), (20_000, 3), (1, 2)])
def test_runs_are_merged_as_one_sort_would(monkeypatch: pytest.MonkeyPatch, budget: int, merged: int) -> None:
    monkeypatch.setattr(sorting, "MERGED", merged)
    every = list(lines(many(400 if budget == 1 else 5_000)))
    assert list(sorting.sorted_lines(every * 2, budget=budget)) == sorted(every)
