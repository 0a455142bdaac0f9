"""Claims as a table, one row each, in Apache Parquet."""

import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from kg.claims import Claim, ClaimRef, Entity
from kg.errors import UsageError


def rows(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """Rows of the table, in the order of claims.

    >>> from kg.claims import Role
    >>> row = rows([Claim("Size", (Role("of", Entity("coalition/c", "Coalition", "C")), Role("number", 35)))])[0]
    >>> row["kind"], [(role["role"], role["filler"]) for role in row["roles"]]
    ('Size', [('number', '35'), ('of', 'coalition/c')])
    """
    return [_row(claim) for claim in sorted(claims)]


def _row(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.key,
        "content": claim.content_key,
        "kind": claim.kind,
        "modality": claim.modality,
        "performance": claim.performance,
        "negated": claim.negated,
        "vouched": claim.vouched,
        "holder": claim.holder.id if claim.holder else None,
        "condition": claim.condition.words if claim.condition else None,
        "place": claim.place.id if claim.place else None,
        "occasion": claim.occasion or None,
        "time": claim.time.value if claim.time else None,
        "roles": [{"role": r.name, "filler": _filler(r.filler), "label": _label(r.filler)} for r in claim.roles],
        "evidence": [
            {"document": e.document, "start": e.sentence.start, "end": e.sentence.end, "sentence": e.sentence.words}
            for e in claim.evidence
        ],
    }


def _filler(filler: object) -> str:
    match filler:
        case Entity(id=identifier):
            return identifier
        case ClaimRef(key=key):
            return key
    return str(filler)


def _label(filler: object) -> str | None:
    return filler.label if isinstance(filler, Entity) else None


def write_parquet(claims: Iterable[Claim], stream: BinaryIO) -> None:
    """Write the table.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow", hint="pip install 'foedus[parquet]'") from error
    text, flag, number = pa.string(), pa.bool_(), pa.int64()
    role = pa.struct([("role", text), ("filler", text), ("label", text)])
    evidence = pa.struct([("document", text), ("start", number), ("end", number), ("sentence", text)])
    schema = pa.schema(
        [
            *((name, text) for name in ("claim", "content", "kind", "modality", "performance")),
            *((name, flag) for name in ("negated", "vouched")),
            *((name, text) for name in ("holder", "condition", "place", "occasion", "time")),
            ("roles", pa.list_(role)),
            ("evidence", pa.list_(evidence)),
        ]
    )
    buffer = io.BytesIO()  # the writer seeks, which a pipe cannot
    parquet.write_table(pa.Table.from_pylist(rows(claims), schema=schema), buffer)
    stream.write(buffer.getvalue())
