"""Fixtures that every room's tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

#: The first example may load what later ones find loaded, and a machine may be busy: time fails no property.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; its tests are skipped in a clone without it."""
    if not (SHARED / "DESIGN.md").is_file():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED
