"""Copy the browser assets that the page uses into the repository, each with its licence and a checksum.

::

    python -m tools.vendor

``tools/vendor.json`` names exact versions with their integrity (as ``npm`` states it). Each package is fetched by
``npm pack`` and checked; the files named go below ``into``, beside a ``LICENSES.txt`` with the texts of the licences of
the package and of what it bundles, and all of it is entered in ``MANIFEST.json``. So users and tests need no Node.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.ontology import Ontology
from kg.quads import NAMESPACES

ROOT: Final = Path(__file__).resolve().parent.parent
TABLE: Final = ROOT / "tools" / "vendor.json"
_MAP: Final = re.compile(rb"^//# sourceMappingURL=.*\Z", re.MULTILINE)
_KG: Final = Ontology.load().expand("kg:")
_LICENCE: Final = re.compile(r"package/(?:licen[cs]e|copying|notice)[^/]*", re.IGNORECASE)
#: The editor's bundled list of prefixes: some hundred names that anybody could register, advertising among them.
_PREFIXES: Final = re.compile(r"(?:[\w$]+=`[^`]*`,)+prefixes_default=\{[^}]*\}")
_MIT: Final = """\
MIT License

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
Entry = Mapping[str, Any]


def main() -> int:
    """Fetch, check and copy everything."""
    table: list[Entry] = json.loads(TABLE.read_text(encoding="utf-8"))
    for into in sorted({entry["into"] for entry in table}):
        target = ROOT / into
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as folder:
            entries = [copied(entry, target, Path(folder)) for entry in table if entry["into"] == into]
        text = json.dumps(entries, indent=2, sort_keys=True)
        (target / "MANIFEST.json").write_text(f"{text}\n", encoding="utf-8")
        sys.stdout.write(f"{into}: {len(entries)} packages\n")
    return 0


def copied(entry: Entry, target: Path, scratch: Path) -> dict[str, object]:
    """Copy a package's files and licences below a folder; its entry for the manifest."""
    files = packed(entry, scratch)
    folder = target / Path(next(iter(entry["files"].values()))).parent
    written: list[Path] = []
    for source, name in entry["files"].items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(adapted(files[source], own_prefixes=source in entry.get("own_prefixes", ())))
        written.append(path)
    licence = folder / f"LICENSES-{entry['name'].rpartition('/')[2]}.txt"
    licence.write_text("\n".join(licences(entry, files, scratch)), encoding="utf-8")
    return {
        **{key: entry[key] for key in ("name", "version", "licence", "integrity")},
        "bundles": [{key: part[key] for key in ("name", "version", "licence")} for part in entry.get("bundles", ())],
        "changed": sorted(to for of, to in entry["files"].items() if (target / to).read_bytes() != files[of]),
        "files": {
            str(path.relative_to(target)): hashlib.sha256(path.read_bytes()).hexdigest() for path in [*written, licence]
        },
    }


def packed(entry: Entry, scratch: Path) -> dict[str, bytes]:
    """Files of a package by their path inside it, after a check of the whole.

    Raises:
        InputError: if it is not the package that the table means.
    """
    name = f"{entry['name']}@{entry['version']}"
    command = ["npm", "pack", name, "--json", "--silent", "--ignore-scripts", "--pack-destination", str(scratch)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    archive = scratch / json.loads(done.stdout)[0]["filename"].replace("@", "").replace("/", "-")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != entry["integrity"]:
        raise InputError(f"{name} is not the package that {TABLE.name} means", hint="find out who changed it")
    with tarfile.open(archive) as tar:
        members = [member for member in tar.getmembers() if member.isfile()]
        return {m.name.partition("/")[2]: _content(tar, m) for m in members if _wanted(m.name, entry)}


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    return stream.read() if stream else b""


def _wanted(name: str, entry: Entry) -> bool:
    inside = name.partition("/")[2]
    return inside in entry.get("files", ()) or bool(_LICENCE.fullmatch(f"package/{inside}"))


def licences(entry: Entry, files: Mapping[str, bytes], scratch: Path) -> Iterator[str]:
    """Texts of the licences of a package and of all that is bundled into its files."""
    for part in (entry, *entry.get("bundles", ())):
        found = files if part is entry else packed(part, scratch)
        texts = [text.decode() for name, text in sorted(found.items()) if _LICENCE.fullmatch(f"package/{name}")]
        if not texts:  # the package declares its licence and leaves out the text
            texts = [_MIT.format(copyright=part.get("copyright", f"Copyright (c) the authors of {part['name']}"))]
        rule = "=" * 100
        yield f"{rule}\n{part['name']} {part['version']} ({part['licence']})\n{rule}\n"
        yield from (f"{text.strip()}\n" for text in texts)


def adapted(script: bytes, *, own_prefixes: bool) -> bytes:
    """A file as it is shipped: without the address of a map that is not there, perhaps with our prefixes."""
    plain = _MAP.sub(b"", script)
    return with_own_prefixes(plain) if own_prefixes else plain


def with_own_prefixes(script: bytes) -> bytes:
    """The editor with our prefixes in place of its bundled list.

    Raises:
        InputError: if the list is not where it was.

    >>> with_own_prefixes(b"x,a=`http://spam/`,b=`http://b/`,prefixes_default={a,b},y")[:40]
    b'x,prefixes_default={"dcterms":"http://pu'
    """
    own = json.dumps({"kg": _KG, **NAMESPACES}, sort_keys=True, separators=(",", ":"))
    text, count = _PREFIXES.subn(lambda _: f"prefixes_default={own}", script.decode())
    if count != 1:
        raise InputError("the editor's list of prefixes was not found", hint="look for prefixes_default in it")
    return text.encode()


if __name__ == "__main__":
    sys.exit(main())
