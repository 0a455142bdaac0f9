"""The command line: parse arguments, call one function, print.

Exit status: 0 done (notices included); 1 done with findings or with skipped input; 2 wrong use or unusable input;
3 a service out of reach; 130 interrupted. An error is one line on standard error. Commands import what they call when
they run, so that ``kg --help`` stays quick.
"""

import functools
import inspect
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Final

import typer
from typer import Abort, TyperException

from kg.cli import build, check, diff, evaluate, explain, export, load, query, serve
from kg.cli.common import complain
from kg.errors import KgError

_INTERRUPTED: Final = 130
_WRONG_USE: Final = 2


class _InterruptError(Exception):
    """Ctrl-C; typer must not make an exit status of it unseen."""


class _EnoughError(Exception):
    """Whoever reads our output has had enough."""


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose interruption reaches `run`."""

    @functools.wraps(command)
    def guarded(*args: object, **options: object) -> None:
        try:
            command(*args, **options)
            sys.stdout.flush()
        except KeyboardInterrupt:
            raise _InterruptError from None
        except BrokenPipeError:
            raise _EnoughError from None

    return guarded


def _laid_out(command: Callable[..., object]) -> str:
    """A docstring as help: examples and exit statuses keep their lines."""
    text = inspect.cleandoc(command.__doc__ or "")
    return re.sub(r"(?m)^(?=Examples:|Exit status:)", "\b\n", text)


app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (
    build.build,
    query.query,
    export.export,
    load.load,
    load.forget,
    check.check,
    explain.explain,
    diff.diff,
    evaluate.evaluate,
    serve.serve,
):
    app.command(help=_laid_out(command))(_guarded(command))


def _show_version(wanted: bool) -> None:
    if wanted:
        from kg.version import __version__

        typer.echo(f"kg {__version__}")
        raise typer.Exit


def about(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Read news about security diplomacy; write a knowledge graph with the exact words that say so.

    Examples:
      kg build article.txt -o graph.ttl       what one article says, as Turtle
      kg build news/ --store kg-store         a folder of articles into a store
      kg query guarantees                     who guarantees what to whom, on what condition
      kg explain "Emmanuel Macron"            the sentences behind it, with the words marked
      kg COMMAND --help                       options and examples of a command

    Exit status: 0 done; 1 done, with findings or skipped input; 2 wrong use or unusable input;
    3 a service is out of reach; 130 interrupted.
    """


app.callback(help=_laid_out(about))(about)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``kg`` and exit."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run ``kg`` and return its exit status; what goes wrong is told in one line."""
    try:
        status = app(None if arguments is None else list(arguments), prog_name="kg", standalone_mode=False)
    except KgError as error:
        complain(str(error))
        return error.exit_status
    except _EnoughError:
        # Nothing may be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Abort, _InterruptError):
        complain("interrupted; what was there before is as it was, what was finished is kept")
        return _INTERRUPTED
    except TyperException as error:
        return _wrong_use(error)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}")
        return _WRONG_USE
    except MemoryError:
        complain("there is not enough memory for this (try fewer or smaller documents at a time)")
        return _WRONG_USE
    return status if isinstance(status, int) else 0


def _wrong_use(error: TyperException) -> int:
    """Say what is wrong with the arguments, and where help is; help that was asked for by no arguments just stands."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(context.get_help() if context else "", err=True)
        return _WRONG_USE
    command = context.command_path if context else "kg"
    message = " ".join(error.format_message().split()).rstrip(".")
    complain(f"{message[:1].lower()}{message[1:]} ({command} --help shows how to use it)")
    return _WRONG_USE
