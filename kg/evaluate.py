"""How good an extraction is: precision, recall, F1, attributes, overclaims, with intervals and every error.

The figures are those of the interchange format's rules (``docs/facts.md``); the intervals come from resampling
documents with a fixed seed, so the same input gives the same figures.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.facts import Fact
from kg.scoring import ATTRIBUTES, Outcome, Tally, attribute, match, norm, plain, rates, summary

#: How many times the documents are drawn anew for the intervals.
SAMPLES: Final = 1000
_SEED: Final = 20250306
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'”’)\]]*(?=\s+[\"'“‘(]?[A-Z0-9])|(?=\n)|\Z)", re.S)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the interchange format."""

    id: str
    facts: tuple[Fact, ...]
    text: str = ""
    date: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is not as in the gold.

    Attributes:
        kind: ``missed``, ``wrong`` (extracted, not in the gold), ``overclaim`` (stated as plain fact, and it is none)
            or ``attribute`` (another modality, negation or holder).
        document: the document's id.
        fact: the gold fact, or the wrong one.
        got: what was extracted instead, for the last two kinds.
        sentence: the sentence that it is about, as far as the words tell.
    """

    kind: str
    document: str
    fact: Fact
    got: Fact | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures and what lies behind them.

    Attributes:
        outcomes: by document, in the order of the gold.
        tally: the sum of their counts.
        texts: the documents' texts, to quote sentences from.
    """

    outcomes: tuple[Outcome, ...]
    tally: Tally
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, Any]:
        """By type of fact and for ``all``: precision, recall, f1, gold, system; attributes; overclaims."""
        return summary(self.tally)

    def intervals(self, *, samples: int = SAMPLES) -> dict[str, tuple[float, float]]:
        """95 % intervals of F1 by type, and of the overclaim rate, by drawing documents anew."""
        return _intervals([outcome.tally for outcome in self.outcomes], samples)

    def confusion(self) -> dict[tuple[str, str], int]:
        """How often a gold event of one type was extracted as another; ``""`` stands for nothing."""
        table = Counter[tuple[str, str]]()
        for outcome in self.outcomes:
            table.update(_confused(outcome))
        return dict(sorted(table.items()))

    def mistakes(self) -> list[Mistake]:
        """Every mistake with its sentence, in the order of the documents."""
        return [mistake for outcome in self.outcomes for mistake in _mistakes(outcome, self.texts.get(outcome.id, ""))]

    def as_json(self) -> dict[str, Any]:
        """Figures, intervals and confusion, as JSON takes them."""
        confusion = [{"gold": a or None, "system": b or None, "events": n} for (a, b), n in self.confusion().items()]
        return {
            **self.figures,
            "documents": len(self.outcomes),
            "intervals": {name: list(ends) for name, ends in self.intervals().items()},
            "confusion": confusion,
        }


def evaluate(
    gold: str | Path,
    *,
    system: str | Path | None = None,
    ontology: Sequence[str | Path] = (),
    lexicon: Sequence[str | Path] = (),
    jobs: int = 1,
) -> Evaluation:
    """Measure facts against gold facts.

    Args:
        gold: gold file in the interchange format, or ``-``.
        system: extracted facts; without it they are extracted from the texts of the gold.
        ontology: own ontology files, for extraction.
        lexicon: own lexicon files, for extraction.
        jobs: number of processes for extraction.

    Raises:
        InputError: if a file is missing or malformed.
    """
    rows = load(gold)
    if not rows:
        raise InputError(f"{gold}: empty", hint='each line is one {"id", "text", "facts": [...]}')
    if system is not None:
        return compare(rows, {row.id: row.facts for row in load(system)})
    return compare(rows, _extracted(gold, rows, ontology, lexicon, jobs))


def compare(gold: Sequence[Row], system: Mapping[str, Sequence[Fact]]) -> Evaluation:
    """Measure extracted facts, by document, against gold rows; only documents of the gold count."""
    outcomes = tuple(match(row.id, row.facts, system.get(row.id, ())) for row in gold)
    total = Tally()
    for outcome in outcomes:
        total.add(outcome.tally)
    return Evaluation(outcomes, total, {row.id: row.text for row in gold})


def _extracted(
    gold: str | Path, rows: Sequence[Row], ontology: Sequence[str | Path], lexicon: Sequence[str | Path], jobs: int
) -> dict[str, list[Fact]]:
    from kg.build import Pipeline
    from kg.documents import document
    from kg.facts import facts

    if not any(row.text.strip() for row in rows):
        raise InputError(f"{gold} holds no texts to extract from", hint="give the extracted facts with --system FILE")
    documents = (document(row.text, id=row.id, date=row.date, title=row.title) for row in rows if row.text.strip())
    pipeline = Pipeline(ontology=tuple(ontology), lexicon=tuple(lexicon), jobs=jobs)
    return {found.document.id: facts(found.document, found.claims) for found in pipeline.stream(documents)}


