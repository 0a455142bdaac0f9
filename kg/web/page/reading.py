"""Pages that are read: each is a URL, the same with ``.json`` or ``.csv`` behind it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict
from typing import Final, TypeAlias
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.iris import segment, unsegment
from kg.web import bodies
from kg.web.linked import SUFFIXES
from kg.web.negotiation import TRIPLES, choose
from kg.web.page import listing
from kg.web.page.asking import Shown, answer_as, ask, form_of, questions
from kg.web.page.document import document_view
from kg.web.page.entity import SECTIONS, entity_view
from kg.web.page.facets import Filter
from kg.web.page.frames import frame_view
from kg.web.page.matrix import matrix
from kg.web.page.network import MOST, network
from kg.web.page.overview import document_list, entity_list, overview
from kg.web.page.queue import LISTS, queue
from kg.web.page.rendering import Links, as_csv, as_json, html
from kg.web.page.session import session_of
from kg.web.page.timeline import timeline
from kg.web.state import State
from kg.web.status import status_of

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]

#: Parameters of a question's page that are not the question's own.
_OWN: Final = ("sort", "find", "page")


class Reading:
    """Handlers of the pages that are read.

    Args:
        state: the server's.
    """

    def __init__(self, state: State) -> None:
        self.state: Final = state

    def routes(self) -> list[BaseRoute]:
        """Routes to all of them."""
        plain = {"/": self.home, "/frames/{name}": self.frame}
        both = {
            "/documents": self.documents,
            "/entities": self.entities,
            "/claims": self.claims,
            "/search": self.search,
            "/timeline": self.timeline,
            "/guarantees": self.guarantees,
            "/graph": self.graph,
            "/check": self.check,
            "/questions": self.questions,
            "/editor": self.editor,
            "/questions/{name}": self.question,
        }
        found: list[BaseRoute] = [Route(path, self.told(handler)) for path, handler in plain.items()]
        for path, handler in both.items():
            found += [Route(f"{path}.{{form}}", self.told(handler)), Route(path, self.told(handler))]
        return [*found, Route("/page/{path:path}", self.told(self.thing))]

    def told(self, handler: Handler) -> Handler:
        """A handler whose errors are pages, too."""

        async def guarded(request: Request) -> Response:
            try:
                return await handler(request)
            except HTTPException as error:
                return self.problem(request, error.status_code, error.detail)
            except KgError as error:
                return self.problem(request, status_of(error), str(error))

        return guarded

    def problem(self, request: Request, status: int, message: str) -> Response:
        """What went wrong, as a page or as JSON."""
        wanted = request.headers.get("accept", "*/*")
        if request.path_params.get("form") or not ("text/html" in wanted or "*/*" in wanted):
            return as_json({"error": message}, status)
        return self.shown(request, "problem.html", status=status, message=message)

    def shown(self, request: Request, template: str, **values: object) -> Response:
        """A page, for whom it is."""
        settings = self.state.settings
        status = values.pop("status", 200)
        styles = bool(values.pop("inline_styles", False))
        return html(
            request,
            template,
            session_of(request, settings),
            status=status if isinstance(status, int) else 200,
            writable=settings.writable,
            inline_styles=styles,
            **values,
        )

    # ------------------------------------------------------------ wholes

    async def home(self, request: Request) -> Response:
        """What the store holds."""
        view = await self.state.readers.call(overview)
        return self.shown(request, "home.html", view=view)

    async def documents(self, request: Request) -> Response:
        """Documents, newest first."""
        form, params = _form(request), request.query_params
        size = listing.ALL if form else listing.LISTED
        view = await self.state.readers.call(document_list, params.get("source", ""), _page(request), size)
        if form == "csv":
            rows = ((s.id, s.title, s.date, s.source, count) for s, count in view.documents)
            return as_csv(("id", "title", "date", "source", "claims"), rows)
        return as_json(view) if form else self.shown(request, "documents.html", view=view)

    async def entities(self, request: Request) -> Response:
        """Entities, the most claims first."""
        form, params = _form(request), request.query_params
        size = listing.ALL if form else listing.LISTED
        wanted = params.get("kind", ""), params.get("q", "")
        view = await self.state.readers.call(entity_list, *wanted, _page(request), size)
        if form == "csv":
            return as_csv(("id", "label", "kind", "claims"), ((t.path, t.label, t.kind, n) for t, n in view.entities))
        return as_json(view) if form else self.shown(request, "entities.html", view=view)

    async def claims(self, request: Request) -> Response:
        """Claims that a filter lets through."""
        wanted = Filter.of(request.query_params.multi_items())
        if request.path_params.get("form") == "ttl":
            written = await self.state.readers.write(listing.claims_as_turtle, wanted)
            return bodies.response(written, "text/turtle; charset=utf-8", {})
        form = _form(request)
        if form == "csv":
            return as_csv(listing.COLUMNS, await self.state.readers.call(listing.claim_rows, wanted))
        view = await self.state.readers.call(listing.claim_list, wanted, _page(request))
        return as_json(view) if form else self.shown(request, "claims.html", view=view)

    async def search(self, request: Request) -> Response:
        """Names, documents and claims that hold some words."""
        form, q = _form(request), request.query_params.get("q", "")
        view = await self.state.readers.call(listing.search_view, q)
        if form == "csv":
            return as_csv(listing.COLUMNS, await self.state.readers.call(listing.claim_rows, Filter(q=q)))
        return as_json(view) if form else self.shown(request, "search.html", view=view)

    async def timeline(self, request: Request) -> Response:
        """Acts by date."""
        form, wanted = _form(request), Filter.of(request.query_params.multi_items())
        if form == "csv":
            return as_csv(listing.COLUMNS, await self.state.readers.call(listing.act_rows, wanted))
        view = await self.state.readers.call(timeline, wanted, _page(request))
        return as_json(view) if form else self.shown(request, "timeline.html", view=view)

    async def guarantees(self, request: Request) -> Response:
        """Who guarantees what to whom."""
        form = _form(request)
        view = await self.state.readers.call(matrix, listing.ALL if form else 30)
        if form == "csv":
            cells = [
                (provider.path, provider.label, whom.path, whom.label, cell.stated, dict(cell.performance), cell.open)
                for provider, row in zip(view.providers, view.cells, strict=True)
                for whom, cell in zip(view.beneficiaries, row, strict=True)
                if cell
            ]
            words = ("actual", "planned", "conditional", "possible")
            rows = ((*c[:5], *(c[5].get(word, 0) for word in words), c[6]) for c in cells)
            return as_csv(("by", "by label", "for", "for label", "stated", *words, "not vouched for"), rows)
        return as_json(view) if form else self.shown(request, "guarantees.html", view=view)

    async def graph(self, request: Request) -> Response:
        """Actors and what ties them."""
        form, params = _form(request), request.query_params
        wanted = Filter.of((name, value) for name, value in params.multi_items() if name != "around")
        around, most = params.getlist("around"), listing.whole_number(params.get("most", ""), MOST, 2, 1000)
        view = await self.state.readers.call(network, wanted, around, most)
        if form == "csv":
            rows = ((t.source, t.target, t.kind, t.standing, t.directed, t.count) for t in view.ties)
            return as_csv(("source", "target", "kind", "standing", "directed", "claims"), rows)
        if form:
            return as_json(view)
        pairs = [("around", path) for path in around]
        return self.shown(request, "graph.html", view=view, around=around, around_pairs=pairs)

    async def check(self, request: Request) -> Response:
        """What needs a look."""
        form, name = _form(request), request.query_params.get("list", "")
        view = await self.state.readers.call(queue, name, _page(request))
        return as_json(view) if form == "json" else self.shown(request, "check.html", view=view, lists=LISTS)

    async def frame(self, request: Request) -> Response:
        """What a frame looks for."""
        name = request.path_params["name"]
        view = await self.state.readers.call(frame_view, name)
        if view is None:
            raise HTTPException(404, f"there is no frame {name}")
        return self.shown(request, "frame.html", view=view, name=name)

    # ------------------------------------------------------------ questions

    async def questions(self, request: Request) -> Response:
        """All questions."""
        q = request.query_params.get("q", "")
        found = questions(q)
        if _form(request):
            return as_json([asdict(question) for question in found])
        return self.shown(request, "questions.html", questions=found, q=q)

    async def question(self, request: Request) -> Response:
        """A question as a form, and its answer."""
        form, name = _form(request), request.path_params["name"]
        pairs = [(n, v) for n, v in request.query_params.multi_items() if v.strip()]
        given = {n: v for n, v in pairs if n not in _OWN}
        if form:
            text = await self.state.readers.call(answer_as, name, given, form)
            media = {"csv": "text/csv", "json": "application/sparql-results+json"}[form]
            return Response(text, media_type=media)
        offered = await self.state.readers.call(form_of, name)
        params = request.query_params
        shown = Shown(params.get("sort", ""), params.get("find", ""), _page(request))
        view, problem = None, ""
        needed = [p.name for p in offered.question.parameters if p.required and p.name not in given]
        if not needed:
            try:
                view = await self.state.readers.call(ask, name, given, shown)
            except KgError as error:
                problem = str(error)
        return self.shown(
            request, "question.html", form=offered, view=view, given=given, shown=shown, problem=problem, pairs=pairs
        )

    async def editor(self, request: Request) -> Response:
        """Where SPARQL is written."""
        if _form(request):
            return as_json(await self.state.readers.call(listing.used_terms))
        asked = request.query_params.get("question", "")
        known = next((question for question in questions() if question.name == asked), None)
        return self.shown(request, "editor.html", inline_styles=True, questions=questions(), known=known)

    # ------------------------------------------------------------ things

    async def thing(self, request: Request) -> Response:
        """The page of a document, a claim or an entity."""
        path, liked = path_of(request), _liked(request)
        for candidate, form in _readings(path):
            response = await self._thing(request, candidate, form or liked)
            if response is not None:
                return response
        raise HTTPException(404, f"nothing is known of {path}")

    async def _thing(self, request: Request, path: str, form: str) -> Response | None:
        readers = self.state.readers
        if form in SUFFIXES:
            known = await readers.call(listing.is_known, path)
            return RedirectResponse(Links(request).to(f"/data/{path}.{form}"), 303) if known else None
        if path.startswith("claim/"):
            claim = await readers.call(listing.claim_view, path.removeprefix("claim/"))
            values: dict[str, object] = {"view": claim}
            template = "claim.html"
        elif document := await readers.call(document_view, path, _page(request)):
            values, template = {"view": document}, "document.html"
        else:
            pages = {name: _page(request, name) for name, _ in SECTIONS}
            values, template = {"view": await readers.call(entity_view, path, pages)}, "entity.html"
        if values["view"] is None:
            return None
        return as_json(values["view"]) if form == "json" else self.shown(request, template, path=path, **values)


def path_of(request: Request) -> str:
    """Path below the base that a page's URL asks for, escaped as IRIs of the graph are."""
    raw = request.scope.get("raw_path") or quote(request.url.path).encode()
    return raw.decode("ascii", "replace").partition("?")[0].partition("/page/")[2]


