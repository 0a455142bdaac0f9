"""The shipped questions, and how a user names one."""

from difflib import get_close_matches
from pathlib import Path

from kg.errors import InputError, QueryError, UsageError
from kg.queries.header import Question, parse_question
from kg.resources import resource


def catalogue() -> tuple[Question, ...]:
    """Every shipped question, by name.

    >>> "leaders" in {question.name for question in catalogue()}
    True
    """
    return tuple(_read(path) for path in sorted(resource("queries").glob("*.rq")))


def find(name: str) -> Question:
    """The question that a user means: a shipped one by name, a ``.rq`` file by path, or SPARQL text itself.

    Raises:
        UsageError: a name that no shipped question has.
        InputError: a file that is missing or not UTF-8.

    >>> find("leaders").name
    'leaders'
    >>> find("SELECT * { ?s ?p ?o }").name
    'the query'
    """
    if "{" in name:
        return parse_question("the query", name)
    shipped = resource("queries", f"{name}.rq")
    if "/" not in name and "\\" not in name and shipped.is_file():
        return _read(shipped)
    if Path(name).suffix == ".rq" or "/" in name or Path(name).is_file():
        return _read(Path(name))
    names = [path.stem for path in sorted(resource("queries").glob("*.rq"))]
    near = get_close_matches(name, names, n=3)
    advice = f"did you mean {' or '.join(near)}?" if near else "kg query --list shows them all"
    raise UsageError(f"no question is called {name!r}", hint=advice)


def _read(path: Path) -> Question:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read the query file {path}: {error.strerror}", hint="check its name") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 at byte {error.start}", hint="save it as UTF-8") from error
    if not text.strip():
        raise QueryError(f"{path} is empty", hint="write a SPARQL query into it")
    return parse_question(path.stem, text)