def load(path: str | Path) -> list[Row]:
    """Rows of a file in the interchange format; of several under one id the last counts.

    Raises:
        InputError: if it is missing, or a line is not ``{"id", "facts": [...]}``.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}", hint="check the name of the file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}", hint="save it as UTF-8") from error
    rows = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row = _row(line, f"{name}:{number}")
            rows[row.id] = row
    return list(rows.values())


def _row(line: str, where: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not valid JSON ({error})", hint="each line must be one JSON object") from error
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise InputError(f'{where}: no JSON object with an "id"', hint='each line is {"id", "text", "facts": [...]}')
    facts = value.get("facts")
    if not isinstance(facts, list) or not all(isinstance(fact, dict) and "type" in fact for fact in facts):
        raise InputError(f'{where}: "facts" is no list of objects with a "type"', hint="see docs/facts.md")
    strings = {key: value[key] for key in ("text", "date", "title") if isinstance(value.get(key), str)}
    return Row(value["id"], tuple(facts), strings.get("text", ""), strings.get("date"), strings.get("title"))


# ---------------------------------------------------------------- intervals


def _intervals(tallies: Sequence[Tally], samples: int) -> dict[str, tuple[float, float]]:
    if not tallies:
        return {}
    kinds = sorted({kind for tally in tallies for kind in tally.types})
    # One flat row of counts a document, so that drawing is adding rows.
    rows = [
        [tally.overclaims, tally.plain, *(n for kind in kinds for n in tally.types.get(kind, (0, 0, 0)))]
        for tally in tallies
    ]
    generator = random.Random(_SEED)
    drawn: dict[str, list[float]] = {name: [] for name in (*kinds, "all", "overclaim_rate")}
    for _ in range(samples):
        sums = [sum(column) for column in zip(*generator.choices(rows, k=len(rows)), strict=True)]
        counts = [sums[2 + 3 * i : 5 + 3 * i] for i in range(len(kinds))]
        for kind, (found, gold, system) in zip(kinds, counts, strict=True):
            if gold or system:  # a sample without the type says nothing of it
                drawn[kind].append(rates(found, gold, system)[2])
        drawn["all"].append(rates(*(sum(column) for column in zip(*counts, strict=True)))[2] if counts else 0.0)
        drawn["overclaim_rate"].append(sums[0] / sums[1] if sums[1] else 0.0)
    return {name: _middle(values) for name, values in drawn.items() if values}


def _middle(values: list[float]) -> tuple[float, float]:
    """Ends of the middle 95 %.

    >>> _middle([float(n) for n in range(1001)])
    (25.0, 975.0)
    """
    values.sort()
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]


# ---------------------------------------------------------------- mistakes


def _confused(outcome: Outcome) -> Iterable[tuple[str, str]]:
    """Types of events that belong together: matched ones, then those on the same trigger."""
    yield from ((gold["event"], got["event"]) for gold, got in outcome.matched if gold["type"] == "event")
    left = [fact for fact in outcome.wrong if fact["type"] == "event"]
    for gold in (fact for fact in outcome.missed if fact["type"] == "event"):
        got = next((fact for fact in left if _same_trigger(gold, fact)), None)
        if got is not None:
            left.remove(got)
        yield gold["event"], got["event"] if got else ""
    yield from (("", fact["event"]) for fact in left)


def _same_trigger(a: Fact, b: Fact) -> bool:
    return bool(set(norm(a.get("trigger")).split()) & set(norm(b.get("trigger")).split()))


def _mistakes(outcome: Outcome, text: str) -> Iterable[Mistake]:
    sentences = [found.group().strip() for found in _SENTENCE.finditer(text)]
    for fact in outcome.missed:
        yield Mistake("missed", outcome.id, fact, None, _sentence(fact, sentences))
    for fact in outcome.wrong:
        yield Mistake("wrong", outcome.id, fact, None, _sentence(fact, sentences))
    for gold, got in outcome.matched:
        if gold["type"] not in ("guarantee", "force") and plain(got) and not plain(gold):
            yield Mistake("overclaim", outcome.id, gold, got, _sentence(gold, sentences))
        elif gold["type"] == "event" and any(attribute(gold, name) != attribute(got, name) for name in ATTRIBUTES):
            yield Mistake("attribute", outcome.id, gold, got, _sentence(gold, sentences))


def _sentence(fact: Fact, sentences: Sequence[str]) -> str:
    """The sentence that holds most of a fact's words, its trigger before all."""
    trigger = fact.get("trigger") or fact.get("text") or ""
    names = [
        value for value in _strings({k: v for k, v in fact.items() if k not in ("type", "event", "trigger")}) if value
    ]

    def fit(sentence: str) -> tuple[bool, int]:
        return bool(trigger) and trigger in sentence, sum(name in sentence for name in names)

    best = max(sentences, key=fit, default="")
    return best if any(fit(best)) else ""


def _strings(value: object) -> Iterable[str]:
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from _strings(item)
        case list():
            for item in value:
                yield from _strings(item)
