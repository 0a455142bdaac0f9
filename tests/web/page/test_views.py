"""Views are values: what a page will show, without HTTP."""

from dataclasses import replace

import pytest

from kg.documents import Document
from kg.forget import forget
from kg.mapping import Mapper
from kg.reviews import Review, add_review
from kg.store import Store, open_store
from kg.web.page.document import Segment, document_view, part_bounds
from kg.web.page.entity import entity_view
from kg.web.page.facets import Filter, narrowed
from kg.web.page.matrix import matrix
from kg.web.page.network import network
from kg.web.page.overview import document_list, entity_list, overview
from kg.web.page.queue import queue
from kg.web.page.search import search
from kg.web.page.statements import StatementReader
from kg.web.page.things import Row, things_of
from kg.web.page.timeline import bars, timeline
from tests.web.page.conftest import HOSTILE, PLEDGE, RAID, claims, key_of


def segments(store: Store, path: str) -> list[Segment]:
    view = document_view(store, path)
    assert view is not None
    return [segment for line in view.lines for segment in line]


def paths(store: Store) -> list[str]:
    return list(things_of(store).sources)


# ---------------------------------------------------------------- documents


@pytest.mark.parametrize("document", [PLEDGE, RAID, HOSTILE], ids=lambda document: document.id)
def test_the_segments_are_the_text(store: Store, document: Document) -> None:
    path = next(p for p, source in things_of(store).sources.items() if source.id == document.id)
    text = "".join(segment.text for segment in segments(store, path))
    assert text == document.text.replace("\n", "")


def test_every_statement_is_marked_at_its_words_and_named_by_its_number(store: Store) -> None:
    view = document_view(store, "document/pledge")
    assert view is not None
    parts = segments(store, "document/pledge")
    for number, statement in view.statements.items():
        for quote in statement.quotes:
            sentence = "".join(s.text for s in parts if number in s.numbers)
            assert sentence == PLEDGE.text[quote.start : quote.end].replace("\n", "")
            assert "".join(s.text for s in parts if number in s.triggers) == quote.trigger


def test_overlapping_evidence_is_cut_at_every_border(store: Store) -> None:
    found = [(s.text, len(s.triggers)) for s in segments(store, "document/pledge") if s.triggers]
    assert ("promised", 2) in found
    assert (" to ", 1) in found
    assert ("defend", 2) in found


def test_what_was_not_understood_has_no_number(store: Store) -> None:
    assert [s.text.strip() for s in segments(store, "document/pledge") if not s.numbers and s.text.strip()] == [
        "Nobody was surprised."
    ]
    view = document_view(store, "document/pledge")
    assert view is not None
    assert 0.8 < view.understood < 1


def test_offsets_count_code_points(store: Store) -> None:
    assert [s.text for s in segments(store, "document/pledge") if s.triggers][-1] == "struck"


def test_a_document_without_its_text_still_shows_what_it_states() -> None:
    store = open_store()
    store.add(Mapper().quads(claims(), [PLEDGE], with_text=False))
    view = document_view(store, "document/pledge")
    assert view is not None
    assert (view.lines, view.count) == ((), 7)


def test_a_long_document_is_shown_in_parts() -> None:
    text = "\n".join(f"Line {number}." for number in range(10_000))
    bounds = part_bounds(text)
    assert "".join(text[start:end] for start, end in bounds) == text
    assert len(bounds) > 2


