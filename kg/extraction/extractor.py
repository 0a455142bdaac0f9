"""From a document to its claims: parse, actors, frames, standing, and what needs no frame (offices, words, numbers)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from kg.actors import ActorMention, Gazetteer, MentionIndex, find_mentions, find_titles
from kg.claims import Claim
from kg.documents import Document
from kg.extraction.building import Builder, Built
from kg.extraction.completing import with_targets
from kg.extraction.counts import counts
from kg.extraction.holders import Holders
from kg.extraction.joining import shared
from kg.extraction.lexicon import Lexicon
from kg.extraction.matching import Matcher
from kg.extraction.offices import offices
from kg.extraction.purposes import with_purposes
from kg.extraction.quotations import quotations
from kg.extraction.repeats import without_repeats
from kg.extraction.standing import Standings, StandingWords
from kg.extraction.told import with_speakers, with_standing
from kg.language import DEFAULT_MODEL, parse_all
from kg.language.clauses import Clauses
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document yields.

    Attributes:
        document: the document.
        claims: its claims, sorted; each with the evidence in this document.
        mentions: every actor it names, with the entity and the reason.
    """

    document: Document
    claims: tuple[Claim, ...]
    mentions: tuple[ActorMention, ...]


class Extractor:
    """Extracts claims; holds what all documents share.

    Args:
        lexicon: frames; the shipped ones by default.
        gazetteer: actors; the shipped ones by default.
        ontology: classes and properties; the shipped ones by default.
        model: name of the English pipeline.
    """

    def __init__(
        self,
        *,
        lexicon: Lexicon | None = None,
        gazetteer: Gazetteer | None = None,
        ontology: Ontology | None = None,
        model: str = DEFAULT_MODEL,
    ) -> None:
        self.lexicon = lexicon or Lexicon.load()
        self.gazetteer = gazetteer or Gazetteer.load()
        self.ontology = ontology or Ontology.load()
        self.model = model
        self.words = StandingWords.load().with_frames(self.lexicon.frames.values())

    @classmethod
    def of(
        cls, *, ontology: Iterable[Path] = (), lexicon: Iterable[Path] = (), model: str = DEFAULT_MODEL
    ) -> "Extractor":
        """An extractor with the user's ontology and lexicon files on top of the shipped ones."""
        return cls(lexicon=Lexicon.load(tuple(lexicon)), ontology=Ontology.load(tuple(ontology)), model=model)

    def extract(self, document: Document) -> Extraction:
        """Claims of one document."""
        return next(self.stream([document]))

    def stream(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Claims of documents, one after the other in the order given."""
        for document, doc in parse_all(documents, model=self.model):
            yield self.extract_parsed(document, doc)

    def extract_parsed(self, document: Document, doc: Doc) -> Extraction:
        """Claims of a document that is parsed already."""
        mentions = find_mentions(doc, document, self.gazetteer)
        titles = find_titles(doc, document, mentions, self.gazetteer)
        clauses = Clauses(doc)
        holders = Holders(doc, document, mentions, self.lexicon, self.words)
        outside = Standings(doc, clauses, self.words)
        said = list(with_standing(quotations(doc, document, mentions), doc, outside, holders))
        standings = Standings(doc, clauses, self.words, with_speakers(doc, said))
        held = [*offices(doc, document, mentions, titles), *counts(doc, document, mentions)]
        claims = [*said, *with_standing(held, doc, standings, holders)]
        claims += [built.claim for built in self._stated(document, doc, mentions, standings)]
        return Extraction(document, tuple(sorted(claims)), tuple(mentions.all))

    def _stated(self, document: Document, doc: Doc, mentions: MentionIndex, standings: Standings) -> list[Built]:
        found = Matcher(doc, standings.clauses, mentions, self.lexicon, self.words, self.ontology).matches()
        matches = with_targets(shared(found), mentions)
        builder = Builder(document, doc, mentions, matches, standings, self.ontology, self.lexicon)
        return without_repeats(with_purposes(builder.build(), self.ontology), self.ontology)
