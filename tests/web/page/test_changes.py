"""Signing in, adding documents, reviewing claims: only with the token, only by our own forms."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.conftest import BEARER, TOKEN, Server, serving
from tests.web.page.conftest import HOSTILE, PLEDGE, RAID, claims, key_of
from tests.web.page.serving import filled

HTML = {"Accept": "text/html,*/*;q=0.8"}
CLAIM = key_of("Guarantee")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = filled(tmp_path_factory.mktemp("changes") / "store", claims(), [PLEDGE, RAID, HOSTILE])
    with serving(folder, "--workers", "1", "--writable", "--token", TOKEN) as running:
        yield running


@pytest.fixture
def browser(server: Server) -> Iterator[httpx.Client]:
    """Somebody who has signed in."""
    with httpx.Client(base_url=server.url, headers=HTML, timeout=60) as client:
        answer = client.post("/sign-in", data={"token": TOKEN, "name": "Ana", "next": "/add"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/add")
        yield client


def csrf(client: httpx.Client, address: str = "/add") -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(address).text)
    assert found is not None
    return found[1]


def review(client: httpx.Client, **form: str) -> httpx.Response:
    return client.post("/review", data={"claim": CLAIM, "verdict": "rejected", "note": "", **form})


# ---------------------------------------------------------------- who may


def test_the_cookie_is_kept_from_scripts_and_other_sites(server: Server) -> None:
    answer = httpx.post(f"{server.url}/sign-in", data={"token": TOKEN, "name": "Ana"})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in answer.headers["set-cookie"]


def test_a_wrong_token_lets_nobody_in(server: Server) -> None:
    answer = httpx.post(f"{server.url}/sign-in", data={"token": f"{TOKEN}x", "name": "Eve"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "not the token" in answer.text


@pytest.mark.parametrize("cookie", ["", "x", "e30=.00", "eyJuYW1lIjogIkV2ZSIsICJ1bnRpbCI6IDk5OTk5OTk5OTl9.00"])
def test_forged_cookies_are_nobody_s(server: Server, cookie: str) -> None:
    answer = httpx.get(f"{server.url}/add", cookies={"kg_session": cookie}, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fadd")
    assert httpx.post(f"{server.url}/review", cookies={"kg_session": cookie}, data={"csrf": ""}).status_code == 401


@pytest.mark.parametrize("path", ["/add", "/review", "/sign-out"])
def test_a_form_without_our_word_is_refused(browser: httpx.Client, path: str) -> None:
    for word in ("", "0" * 64):
        form = {"csrf": word, "claim": CLAIM, "verdict": "rejected", "text": "Peru met Chile."}
        answer = browser.post(path, data=form)
        assert answer.status_code == 403


def test_a_form_from_another_site_is_refused(browser: httpx.Client) -> None:
    word = csrf(browser)
    answer = browser.post("/review", data={"csrf": word, "claim": CLAIM}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_signing_in_leads_nowhere_else(server: Server) -> None:
    for place in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = httpx.post(f"{server.url}/sign-in", data={"token": TOKEN, "name": "Ana", "next": place})
        assert answer.headers["location"] == "/"


def test_who_signs_out_is_out(browser: httpx.Client) -> None:
    assert browser.post("/sign-out", data={"csrf": csrf(browser)}).status_code == 303
    assert browser.get("/add").headers["location"].startswith("/sign-in")


def test_a_server_for_reading_takes_nothing(tmp_path: Path) -> None:
    with serving(tmp_path / "store", "--workers", "1") as reading:
        for path in ("/sign-in", "/add", "/review"):
            assert reading.client.post(path, data={"token": TOKEN, "csrf": ""}, headers=BEARER).status_code == 403


# ---------------------------------------------------------------- reviews


def test_a_review_is_kept_with_who_when_and_why(browser: httpx.Client, server: Server) -> None:
    note = "it says <b>nothing</b> of the kind"
    answer = review(browser, csrf=csrf(browser), note=note)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/page/claim/{CLAIM}#review")
    text = browser.get(f"/page/claim/{CLAIM}").text
    assert "it says &lt;b&gt;nothing&lt;/b&gt; of the kind" in text
    assert "<bdi>Ana</bdi>" in text
    assert browser.get("/claims.json?verdict=rejected").json()["found"] == 1
    assert server.ask(f"""PREFIX kg: <https://w3id.org/foedus/ontology#>
        ASK {{ GRAPH ?review {{
            ?review <http://www.w3.org/ns/oa#hasTarget> <https://w3id.org/foedus/id/claim/{CLAIM}> ;
                    kg:verdict kg:rejected
        }} }}""")


def test_the_claim_itself_is_as_it_was(browser: httpx.Client) -> None:
    before = browser.get(f"/data/claim/{key_of('Agree')}.nt").text
    review(browser, csrf=csrf(browser), claim=key_of("Agree"), verdict="confirmed")
    after = browser.get(f"/data/claim/{key_of('Agree')}.nt").text
    assert set(before.splitlines()) <= set(after.splitlines())


@pytest.mark.parametrize(
    ("form", "status"), [({"verdict": "maybe"}, 400), ({"claim": "0" * 20}, 400), ({"claim": "> . } #"}, 400)]
)
def test_what_is_no_review_is_refused(browser: httpx.Client, form: dict[str, str], status: int) -> None:
    assert review(browser, csrf=csrf(browser), **form).status_code == status


# ---------------------------------------------------------------- adding


def added(client: httpx.Client, files: list[tuple[str, bytes]] | None = None, **form: str) -> dict[str, Any]:
    """What became of documents that were sent."""
    sent = [("files", (name, content)) for name, content in files or [("", b"")]]
    answer = client.post("/add", data={"csrf": csrf(client), **form}, files=sent)
    assert answer.status_code == 303, answer.text
    for _ in range(600):
        job: dict[str, Any] = client.get(f"{answer.headers['location']}.json").raise_for_status().json()
        if job["done"]:
            return job
        time.sleep(0.1)
    raise AssertionError("it takes too long")


@pytest.mark.model
def test_files_are_read_one_by_one_and_what_cannot_be_is_told(browser: httpx.Client) -> None:
    files = [
        ("a/talks.txt", b"Kenya met Peru in Nairobi on Monday. Peru accused Chile of an attack."),
        ("b/talks.txt", b"Bolivia will send two battalions to Chile."),
        ("broken.json", b"{"),
    ]
    job = added(browser, files, date="2026-02-03")
    assert len(job["read"]) == 2
    assert any("broken.json" in words for words in job["left_out"])
    assert not any("kg-added" in words for words in (*job["left_out"], *job["notices"]))
    assert "/page/document/talks" in browser.get("/documents").text
    assert browser.get("/page/document/talks.json").json()["source"]["date"] == "2026-02-03"


@pytest.mark.model
def test_a_pasted_article_opens_in_place(browser: httpx.Client) -> None:
    job = added(browser, text="Truce on the river\n\nPeru and Chile signed a ceasefire on Friday.")
    assert job["open"].startswith("/page/document/truce-on-the-river-")
    text = browser.get(job["open"]).text
    assert "<h1><bdi>Truce on the river</bdi></h1>" in text
    assert 'class="said trigger' in text


@pytest.mark.model
def test_a_new_text_under_an_old_id_replaces_it(browser: httpx.Client) -> None:
    for text, others in (("Peru attacked Chile.", "state/KEN"), ("Peru attacked Kenya.", "state/CHL")):
        added(browser, [("again.txt", text.encode())])
        view = browser.get("/page/document/again.json").json()
        assert [line[0]["text"] for line in view["lines"]] != []
        assert others not in browser.get("/page/document/again").text


def test_nothing_to_read_is_said(browser: httpx.Client) -> None:
    answer = browser.post("/add", data={"csrf": csrf(browser), "text": "  "}, files=[("files", ("", b""))])
    assert answer.status_code == 400
    assert "nothing to read" in answer.text


@pytest.mark.model
def test_hostile_files_are_read_as_text_or_left_out(browser: httpx.Client) -> None:
    text = b"<script>alert(1)</script> Peru attacked Chile."
    files = [("../../../etc/<img src=x>.txt", text), ("x.html", b"\x00\xff<")]
    job = added(browser, files)
    assert job["done"]
    page = browser.get("/documents").text
    assert "<script>alert" not in page
    assert "<img" not in page
