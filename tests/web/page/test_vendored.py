"""What is vendored is what its manifest says, with its licences; nothing of it reaches out."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = [ROOT / "kg" / "web" / "static" / "vendor", ROOT / "tests" / "web" / "vendor"]
TABLE: list[dict[str, Any]] = json.loads((ROOT / "tools" / "vendor.json").read_text(encoding="utf-8"))


def manifest(folder: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    return entries


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "tests"])
def test_the_manifest_names_every_file_with_its_checksum(folder: Path) -> None:
    stated = {name: digest for entry in manifest(folder) for name, digest in entry["files"].items()}
    there = [path for path in folder.rglob("*") if path.is_file() and path.name != "MANIFEST.json"]
    found = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in there}
    assert stated == found


def test_the_table_and_the_manifests_name_the_same_versions() -> None:
    wanted = {(entry["name"], entry["version"], entry["integrity"]) for entry in TABLE}
    there = [entry for folder in FOLDERS for entry in manifest(folder)]
    assert {(entry["name"], entry["version"], entry["integrity"]) for entry in there} == wanted


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "tests"])
def test_every_package_and_what_it_bundles_comes_with_its_licence(folder: Path) -> None:
    for entry in manifest(folder):
        file = next(name for name in entry["files"] if "LICENSES" in name)
        text = (folder / file).read_text(encoding="utf-8")
        for part in (entry, *entry["bundles"]):
            assert f"{part['name']} {part['version']} ({part['licence']})\n" in text


def test_the_editor_knows_our_prefixes_and_no_others() -> None:
    script = (FOLDERS[0] / "yasgui" / "yasgui.min.js").read_text(encoding="utf-8")
    assert '"kg":"https://w3id.org/foedus/ontology#"' in script
    assert "prefix.cc" not in script
    assert "foaf=`" not in script
