"""Talking to a SPARQL endpoint: addresses, credentials, patience, and errors in words."""

import netrc
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import Any, Final, NoReturn, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from SPARQLWrapper import CONSTRUCT, JSON, POST, RDFXML, TURTLE, SPARQLExceptions, SPARQLWrapper

from kg.errors import QueryError, ServiceError, UsageError
from kg.version import __version__

_T = TypeVar("_T")

#: Environment variables, by what they set.
VARIABLES: Final = {
    "update": "KG_ENDPOINT_UPDATE",
    "store": "KG_ENDPOINT_STORE",
    "user": "KG_ENDPOINT_USER",
    "password": "KG_ENDPOINT_PASSWORD",
    "token": "KG_ENDPOINT_TOKEN",
    "timeout": "KG_ENDPOINT_TIMEOUT",
    "graphs": "KG_ENDPOINT_GRAPHS",
}
_TRIES: Final = 6
_PATIENCE: Final = 60
_LONGEST_WAIT: Final = 30.0
_BUSY: Final = (429, 503)
_AGENT: Final = f"foedus/{__version__}"
_STATUS: Final = {
    SPARQLExceptions.QueryBadFormed: 400,
    SPARQLExceptions.Unauthorized: 401,
    SPARQLExceptions.EndPointNotFound: 404,
    SPARQLExceptions.URITooLong: 414,
    SPARQLExceptions.EndPointInternalError: 500,
}