def test_parts_of_a_long_document_hold_each_statement_once(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    whole = document_view(store, "document/pledge")
    assert whole is not None
    bounds = part_bounds(PLEDGE.text, 40)
    monkeypatch.setattr("kg.web.page.document.part_bounds", lambda _: bounds)
    parts = [document_view(store, "document/pledge", number + 1) for number in range(len(bounds))]
    assert len(bounds) > 1
    assert [number for view in parts if view for number in view.statements] == list(whole.statements)
    assert {view.count for view in parts if view} == {whole.count}


def test_there_is_no_view_of_a_document_that_is_not_there(store: Store) -> None:
    assert document_view(store, "document/none") is None


# ---------------------------------------------------------------- entities


def test_an_entity_keeps_facts_plans_and_claims_of_others_apart(store: Store) -> None:
    view = entity_view(store, "state/PER")
    assert view is not None
    found = {section.name: sorted(s.row.kind for s in section.statements) for section in view.sections}
    assert found == {
        "facts": ["Assault", "Guarantee", "Support"],
        "plans": ["Aid", "Assault", "Assault"],
        "claimed": ["Assault"],
    }


def test_what_somebody_claims_stands_apart_on_their_page(store: Store) -> None:
    view = entity_view(store, "person/zoe-muller")
    assert view is not None
    assert [section.name for section in view.sections] == ["facts", "own"]


def test_offices_have_dates_and_links_lead_elsewhere(store: Store) -> None:
    view = entity_view(store, "state/KEN")
    assert view is not None
    (office,) = view.offices
    assert office.person is not None
    assert (office.person.label, office.status, office.first) == ("Zoë Müller", "current", "2025-03-06")
    assert view.same == ("http://www.wikidata.org/entity/Q114",)
    assert view.types == ("state",)


def test_neighbours_are_those_that_claims_tie(store: Store) -> None:
    view = entity_view(store, "state/KEN")
    assert view is not None
    assert [n.thing.label for n in view.neighbours] == ["Peru", "Southern Union", "Zoë Müller"]
    assert view.neighbours[0].count == 3


def test_wordings_say_why(store: Store) -> None:
    view = entity_view(store, "document/raid/actor/gunmen")
    assert view is not None
    assert [(w.words, w.reason, w.count) for w in view.wordings] == [("Gunmen", "name in the gazetteer", 1)]


# ---------------------------------------------------------------- claims


def test_a_statement_tells_condition_nested_claims_and_holder(store: Store) -> None:
    reader, rows = StatementReader(store), things_of(store).rows
    keys = key_of("Guarantee"), key_of("Agree"), key_of("Assault", negated=False, modality="actual", holder=None)
    guarantee, agreement, attack = reader.statements(rows[key] for key in keys)
    assert guarantee.condition == "if it is attacked"
    assert guarantee.row.performance == "conditional"
    assert [nested.standing for part in agreement.parts for nested in part.nested] == ["planned"]
    assert [link.reason for link in attack.quotes[0].links] == ["name in the gazetteer"]


def test_counts_of_a_facet_are_those_that_choosing_it_gives(store: Store) -> None:
    things = things_of(store)
    wanted = Filter(standing=("fact",))
    for facet in narrowed(things, wanted).facets:
        for choice in facet.choices:
            alone = Filter.of([*wanted.without(facet.name).pairs(), (facet.name, choice.value)])
            assert choice.count == len(narrowed(things, alone).rows), (facet.name, choice)


def test_a_filter_survives_its_url(store: Store) -> None:
    wanted = Filter(kind=("Aid", "Agree"), since="2025", q='“a b” & "c"', entity=("state/PER",))
    assert Filter.of(wanted.pairs()) == replace(wanted, kind=("Agree", "Aid"))


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2025-05", "", {"2025-05-02", "2025-05-09"}),
        ("", "2025-04", {"2025-03-06"}),
        ("2025-05-03", "2025", {"2025-05-09"}),
    ],
)
def test_dates_may_be_as_imprecise_as_people_are(store: Store, since: str, until: str, days: set[str]) -> None:
    found = narrowed(things_of(store), Filter(since=since, until=until)).rows
    assert {row.date for row in found} - {""} == days


def test_search_finds_words_in_any_order_names_and_documents(store: Store) -> None:
    found = search(store, "peru DEFEND")
    attack = key_of("Assault", modality="conditional")
    assert set(found.claims) == {key_of("Guarantee"), key_of("Aid"), key_of("Agree"), attack}
    assert [document.source.id for document in found.documents] == ["pledge"]
    assert [thing.label for thing, _ in search(store, "müller").entities] == ["Zoë Müller"]


@pytest.mark.parametrize("q", ["", '"', "   ", '\\") } #', "x" * 10_000, "<script>"])
def test_odd_searches_are_answered(store: Store, q: str) -> None:
    assert search(store, q).q == q


# ---------------------------------------------------------------- wholes


def test_the_overview_counts(store: Store) -> None:
    view = overview(store)
    assert (view.documents, view.claims) == (3, 10)
    assert [source.id for source, _ in view.latest] == [HOSTILE.id, "raid", "pledge"]


def test_lists_are_narrowed_and_paged(store: Store) -> None:
    assert [source.id for source, _ in document_list(store, site="wire.example").documents] == ["pledge"]
    second = entity_list(store, kind="State", page=2, size=2)
    assert (second.total, second.pages, len(second.entities)) == (3, 2, 1)


