"""Pages over HTTP: all are there, lead on, keep to themselves, and show hostile text as text."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.iris import BASE
from tests.web.conftest import Server, serving
from tests.web.page.conftest import HOSTILE, PLEDGE, RAID, claims, key_of
from tests.web.page.serving import VIEWS, attribute, filled, links, one, words

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HOSTILE_PATH = "/page/document/%3Cb%3Ex%3C%2Fb%3E%2F%C3%A9"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = filled(tmp_path_factory.mktemp("pages") / "store", claims(), [PLEDGE, RAID, HOSTILE])
    with serving(folder, "--workers", "2") as running:
        yield running


def page(server: Server, address: str, status: int = 200) -> HTMLParser:
    answer = server.client.get(address, headers=HTML)
    assert answer.status_code == status, (address, answer.text[:300])
    return HTMLParser(answer.text)


# ---------------------------------------------------------------- all of them


def test_every_link_leads_somewhere(server: Server) -> None:
    waiting, seen = [*VIEWS, HOSTILE_PATH], set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = server.client.get(address, headers=HTML, follow_redirects=True)
        assert answer.status_code == 200, address
        if "text/html" not in answer.headers["content-type"]:
            continue
        for link in links(HTMLParser(answer.text)):
            place = urlsplit(urljoin(str(answer.url), attribute(link, "href")))
            if place.netloc != urlsplit(server.url).netloc:
                assert place.scheme in ("http", "https")
                assert link.attributes.get("rel") == "noreferrer", link.html
            elif len(seen) < 400:
                waiting.append(f"{place.path}?{place.query}" if place.query else place.path)
    assert len(seen) > 100


@pytest.mark.parametrize("address", [*VIEWS, "/page/state/KEN", "/page/document/pledge", HOSTILE_PATH])
def test_a_page_loads_nothing_from_elsewhere_and_has_no_script_of_its_own(server: Server, address: str) -> None:
    answer = server.client.get(address, headers=HTML)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert ("'unsafe-inline'" in policy) == (address == "/editor")
    tree = HTMLParser(answer.text)
    for script in tree.css("script"):
        assert attribute(script, "src").startswith("/static/")
        assert not script.text()
    assert not tree.css("style, [style], base, iframe, object, embed")
    assert not [node.tag for node in tree.css("*") for name in node.attributes if name.startswith("on")]
    ids = [attribute(node, "id") for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert len(tree.css("h1")) == 1


@pytest.mark.parametrize("address", ["/documents", "/entities", "/claims", "/timeline", "/guarantees", "/graph"])
def test_the_same_address_gives_json_and_csv(server: Server, address: str) -> None:
    assert isinstance(server.client.get(f"{address}.json").raise_for_status().json(), dict)
    rows = list(csv.DictReader(io.StringIO(server.client.get(f"{address}.csv").raise_for_status().text)))
    assert rows
    assert server.client.get(f"{address}.exe").status_code == 404


@pytest.mark.parametrize("path", ["state/KEN", "document/pledge", f"claim/{key_of('Guarantee')}", HOSTILE_PATH[6:]])
@pytest.mark.parametrize(
    ("suffix", "media"), [("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("json", "application/json")]
)
def test_a_page_is_data_at_the_same_address(server: Server, path: str, suffix: str, media: str) -> None:
    answer = server.client.get(f"/page/{path}.{suffix}", follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert page(server, f"/page/{path}").css_first(f"link[rel=alternate][href='/page/{path}.{suffix}']") is not None


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json;q=0.9, text/html;q=0.1", "application/json"])
def test_a_page_is_data_for_those_who_ask_for_data(server: Server, accept: str) -> None:
    answer = server.client.get("/page/state/KEN", headers={"Accept": accept}, follow_redirects=True)
    assert answer.headers["content-type"].partition(";")[0] == accept.partition(";")[0]


def test_narrowed_claims_are_turtle_at_the_same_address(server: Server) -> None:
    answer = server.client.get("/claims.ttl?kind=Guarantee").raise_for_status()
    subjects = {quad.subject.value for quad in ox.parse(answer.content, ox.RdfFormat.TURTLE)}
    assert {subject for subject in subjects if "/claim/" in subject} == {f"{BASE}claim/{key_of('Guarantee')}"}
    assert {f"{BASE}state/KEN", f"{BASE}state/PER"} <= subjects


def test_an_iri_leads_people_to_its_page(server: Server) -> None:
    answer = server.client.get("/id/state/KEN", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/page/state/KEN")


def test_what_is_not_there_is_said_in_words(server: Server) -> None:
    odd = ("/page/%3E%20%7D", "/page/%3E%20.ttl", "/page/claim/%22.ttl", "/page/state/%00", "/page/", "/page/%ff%fe")
    missing = ("/page/state/XXX", "/page/claim/00", "/questions/none", "/page/document/none", "/frames/none")
    for address in (*odd, *missing):
        tree = page(server, address, 400 if "questions" in address else 404)
        assert len(words(one(tree, "main"))) > 20
    assert server.client.get("/page/state/XXX", headers={"Accept": "application/json"}).json()["error"]


@pytest.mark.parametrize("file", ["/favicon.ico", "/static/favicon.svg", "/static/page.css"])
def test_files_are_served(server: Server, file: str) -> None:
    assert server.client.get(file, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("file", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"])
def test_no_other_files_are(server: Server, file: str) -> None:
    assert server.client.get(file).status_code == 404


# ---------------------------------------------------------------- single views


def test_marks_lead_to_statements_and_back_without_scripts(server: Server) -> None:
    tree = page(server, "/page/document/pledge")
    for mark in tree.css("[data-text] mark a"):
        target = tree.css_first(attribute(mark, "href"))
        assert target is not None
        back = target.css_first("a.number")
        assert back is not None
        assert tree.css_first(attribute(back, "href")) is not None


def test_standing_is_told_in_words_too(server: Server) -> None:
    tree = page(server, "/page/document/pledge")
    assert {words(flag) for flag in tree.css("[data-text] .flag")} == {"planned", "conditional", "claimed"}
    assert [words(span) for span in tree.css("[data-text] .unread") if span.text().strip()] == ["Nobody was surprised."]


def test_a_statement_says_why(server: Server) -> None:
    why = [words(node) for node in page(server, "/page/document/pledge").css("details.why")]
    assert any("“Kenya” is Kenya: name in the gazetteer" in text and "matches a-frame" in text for text in why)


def test_an_entity_page_links_to_wikidata_and_keeps_standings_apart(server: Server) -> None:
    tree = page(server, "/page/state/KEN")
    assert tree.css_first("a[href='http://www.wikidata.org/entity/Q114']") is None  # made without a register
    peru = page(server, "/page/state/PER")
    assert [words(h).rpartition(" ")[0] for h in peru.css("main h2") if h.css_first(".count")] == [
        "Stated as fact",
        "Planned, conditional, possible or denied",
        "Claimed by others",
    ]


def test_facets_narrow_down_and_can_be_undone(server: Server) -> None:
    tree = page(server, "/claims")
    choice = next(a for a in tree.css(".facet a") if "assault" in words(a))
    count = int(words(choice.css_first(".count")))
    narrower = page(server, attribute(choice, "href"))
    assert len(narrower.css("article.statement")) == count
    chosen = narrower.css_first(".facet a.chosen")
    assert chosen is not None
    assert one(page(server, attribute(chosen, "href")), ".found").text() == one(tree, ".found").text()


def test_a_question_is_a_form_with_what_this_data_offers(server: Server) -> None:
    tree = page(server, "/questions/guarantees")
    offered = {attribute(option, "value") for option in tree.css("#l-provider option")}
    assert {"Kenya", "Peru"} <= offered
    answer = page(server, "/questions/guarantees?provider=Kenya")
    assert words(one(answer, "[role=status]")) == "1 row"
    assert answer.css_first("td a[href='/page/state/PER']") is not None


def test_an_answer_is_sorted_filtered_and_taken_away(server: Server) -> None:
    rows = page(server, "/questions/timeline?sort=-date").css("tbody tr")
    dates = [words(row.css_first("td")) for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert words(one(page(server, "/questions/timeline?find=kenya"), "[role=status]")).endswith("rows, of 3")
    text = server.client.get("/questions/timeline.csv").raise_for_status().text
    assert len(list(csv.DictReader(io.StringIO(text)))) == 3
    assert len(server.client.get("/questions/timeline.json").json()["results"]["bindings"]) == 3


def test_a_parameter_that_does_not_fit_is_said_beside_the_form(server: Server) -> None:
    tree = page(server, "/questions/guarantees?provider=Atlantis")
    assert "nothing in the graph is called 'Atlantis'" in words(one(tree, "[role=alert]"))
    assert attribute(one(tree, "#p-provider"), "value") == "Atlantis"


@pytest.mark.parametrize("address", [
    "/claims?page=99&kind=Nothing&since=x", "/claims?q=%00%ff", "/graph?around=nowhere&most=-1", "/timeline?until=9",
    "/entities?kind=%3Cscript%3E", "/documents?source=x&page=0", "/check?list=x", "/search?q=%22",
    "/claims?q=" + "x" * 3000, "/graph.json?around=%3E%20%7D", "/claims?entity=%3E%20%7D&who=%22",
])  # fmt: skip
def test_odd_parameters_are_answered(server: Server, address: str) -> None:
    page(server, address)


# ---------------------------------------------------------------- hostile text


@pytest.mark.parametrize("address", [
    HOSTILE_PATH, "/documents", "/claims?document=" + quote(HOSTILE.id), "/search?q=script", "/page/state/PER",
    "/search?q=" + quote("<script>alert(1)</script>"),
])  # fmt: skip
def test_text_of_documents_is_text(server: Server, address: str) -> None:
    tree = page(server, address)
    assert not [script for script in tree.css("script") if "alert" in (script.html or "")]
    assert not tree.css("main img, main i, main b, main [onerror]")
    assert not tree.css("[href^='javascript:']")


def test_hostile_text_is_shown_whole(server: Server) -> None:
    tree = page(server, HOSTILE_PATH)
    assert one(tree, "[data-text]").text().strip() == HOSTILE.text
    assert one(tree, "h1 bdi").text() == HOSTILE.title
    assert one(tree, "title").text() == f"{HOSTILE.title} – Foedus"


# ---------------------------------------------------------------- other graphs


def test_links_stay_on_the_server_whatever_the_base(tmp_path: Path) -> None:
    folder = filled(tmp_path / "store", claims(), [PLEDGE], base="https://example.org/kg/")
    with serving(folder, "--workers", "1") as server:
        tree = page(server, "/page/document/pledge")
        assert tree.css_first("a.thing[href='/page/state/KEN']") is not None
        assert "https://example.org/kg/state/KEN" in one(page(server, "/page/state/KEN"), "footer").text()
        assert json.loads(server.client.get("/editor.json").text)["base"] == "https://example.org/kg/"


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path / "store", "--workers", "1") as server:
        for view in VIEWS:
            page(server, view)
        assert "kg build" in words(one(page(server, "/"), "main"))
        assert server.client.get("/add", headers=HTML).status_code == 403
        assert "Sign in" not in one(page(server, "/"), "footer").text()
