"""Reading documents: plain text, Markdown, HTML, JSON, CSV, folders, standard input."""

from kg.documents.model import Document

__all__ = ["Document"]
