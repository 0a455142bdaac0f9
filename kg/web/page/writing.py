"""Pages that change something: signing in, adding documents, reviewing claims."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.documents.text import clean, is_day
from kg.reviews import LONGEST_NOTE, VERDICTS, Review, add_review
from kg.web.page.adding import Job, Jobs, Pasted, discard, new_folder, place_for, write_pasted
from kg.web.page.reading import Reading
from kg.web.page.rendering import Links, as_json, plain
from kg.web.page.session import check_form, check_origin, session_of, shows_token, sign_in, sign_out
from kg.web.settings import MEGABYTE
from kg.web.state import State

#: Seconds that a wrong token takes.
_PAUSE: Final = 0.5
_MOST_FILES: Final = 2_000
_BLOCK: Final = 1 << 20


class Writing:
    """Handlers of the pages that change something.

    Args:
        state: the server's.
        reading: shows pages.
    """

    def __init__(self, state: State, reading: Reading) -> None:
        self.state: Final = state
        self.reading: Final = reading
        self.jobs: Final = Jobs(state)

    def routes(self) -> list[BaseRoute]:
        """Routes to all of them."""
        get, post = ["GET"], ["POST"]
        found = [
            ("/sign-in", self.sign_in_page, get),
            ("/sign-in", self.sign_in, post),
            ("/sign-out", self.sign_out, post),
            ("/add", self.add_page, get),
            ("/add", self.add, post),
            ("/add/{job}.{form}", self.job, get),
            ("/add/{job}", self.job, get),
            ("/review", self.review, post),
        ]
        return [Route(path, self.reading.told(handler), methods=methods) for path, handler, methods in found]

    # ------------------------------------------------------------ signing in

    async def sign_in_page(self, request: Request) -> Response:
        """A form for the token."""
        self._check_writable()
        return self._sign_in_form(request, request.query_params.get("next", ""))

    async def sign_in(self, request: Request) -> Response:
        """Take the token; answer with the cookie."""
        self._check_writable()
        check_origin(request)
        async with request.form(max_files=0, max_fields=10) as form:
            token, name, after = (_text(form, field) for field in ("token", "name", "next"))
        if not shows_token(token, self.state.settings):
            await asyncio.sleep(_PAUSE)
            return self._sign_in_form(request, after, name, "That is not the token of this server.", 403)
        response = RedirectResponse(Links(request).to(_local(after)), 303)
        sign_in(response, clean(name).strip() or "somebody", request, self.state.settings)
        return response

    async def sign_out(self, request: Request) -> Response:
        """Take the cookie away."""
        async with request.form(max_files=0, max_fields=10) as form:
            check_form(request, _text(form, "csrf"), self.state.settings)
        response = RedirectResponse(Links(request).to("/"), 303)
        sign_out(response, request)
        return response

    def _sign_in_form(
        self, request: Request, after: str, name: str = "", problem: str = "", status: int = 200
    ) -> Response:
        return self.reading.shown(
            request, "sign-in.html", next=_local(after), name=name, problem=problem, status=status
        )

    def _check_writable(self) -> None:
        if not self.state.settings.writable:
            raise HTTPException(403, "this server is for reading only (start it with --writable)")

    # ------------------------------------------------------------ adding documents

    async def add_page(self, request: Request) -> Response:
        """A form for documents."""
        self._check_writable()
        if session_of(request, self.state.settings) is None:
            return RedirectResponse(Links(request).to("/sign-in", next="/add"), 303)
        return self.reading.shown(request, "add.html", problem="")

    async def add(self, request: Request) -> Response:
        """Take documents, and begin to read them."""
        length, most = request.headers.get("content-length", ""), self.state.settings.max_body
        if not length.isdecimal():
            raise HTTPException(411, "the length of what is sent has to be known")
        if int(length) > most * MEGABYTE:
            raise HTTPException(413, f"this is longer than {most} MB (start the server with --max-body)")
        async with request.form(max_files=_MOST_FILES, max_fields=20, max_part_size=int(length)) as form:
            check_form(request, _text(form, "csrf"), self.state.settings)
            date = _text(form, "date") or None
            if date and not is_day(date):
                return self._not_added(request, f"{date} is no date")
            folder = new_folder()
            paths = await _received(form, folder)
        if not paths:
            discard(folder)
            return self._not_added(request, "There is nothing to read: choose files, or paste an article.")
        job = self.jobs.start(folder, paths, date)
        return RedirectResponse(Links(request).to(f"/add/{job.id}"), 303)

    def _not_added(self, request: Request, problem: str) -> Response:
        return self.reading.shown(request, "add.html", problem=problem, status=400)

    async def job(self, request: Request) -> Response:
        """How far a reading is."""
        self._check_writable()
        if session_of(request, self.state.settings) is None:
            raise HTTPException(401, "sign in with the token that the server was started with")
        job = self.jobs.find(request.path_params["job"])
        if job is None:
            raise HTTPException(404, "there is no such reading; it may have been long ago")
        if request.path_params.get("form"):
            return as_json({**plain(job), "open": _opened(job, Links(request))})
        return self.reading.shown(request, "added.html", job=job)

    # ------------------------------------------------------------ reviewing

    async def review(self, request: Request) -> Response:
        """Keep what somebody found."""
        async with request.form(max_files=0, max_fields=10, max_part_size=MEGABYTE) as form:
            session = check_form(request, _text(form, "csrf"), self.state.settings)
            claim, given, note, after = (_text(form, field) for field in ("claim", "verdict", "note", "next"))
        verdict = next((each for each in VERDICTS if each == given), None)
        if verdict is None:
            raise HTTPException(400, f"there is no verdict {given!r}")
        when = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        review = Review(claim, verdict, session.name, when, clean(note).strip()[:LONGEST_NOTE])
        await self.state.change(add_review, review)
        links = Links(request)
        return RedirectResponse(links.to(_local(after)) if after else f"{links.claim(claim)}#review", 303)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _local(address: str) -> str:
    """An address on this server; the overview where it is elsewhere.

    >>> _local("/add"), _local("//evil.example/"), _local("https://evil.example")
    ('/add', '/', '/')
    """
    inside = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if inside and address.isprintable() else "/"


async def _received(form: FormData, folder: Path) -> list[Path]:
    """Files of a form and the article that was pasted, put into a folder."""
    paths = []
    files = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
    for number, file in enumerate(files, 1):
        path = place_for(folder, number, file.filename or "")
        path.parent.mkdir(parents=True)
        with path.open("wb") as target:
            while block := await file.read(_BLOCK):
                target.write(block)
        paths.append(path)
    text = _text(form, "text")
    if text.strip():
        paths.append(write_pasted(folder, Pasted(text.replace("\r\n", "\n"), clean(_text(form, "title")))))
    return paths


def _opened(job: Job, links: Links) -> str:
    """Where to go when all is done: to the one document that was added."""
    alone = job.done and len(job.read) == 1 and not (job.left_out or job.notices)
    return links.page(job.read[0].path) if alone else ""
