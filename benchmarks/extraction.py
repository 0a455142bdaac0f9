"""Extraction beside the bare parse of the same texts, in one run: words a second and their ratio.

Usage: python benchmarks/extraction.py FILE.jsonl [--json]

The bare parse is spaCy's small pipeline without ``ner`` over ``nlp.pipe``. Each is run twice, the two in turn, and the
faster run counts. Nothing is written, so the figure is reading to claims. Time is that of the processor, so that what
else the machine does is left out; on an idle machine it is that of the clock.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kg.documents import Document, read
from kg.extraction.extractor import Extractor
from kg.language import DEFAULT_MODEL


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="documents to extract from")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    documents = [document for document in read([options.file]) if isinstance(document, Document)]
    words = sum(len(document.text.split()) for document in documents)
    extractor = Extractor()
    nlp = import_module(DEFAULT_MODEL).load(exclude=["ner"])

    def bare() -> int:
        return sum(len(doc) for doc in nlp.pipe((d.text for d in documents), batch_size=64))

    def claims() -> int:
        return sum(len(extraction.claims) for extraction in extractor.stream(documents))

    claims_found, parse, extract = 0, 0.0, 0.0
    for _ in range(2):
        _, seconds = timed(bare)
        parse = max(parse, words / seconds)
        claims_found, seconds = timed(claims)
        extract = max(extract, words / seconds)
    figures = {
        "documents": len(documents),
        "words": words,
        "claims": claims_found,
        "parse, words/s": round(parse),
        "extraction, words/s": round(extract),
        "ratio": round(extract / parse, 3),
    }
    lines = [f"{name:22} {value}" for name, value in figures.items()]
    sys.stdout.write(json.dumps(figures) + "\n" if options.json else "\n".join(lines) + "\n")


def timed(run: Callable[[], int]) -> tuple[int, float]:
    """What a run returns, and the seconds of processor time it takes."""
    start = time.process_time()
    result = run()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
