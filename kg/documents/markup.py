"""HTML and Markdown to text: what a reader sees of the article, one block a line."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it.token import Token
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOT_TEXT: Final = (
    "head", "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select", "iframe",
    "svg", "math", "canvas", "audio", "video", "object", "dialog",
)  # fmt: skip
_BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_DATE_METAS: Final = ("article:published_time", "datePublished", "date", "dc.date", "pubdate", "og:published_time")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.S)


def html(source: str) -> tuple[str, dict[str, str]]:
    r"""Text of the article in a page, and the metadata it states: ``title``, ``date``, ``source``.

    >>> html("<title>News</title><nav>Menu</nav><article><h1>Talks</h1><p>They <b>met</b> &amp; left.</p></article>")
    ('Talks\n\nThey met & left.', {'title': 'News'})
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    found = _metadata(tree)
    tree.strip_tags(list(_NOT_TEXT))
    root = _article(tree)
    return (_blocks(root) if root is not None else ""), found


def _metadata(tree: "LexborHTMLParser") -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        name = node.attributes.get("property") or node.attributes.get("name") or node.attributes.get("itemprop")
        content = node.attributes.get("content")
        if name and content:
            metas.setdefault(name, content)
    heading, time = tree.css_first("title"), tree.css_first("time[datetime]")
    link = tree.css_first("link[rel=canonical]")
    title = metas.get("og:title") or (heading.text() if heading else "")
    day = next((metas[name] for name in _DATE_METAS if name in metas), "")
    day = day or ((time.attributes.get("datetime") or "") if time else "")
    address = ((link.attributes.get("href") or "") if link else "") or metas.get("og:url", "")
    values = {"title": title.strip(), "date": day.strip(), "source": address.strip()}
    return {key: value for key, value in values.items() if value}


def _article(tree: "LexborHTMLParser") -> "LexborNode | None":
    """The longest article, else the main part, else the body."""
    articles = tree.css("article")
    if articles:
        return max(articles, key=lambda node: len(node.text()))
    return tree.css_first("main") or tree.body or tree.root


def _blocks(root: "LexborNode") -> str:
    """Text of a tree: white space folded as a browser folds it, a blank line between blocks."""
    pieces: list[str] = []
    stack: list[LexborNode | str] = [root]
    while stack:  # no recursion: nesting may be thousands deep
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        if node.tag == "-text":
            pieces.append(re.sub(r"\s+", " ", node.text(deep=False)))
            continue
        if node.tag == "br":
            pieces.append("\n")
            continue
        around = "\n\n" if node.tag in _BLOCKS else ""
        pieces.append(around)
        stack.append(around)
        children = list(node.iter(include_text=True))
        stack.extend(reversed(children))
    return _tidy("".join(pieces))


def _tidy(text: str) -> str:
    text = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n\xa0]+", " ", text)).strip()


def markdown(source: str) -> tuple[str, dict[str, str]]:
    r"""Text of a Markdown document without its marks, and the metadata of its front matter.

    >>> markdown("---\ndate: 2025-03-06\n---\n# Talks *open*\n\nThey [met](https://example.org)\nin Oslo.\n")
    ('Talks open\n\nThey met in Oslo.', {'date': '2025-03-06'})
    """
    from markdown_it import MarkdownIt

    found: dict[str, str] = {}
    front = _FRONT_MATTER.match(source)
    if front:
        pairs = (line.partition(":") for line in front[1].splitlines() if not line.startswith((" ", "#", "-")))
        found = {key.strip(): value.strip().strip("\"'") for key, mark, value in pairs if mark and value.strip()}
        source = source[front.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    blocks: list[str] = []
    for token in tokens:
        if token.type == "inline":
            blocks.append(_inline(token.children or []))
        elif token.type == "html_block":
            blocks.append(html(token.content)[0])
    wanted = {key: value for key, value in found.items() if key in ("id", "date", "title", "source")}
    return _tidy("\n\n".join(filter(None, blocks))), wanted


def _inline(tokens: "list[Token]") -> str:
    pieces = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                pieces.append(token.content)
            case "softbreak":
                pieces.append(" ")
            case "hardbreak":
                pieces.append("\n")
    return "".join(pieces)
