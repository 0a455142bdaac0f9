"""``kg serve``."""

import secrets
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import StoreOption, complain
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.web.settings import Settings


def serve(
    store: StoreOption = None,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port; 0 is any free one.")] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="NAME", help="Address to listen at.")] = "127.0.0.1",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="S", min=0.1, help="Seconds that a request may take.")
    ] = 30.0,
    memory: Annotated[
        int, typer.Option("--memory", metavar="MB", min=16, help="Megabytes that a query may take.")
    ] = 1024,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, help="Queries that may run at the same time.")
    ] = 4,
    writable: Annotated[bool, typer.Option("--writable", help="Let those write who have the token.")] = False,
    token: Annotated[
        str, typer.Option("--token", metavar="T", envvar="KG_TOKEN", help="The token; a new one if none is given.")
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="Name under which the server may be called; repeatable."),
    ] = None,
    allow_federation: Annotated[
        bool, typer.Option("--allow-federation", help="Let queries call other services and updates fetch files.")
    ] = False,
    base: Annotated[
        str, typer.Option("--base", metavar="IRI", help="Base of the graph's IRIs, where it cannot be seen in it.")
    ] = "",
    cors: Annotated[
        str, typer.Option("--cors", metavar="ORIGIN", help="Whose pages may read answers; none for nobody's.")
    ] = "*",
    max_body: Annotated[int, typer.Option("--max-body", metavar="MB", min=1, help="Longest request.")] = 256,
    max_result: Annotated[int, typer.Option("--max-result", metavar="MB", min=1, help="Longest answer.")] = 1024,
) -> None:
    """Serve a store: a page at /, linked data at /id/..., SPARQL at /sparql, graphs at /store.

    A store that is not there is made. Writing needs --writable and the token.

    Examples:
      kg serve                                    ./kg-store at http://127.0.0.1:8000/
      kg serve --store kg-store --port 7000 --timeout 60
      kg serve --writable --token s3cret
      kg serve --host 0.0.0.0 --allow-host kg.example.org
    """  # fmt: skip
    from kg.sources import default_store
    from kg.web.settings import Settings

    made = writable and not token
    settings = Settings(
        store=store or default_store(exists=False),
        writable=writable,
        token=secrets.token_urlsafe(24) if made else token,
        timeout=timeout,
        memory=memory,
        workers=workers,
        max_body=max_body,
        max_result=max_result,
        allow_hosts=tuple(allow_host or ()),
        allow_federation=allow_federation,
        base=base,
        cors=() if cors == "none" else tuple(cors.split(",")),
    )
    if made:
        complain(f"writers send: Authorization: Bearer {settings.token}")
    _run(settings, host, port)


def _run(settings: "Settings", host: str, port: int) -> None:
    try:
        import uvicorn

        from kg.web.app import make_app
    except ImportError as error:
        raise UsageError("kg serve needs more packages", hint="pip install 'foedus[web]'") from error
    from kg.store import open_store

    if not settings.store.exists():
        open_store(settings.store).close()
    with _listening(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        how = "readers and, with the token, writers" if settings.writable else "readers"
        complain(f"{settings.store} at http://{name}:{listener.getsockname()[1]}/ for {how}; Ctrl-C ends")
        config = uvicorn.Config(make_app(settings), log_level="error", access_log=False, timeout_graceful_shutdown=5)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            complain("ended")


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, else answers wait for others
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        hint = "another program may use the port; name one with --port"
        raise UsageError(f"cannot listen at {host}:{port}: {error.strerror}", hint=hint) from error
    return listener
