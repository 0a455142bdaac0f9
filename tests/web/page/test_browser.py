"""The page in a browser: paths that people take; any request elsewhere, console error or page error fails the test."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

from tests.web.conftest import TOKEN, Server, serving
from tests.web.page.conftest import HOSTILE, PLEDGE, RAID, claims, key_of
from tests.web.page.serving import VIEWS, filled

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if p.is_file()), None)
PAGES = (*VIEWS, "/page/document/pledge", "/page/state/PER", f"/page/claim/{key_of('Guarantee')}", "/sign-in")
Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = filled(tmp_path_factory.mktemp("browser") / "store", claims(), [PLEDGE, RAID, HOSTILE])
    with serving(folder, "--workers", "2", "--writable", "--token", TOKEN) as running:
        yield running


@pytest.fixture
def opened(chromium: Any) -> Iterator[Opened]:
    """Opens a tab; in the end nothing may have gone wrong in any."""
    problems: list[str] = []
    contexts = []

    def open_tab(server: Server, address: str = "/", **options: Any) -> Any:
        host = urlsplit(server.url).netloc
        contexts.append(context := chromium.new_context(base_url=server.url, **options))
        tab = context.new_page()
        tab.set_default_timeout(20_000)

        def asked(request: Any) -> None:
            if urlsplit(request.url).netloc not in ("", host):
                problems.append(f"request: {request.url}")

        def said(message: Any) -> None:
            if message.type in ("error", "warning"):
                problems.append(f"console: {message.text}")

        tab.on("request", asked)
        tab.on("console", said)
        tab.on("pageerror", lambda error: problems.append(f"error: {error}"))
        tab.goto(address)
        return tab

    yield open_tab
    for context in contexts:
        context.close()
    assert problems == []


def sign_in(tab: Any, after: str) -> None:
    tab.goto(f"/sign-in?next={quote(after)}")
    tab.get_by_label("Token").fill(TOKEN)
    tab.get_by_label("Your name").fill("Ana")
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url(f"**{after}")


# ---------------------------------------------------------------- the whole path


@pytest.mark.model
def test_a_newcomer_goes_from_an_empty_store_to_an_answer(opened: Opened, tmp_path: Path) -> None:
    articles = [str(ROOT / "examples" / "articles" / name)
                for name in ("paris-summit.txt", "paris-reaction.txt", "northern-watch.md")]  # fmt: skip
    with serving(tmp_path / "store", "--workers", "1", "--writable", "--token", TOKEN) as server:
        tab = opened(server)
        tab.get_by_role("link", name="Add documents").click()
        sign_in(tab, "/add")
        tab.get_by_label("Text, Markdown, HTML").set_input_files(articles)
        tab.get_by_label("Date of documents that state none").fill("2026-01-07")
        tab.get_by_role("button", name="Read").click()
        tab.get_by_role("heading", name="Added").wait_for(timeout=90_000)
        assert tab.locator("ul.documents li").count() == 3

        tab.goto("/guarantees")  # open a guarantee, see its sentence marked
        tab.locator("table.matrix td a").first.click()
        tab.locator("article.statement a.kind").first.click()
        assert tab.locator("blockquote mark.trigger").first.inner_text()
        tab.locator("figure.quote figcaption a").first.click()
        assert tab.locator("[data-text] mark.trigger").count() > 10

        tab.goto("/graph")
        tab.locator("[data-ready=yes]").wait_for()
        before = tab.evaluate("kgGraph.nodes().length")
        tab.locator(".facet a", has_text="planned").click()
        tab.locator("[data-ready=yes]").wait_for()
        assert 0 < tab.evaluate("kgGraph.nodes().length") < before

        tab.goto("/questions/guarantees")
        tab.get_by_label("Beneficiary").fill("Ukraine")
        tab.get_by_role("button", name="Ask").click()
        rows = tab.locator("tbody tr").count()
        with tab.expect_download() as download:
            tab.get_by_role("link", name="CSV").first.click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert len(list(csv.DictReader(io.StringIO(text)))) == rows > 0

        tab.goto("/page/state/UKR")
        turtle = tab.request.get(tab.locator("link[type='text/turtle']").get_attribute("href")).body()
        assert len(list(ox.parse(turtle, ox.RdfFormat.TURTLE))) > 20


@pytest.mark.model
def test_a_dropped_article_opens_in_place(opened: Opened, server: Server) -> None:
    tab = opened(server)
    sign_in(tab, "/add")
    text = "Truce holds\\n\\nPeru promised on Monday to defend Chile if Bolivia attacks it."
    dropped = tab.evaluate_handle(f"""() => {{
        const carried = new DataTransfer();
        carried.items.add(new File(["{text}"], "truce.txt"));
        return carried;
    }}""")
    tab.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    assert tab.locator("[data-files] li").inner_text() == "truce.txt"
    tab.get_by_role("button", name="Read").click()
    tab.wait_for_url("**/page/document/truce", timeout=90_000)
    assert "defend" in "".join(tab.locator("mark.trigger").all_inner_texts())


# ---------------------------------------------------------------- single views


def test_clicking_a_mark_shows_its_statement_and_back(opened: Opened, server: Server) -> None:
    tab = opened(server, "/page/document/pledge")
    tab.locator("mark.trigger a", has_text="struck").click()
    picked = tab.locator("article.picked")
    assert "Chile" in picked.inner_text()
    assert tab.evaluate("document.activeElement.id") == picked.get_attribute("id")
    assert tab.url.endswith(f"#{picked.get_attribute('id')}")
    other = tab.locator("article.statement", has_text="guarantee").first
    other.click(position={"x": 400, "y": 20})
    assert "promised to defend" in "".join(tab.locator("mark.picked.trigger").all_inner_texts())


def test_a_link_to_a_statement_shows_its_words(opened: Opened, server: Server) -> None:
    tab = opened(server, "/page/document/pledge#s2")
    assert tab.locator("article.picked").get_attribute("id") == "s2"
    assert tab.locator("mark.picked").count() > 0


def test_the_graph_opens_up_and_can_be_taken_away(opened: Opened, server: Server) -> None:
    tab = opened(server, "/graph?around=coalition/southern-union")
    tab.locator("[data-ready=yes]").wait_for()
    assert sorted(tab.evaluate("kgGraph.nodes().map((n) => n.data('label'))")) == ["Kenya", "Southern Union"]
    tab.evaluate("kgGraph.getElementById('state/KEN').emit('tap')")
    assert "Kenya" in tab.locator("[data-picked]").inner_text()
    tab.get_by_role("button", name="Open up more around it").click()
    look = "const look = () => (kgGraph.nodes().length > 2 ? done() : setTimeout(look, 50)); look();"
    tab.evaluate(f"new Promise((done) => {{ {look} }})")
    for name, begin in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with tab.expect_download() as download:
            tab.get_by_role("button", name=name).click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(begin)
        assert name == "PNG" or b">Kenya</text>" in content


def test_the_editor_asks_this_server_alone(opened: Opened, server: Server) -> None:
    tab = opened(server, "/editor?question=leaders")
    tab.locator(".CodeMirror").first.wait_for()
    assert "title: Leaders" in tab.evaluate("kgEditor.getTab().getYasqe().getValue()")
    query = "PREFIX kg: <https://w3id.org/foedus/ontology#> SELECT ?c { ?c a kg:Guarantee }"
    tab.evaluate("(query) => { const y = kgEditor.getTab().getYasqe(); y.setValue(query); y.query(); }", query)
    link = tab.locator(f"a[href='/page/claim/{key_of('Guarantee')}']")
    link.wait_for()
    assert tab.evaluate("async () => (await fetch('/editor.json')).json().then((t) => t.classes)")


def test_the_editor_marks_errors_at_their_line_and_shows_what_the_server_says(opened: Opened, server: Server) -> None:
    tab = opened(server, "/editor")
    tab.locator(".CodeMirror").first.wait_for()
    tab.evaluate("kgEditor.getTab().getYasqe().setValue('SELECT *\\n{ ?s ?p }')")
    tab.locator(".parseErrorIcon").first.wait_for()
    assert tab.evaluate("kgEditor.getTab().getEndpoint()") == f"{server.url}/sparql"


def test_a_review_is_given_and_taken_back(opened: Opened, server: Server) -> None:
    tab = opened(server)
    sign_in(tab, f"/page/claim/{key_of('Agree')}")
    tab.get_by_label("Why, in a sentence").fill("the text says so")
    tab.get_by_role("button", name="Confirm").click()
    tab.locator(".reviews", has_text="confirmed by Ana").wait_for()
    assert tab.locator(".chips .verdict").inner_text() == "confirmed in review"
    tab.get_by_role("button", name="Take back").click()
    tab.locator(".reviews li", has_text="undecided").wait_for()
    assert tab.locator(".chips .verdict").count() == 0


def test_the_list_of_what_needs_a_look_gets_shorter(opened: Opened, server: Server) -> None:
    tab = opened(server)
    sign_in(tab, "/check?list=single")
    first = tab.locator("article.statement").first
    claim = first.locator("a.kind").get_attribute("href")
    count = tab.locator("article.statement").count()
    first.get_by_role("button", name="Confirm").click()
    tab.wait_for_url("**/check?list=single")
    assert tab.locator("article.statement").count() == count - 1
    tab.goto(claim)
    assert tab.locator(".chips .verdict").inner_text() == "confirmed in review"


def test_hostile_text_is_text(opened: Opened, server: Server) -> None:
    tab = opened(server, "/page/document/%3Cb%3Ex%3C%2Fb%3E%2F%C3%A9")
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert "<script>alert(1)</script>" in tab.locator("[data-text]").inner_text()
    assert tab.evaluate("document.title").startswith("<i>Hostile</i>")
    for address in ("/documents", "/graph", "/timeline", "/search?q=script"):
        tab.goto(address)
    assert tab.locator("main img, main i").count() == 0


# ---------------------------------------------------------------- everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_has_serious_barriers(opened: Opened, server: Server, scheme: str) -> None:
    axe = (ROOT / "tests" / "web" / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
    tab = opened(server, color_scheme=scheme, bypass_csp=True)
    found = {}
    for address in PAGES:
        tab.goto(address)
        if address == "/graph":
            tab.locator("[data-ready=yes]").wait_for()
        tab.evaluate(axe)
        # The editor's insides are not ours; all around it is.
        context = {"exclude": [["#yasgui"]]}
        result = tab.evaluate("(context) => axe.run(context)", context)
        serious = [v for v in result["violations"] if v["impact"] in ("serious", "critical")]
        found[address] = [(v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"]) for v in serious]
    assert {address: bad for address, bad in found.items() if bad} == {}


@pytest.mark.parametrize("address", PAGES)
def test_a_phone_shows_it_without_scrolling_sideways(opened: Opened, server: Server, address: str) -> None:
    tab = opened(server, address, viewport={"width": 360, "height": 740}, is_mobile=True)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_everything_is_read_without_scripts(opened: Opened, server: Server) -> None:
    tab = opened(server, "/page/document/pledge", java_script_enabled=False)
    tab.locator("mark.trigger a", has_text="struck").click()
    assert "#s" in tab.url
    views = {"/graph": "Southern Union", "/editor": "Run", "/guarantees": "Kenya", "/timeline": "2025"}
    for address, words in views.items():
        tab.goto(address)
        assert words in tab.locator("main").inner_text()


def test_the_keyboard_reaches_content_and_marks(opened: Opened, server: Server) -> None:
    tab = opened(server, "/page/document/pledge")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Enter")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.closest('mark') !== null"):
            break
    tab.keyboard.press("Enter")
    assert tab.locator("article.picked").count() > 0