class TooLargeError(ServiceError):
    """A request body that the server finds too large."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service answers, and who asks.

    Attributes:
        query: URL for queries.
        update: URL for updates.
        store: URL of the Graph Store Protocol; None where none is known.
        user: user name for basic authentication.
        password: its password.
        token: bearer token, instead of both.
        timeout: seconds for one answer.
        graphs: graphs that queries run over which name none, where a server does not unite all by itself.
    """

    query: str
    update: str
    store: str | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    timeout: int = _PATIENCE
    graphs: tuple[str, ...] = ()

    @classmethod
    def of(cls, url: str, environment: Mapping[str, str] | None = None) -> "Address":
        """Read an address from the URL of an endpoint, the environment (`VARIABLES`) and the user's netrc file.

        Raises:
            UsageError: if the URL is none, or the timeout no number.

        >>> found = Address.of("http://localhost:7878/query", {})
        >>> found.update, found.store
        ('http://localhost:7878/update', 'http://localhost:7878/store')
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{url!r} is no address of an endpoint", hint="write it like http://localhost:7878/query")
        env = os.environ if environment is None else environment
        said = {name: env.get(variable, "") for name, variable in VARIABLES.items()}
        user, password = said["user"] or parts.username or "", said["password"] or parts.password or ""
        if not (user or said["token"]):
            user, password = _from_netrc(parts.hostname, env)
        plain = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))
        update, store = _siblings(plain)
        return cls(
            query=plain,
            update=said["update"] or update,
            store=said["store"] or store,
            user=user,
            password=password,
            token=said["token"],
            timeout=_seconds(said["timeout"]),
            graphs=tuple(said["graphs"].split()),
        )


def _siblings(url: str) -> tuple[str, str | None]:
    """URLs for updates and of the graph store that servers offer beside one for queries."""
    stem, slash, last = url.rpartition("/")
    match last:
        case "query":
            return f"{stem}/update", f"{stem}/store"
        case "sparql":
            return url, f"{stem}/store"
    if slash and stem.endswith("/repositories"):
        return f"{url}/statements", f"{url}/rdf-graphs/service"
    return url, None


def _seconds(text: str) -> int:
    if not text:
        return _PATIENCE
    if not text.isdecimal() or not int(text):
        raise UsageError(f"{VARIABLES['timeout']}={text} is no number of seconds", hint="set it to 60, say")
    return int(text)


def _from_netrc(host: str, environment: Mapping[str, str]) -> tuple[str, str]:
    path = environment.get("NETRC") or os.path.expanduser("~/.netrc")
    try:
        found = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return "", ""
    except (netrc.NetrcParseError, OSError) as error:
        raise UsageError(f"cannot read {path}: {error}", hint="mend it, or set KG_ENDPOINT_USER") from error
    return (found[0] or "", found[2] or "") if found else ("", "")


class Connection:
    """Sends requests, waits and tries again where the server is busy, and puts errors into words.

    Args:
        address: the service.
        sleep: waits some seconds.
    """

    def __init__(self, address: Address, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.address: Final = address
        self._sleep = sleep

    def query(self, text: str, form: str, parameters: Iterable[tuple[str, str]]) -> HTTPResponse:
        """Answer of the service to a query, as JSON results or, for graphs, in the format that it says."""
        wrapper = self._wrapper(TURTLE if form == CONSTRUCT else RDFXML if form == "DESCRIBE" else JSON)
        wrapper.queryString, wrapper.queryType = text, form
        for name, value in parameters:
            wrapper.addParameter(name, value)
        return self._send(lambda: self._ask(wrapper), self.address.query)

    def update(self, text: str) -> None:
        """Have the service run an update."""
        wrapper = self._wrapper(JSON)
        wrapper.queryString, wrapper.queryType = text, "INSERT"
        self._send(lambda: self._ask(wrapper), self.address.update).close()

    def post_graph(self, graph: str, triples: bytes) -> bool:
        """Add N-Triples to a named graph by the Graph Store Protocol; False where the service has none."""
        if self.address.store is None:
            return False
        url = f"{self.address.store}?graph={quote(graph, safe='')}"
        headers = {"Content-Type": "application/n-triples", "User-Agent": _AGENT} | self._authorization()
        request = urllib.request.Request(url, data=triples, headers=headers, method="POST")
        try:
            self._send(lambda: urllib.request.urlopen(request, timeout=self.address.timeout), url).close()
        except ServiceError as error:
            cause = error.__cause__
            if isinstance(cause, urllib.error.HTTPError) and cause.code in (404, 405, 501):
                return False
            raise
        return True

    def _wrapper(self, wanted: str) -> Any:
        wrapper = SPARQLWrapper(self.address.query, updateEndpoint=self.address.update, agent=_AGENT)
        wrapper.setReturnFormat(wanted)
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self.address.timeout)
        for name, value in self._authorization().items():
            wrapper.addCustomHttpHeader(name, value)
        if self.address.user and not self.address.token:
            wrapper.setCredentials(self.address.user, self.address.password)
        return wrapper

    def _authorization(self) -> dict[str, str]:
        if self.address.token:
            return {"Authorization": f"Bearer {self.address.token}"}
        if self.address.user:
            passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
            passwords.add_password(None, self.address.query, self.address.user, self.address.password)
            handler = urllib.request.HTTPBasicAuthHandler(passwords)
            passwords.update_authenticated(self.address.query, True)
            request = handler.http_request(urllib.request.Request(self.address.query))
            return {"Authorization": str(request.get_header("Authorization"))}
        return {}

    @staticmethod
    def _ask(wrapper: Any) -> HTTPResponse:
        response: HTTPResponse = wrapper.query().response
        return response

    def _send(self, ask: Callable[[], _T], url: str) -> _T:
        for attempt in range(_TRIES):
            try:
                return ask()
            except urllib.error.HTTPError as error:
                if error.code in _BUSY and attempt + 1 < _TRIES:
                    self._sleep(_wait(error, attempt))
                    continue
                _refused(error.code, _said(error.read()), url, error)
            except SPARQLExceptions.SPARQLWrapperException as error:
                _refused(
                    _STATUS.get(type(error), 500), str(error).partition("Response:\n")[2].strip("b'\""), url, error
                )
            except (OSError, HTTPException) as error:
                reason = getattr(error, "reason", None) or error or type(error).__name__
                raise ServiceError(
                    f"{url} does not answer: {reason}", hint="check the address and the network"
                ) from error
        raise AssertionError("unreachable")


def _wait(error: urllib.error.HTTPError, attempt: int) -> float:
    """Seconds until the next try: what the server asks for, else twice as long each time."""
    asked = error.headers.get("Retry-After", "")
    return min(float(asked) if asked.isdecimal() else 0.5 * 2**attempt, _LONGEST_WAIT)


def _said(body: bytes) -> str:
    return " ".join(body[:300].decode("utf-8", "replace").split())


def _refused(status: int, said: str, url: str, error: Exception) -> NoReturn:
    said = said.replace("\\n", " ")[:300]
    match status:
        case 400:
            raise QueryError(f"{url} cannot read the request: {said}", hint="mend the query") from error
        case 401 | 403:
            hint = f"set {VARIABLES['user']} and {VARIABLES['password']}, or {VARIABLES['token']}"
            raise ServiceError(f"{url} refuses access ({status})", hint=hint) from error
        case 413:
            raise TooLargeError(f"{url} finds the request too large") from error
        case 429 | 503:
            raise ServiceError(f"{url} is busy ({status}): {said}", hint="try again later") from error
        case 404 | 405:
            hint = f"name the URL for queries; {VARIABLES['update']} sets the one for updates"
            raise ServiceError(f"{url} is no SPARQL service ({status})", hint=hint) from error
    raise ServiceError(f"{url} answers {status}: {said}") from error