def _readings(path: str) -> Iterable[tuple[str, str]]:
    """What a path may mean: an id may end like a format, and be escaped in several ways."""
    ways = dict.fromkeys((path, _escaped(path)))
    yield from ((way, "") for way in ways)
    for form in ("json", *SUFFIXES):
        yield from ((way.removesuffix(f".{form}"), form) for way in ways if way.endswith(f".{form}"))


def _liked(request: Request) -> str:
    """Suffix of the format that a client likes better than a page; empty where it likes none."""
    offers = {"text/html": "", "application/json": "json", **{TRIPLES[form][0]: s for s, form in SUFFIXES.items()}}
    return offers.get(choose(request.headers.get("accept"), list(offers)) or "", "")


def _escaped(path: str) -> str:
    """A path as the graph escapes it; as it is where no text could be escaped so."""
    try:
        return "/".join(segment(unsegment(part)) for part in path.split("/"))
    except UnicodeDecodeError:
        return path


def _form(request: Request) -> str:
    """Format that a URL ends with.

    Raises:
        HTTPException: 404 if this view has no such format.
    """
    form: str = request.path_params.get("form", "")
    if form not in ("", "json", "csv"):
        raise HTTPException(404, f"this can be had as .json or .csv, not as .{form}")
    return form


def _page(request: Request, name: str = "page") -> int:
    return listing.whole_number(request.query_params.get(name, ""), 1, 1, 1_000_000)
