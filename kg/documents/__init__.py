"""Reading documents: plain text, Markdown, HTML, JSON, JSON lines, CSV, folders, standard input.

`read` streams `Document`s, with a `Notice` or a `Skipped` where there is something to say about the input.
"""

from kg.documents.model import Document, Item, Notice, Skipped
from kg.documents.reader import document, read
from kg.documents.records import FORMATS

__all__ = ["FORMATS", "Document", "Item", "Notice", "Skipped", "document", "read"]
