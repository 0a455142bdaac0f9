"""What a server is told when it starts."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

#: Names by which a machine calls itself.
LOOPBACK: Final = ("localhost", "ip6-localhost")

MEGABYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server is told when it starts.

    Attributes:
        store: folder of the store.
        writable: whether those who have the token may write.
        token: what writers have to show.
        timeout: seconds for one request.
        memory: megabytes that one query may take.
        workers: how many queries may run at the same time.
        max_body: megabytes of a request's body.
        max_result: megabytes of an answer.
        allow_hosts: names under which the server may be called, besides loopback names and addresses; ``*`` is any.
        allow_federation: whether queries may call other services (``SERVICE``) and updates fetch files (``LOAD``).
        base: base of the graph's IRIs; found in the graph where empty.
        cors: origins whose pages may read answers; ``*`` is any, empty is none.
    """

    store: Path
    writable: bool = False
    token: str = field(default="", repr=False)
    timeout: float = 30.0
    memory: int = 1024
    workers: int = 4
    max_body: int = 256
    max_result: int = 1024
    allow_hosts: tuple[str, ...] = ()
    allow_federation: bool = False
    base: str = ""
    cors: tuple[str, ...] = ("*",)

    def allows(self, host: str) -> bool:
        """Whether a request for this ``Host`` is answered.

        A page elsewhere whose name has been pointed at this machine asks under that name; addresses and names of the
        machine itself cannot be such names.

        >>> settings = Settings(Path("kg-store"), allow_hosts=("kg.example.org",))
        >>> [settings.allows(host) for host in ("localhost:8000", "[::1]:8000", "kg.example.org", "evil.example")]
        [True, True, True, False]
        """
        name = host_name(host)
        if name in LOOPBACK or name.endswith(".localhost") or "*" in self.allow_hosts:
            return True
        return name in (known.lower() for known in self.allow_hosts) or is_address(name)


def host_name(host: str) -> str:
    """Name or address in a ``Host`` header, without port and brackets.

    >>> host_name("LOCALHOST:8000"), host_name("[::1]:8000"), host_name("127.0.0.1")
    ('localhost', '::1', '127.0.0.1')
    """
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return name.lower().rstrip(".")


def is_address(name: str) -> bool:
    """Whether a host is given by its address.

    >>> is_address("127.0.0.1"), is_address("::1"), is_address("1.example")
    (True, True, False)
    """
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
