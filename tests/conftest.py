"""Fixtures that every room's tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; its tests are skipped in a clone without it."""
    if not (SHARED / "DESIGN.md").is_file():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED
