"""Take the pictures of the page that `docs/page.md` shows: the examples, served as a user would serve them.

::

    python -m tools.make_screenshots

It needs Debian's Chromium and Playwright (``pip install 'foedus[test]'``).
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import kg

ROOT: Final = Path(__file__).resolve().parent.parent
IMAGES: Final = ROOT / "docs" / "images"
CHROMIUM: Final = "/usr/bin/chromium"
#: Name, address, what to wait for (a link in it is clicked), color scheme, width and height.
VIEWS: Final[tuple[tuple[str, str, str, Literal["light", "dark"], int, int], ...]] = (
    ("document", "/page/document/paris-summit", "mark.is-conditional a", "light", 1180, 760),
    ("entity", "/page/state/UKR", "h1", "light", 1180, 700),
    ("graph", "/graph?standing=fact&standing=planned", "[data-ready=yes]", "light", 1180, 760),
    ("guarantees", "/guarantees", "table", "light", 1180, 560),
    ("claims", "/claims?standing=claimed", "article", "dark", 1180, 620),
    ("phone", "/page/document/paris-summit", "[data-text]", "light", 390, 700),
)


def main() -> int:
    """Build a store from the examples, serve it, and take the pictures."""
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        kg.build(ROOT / "examples" / "articles", store=Path(folder, "store"), date="2026-01-07").store.close()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(Path(folder, "store")) as address:
            for name, path, element, scheme, width, height in VIEWS:
                tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                tab.goto(address + path)
                tab.locator(element).first.wait_for()
                if element.endswith(" a"):
                    tab.locator(element).first.click()
                tab.wait_for_timeout(1200)  # smooth scrolling
                tab.screenshot(path=IMAGES / f"{name}.png")
                tab.close()
                sys.stdout.write(f"docs/images/{name}.png\n")
        browser.close()
    return 0


@contextmanager
def served(store: Path) -> Iterator[str]:
    """Address of a server over a store, ended afterwards."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", "--workers", "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        told = next(found for line in process.stderr if (found := re.search(r"http://[\w.:]+", line)))
        try:
            yield told.group()
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