def test_the_matrix_counts_guarantees_by_performance(store: Store) -> None:
    view = matrix(store)
    (row,) = view.cells
    (cell,) = row
    assert cell is not None
    assert ([p.label for p in view.providers], [b.label for b in view.beneficiaries]) == (["Kenya"], ["Peru"])
    assert (cell.stated, cell.performance, cell.open) == (1, (("conditional", 1),), 0)


def test_the_timeline_is_newest_first_and_its_bars_leave_no_month_out(store: Store) -> None:
    view = timeline(store, Filter())
    assert [day.date for day in view.days] == ["2025-05-09", "2025-05-02", "2025-03-06"]
    assert [(bar.label, bar.count) for bar in view.bars] == [("2025-03", 4), ("2025-04", 0), ("2025-05", 3)]


def test_the_network_is_drawn_around_somebody(store: Store) -> None:
    view = network(store, Filter(), around=["coalition/southern-union"])
    assert {node.thing.label for node in view.nodes} == {"Southern Union", "Kenya"}
    assert [(tie.kind, tie.count) for tie in view.ties] == [("memberOf", 1)]


def test_the_network_keeps_standings_apart_and_its_size(store: Store) -> None:
    view = network(store, Filter(kind=("Assault",)), most=2)
    assert view.all_nodes == 3
    assert len(view.nodes) == 2
    chile = [tie.standing for tie in network(store, Filter(kind=("Assault",))).ties if tie.source == "state/CHL"]
    assert chile == ["claimed", "denied"]


def test_the_queue_shows_contradictions_unnamed_actors_and_single_sources(store: Store) -> None:
    contradictions = queue(store)
    assert contradictions.name == "contradictions"
    assert {(p.asserted.row.standing, p.denied.row.standing) for p in contradictions.pairs} == {("claimed", "denied")}
    assert [thing.label for thing, _ in queue(store, "unlinked").unlinked] == ["Gunmen"]
    single = queue(store, "single").single
    assert single[0].row.kind == "Guarantee"
    assert "memberOf" not in {statement.row.kind for statement in single}


# ---------------------------------------------------------------- changes


def test_a_review_shows_and_takes_the_claim_out_of_the_queue(store: Store) -> None:
    key = key_of("Guarantee")
    add_review(store, Review(key, "rejected", "Ana", "2026-01-01T00:00:00Z", "not so"))
    fresh = open_store()
    fresh.add(store.quads())
    (statement,) = StatementReader(fresh).statements([things_of(fresh).rows[key]])
    assert (statement.verdict, [review.note for review in statement.reviews]) == ("rejected", ["not so"])
    assert key not in {s.row.key for s in queue(fresh, "single").single}


def test_every_view_of_an_empty_store_is_empty() -> None:
    store = open_store()
    assert overview(store).claims == 0
    assert timeline(store, Filter()).days == ()
    assert matrix(store).cells == ()
    assert network(store, Filter()).nodes == ()
    assert queue(store).single == ()
    assert entity_view(store, "state/KEN") is None


def test_what_was_forgotten_is_not_shown(store: Store) -> None:
    forget(["pledge"], store)
    fresh = open_store()
    fresh.add(store.quads())
    assert [source.id for source in things_of(fresh).sources.values()] == [HOSTILE.id, "raid"]
    assert matrix(fresh).cells == ()


def test_another_base_changes_no_path(store: Store) -> None:
    other = open_store()
    other.add(Mapper(base="https://example.org/kg/").quads(claims(), [PLEDGE, RAID, HOSTILE]))
    assert things_of(other).rows == things_of(store).rows
    assert paths(other) == paths(store)


def test_a_few_old_dates_do_not_squeeze_a_chart() -> None:
    row = Row("1", "Aid", "fact", "", "2025-01-07", (), (), (), (), "", "")
    dates = ["1998", "1999-04", *(f"2025-{month:02}" for month in range(1, 13) for _ in range(20))]
    found = bars([replace(row, date=date) for date in dates])
    assert [bar.label for bar in found] == ["before 2025-01", *(f"2025-{month:02}" for month in range(1, 13))]
    assert (found[0].count, found[0].since, found[0].until) == (2, "", "1999-04")
    assert sum(bar.count for bar in found) == len(dates)


def test_a_long_time_is_drawn_in_years() -> None:
    row = Row("1", "Aid", "fact", "", "2025-01-07", (), (), (), (), "", "")
    found = bars([replace(row, date=f"{year}-06-01") for year in range(2000, 2026)])
    assert [bar.label for bar in found] == [str(year) for year in range(2000, 2026)]
