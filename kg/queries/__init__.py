"""Questions over a graph: the shipped ``.rq`` files, those of users, and SPARQL text.

A question is a file of plain SPARQL 1.1 with a header of ``#+`` lines (`kg.queries.header`). Its parameters are lines
``VALUES ?name { UNDEF }``, whose ``UNDEF`` `prepare` replaces by one serialised term (`kg.queries.parameters`), so the
file runs unmodified on any engine and nothing is ever pasted. `query` answers, `render` writes the answer down.
"""

from kg.queries.answers import Answer, Graph, Source, Table, Truth, query
from kg.queries.catalogue import catalogue, find
from kg.queries.formats import FORMATS, render
from kg.queries.header import Parameter, Question, parse_question
from kg.queries.parameters import prepare

__all__ = [
    "FORMATS",
    "Answer",
    "Graph",
    "Parameter",
    "Question",
    "Source",
    "Table",
    "Truth",
    "catalogue",
    "find",
    "parse_question",
    "prepare",
    "query",
    "render",
]
