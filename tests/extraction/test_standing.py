"""Standing: what a text vouches for, and what it only plans, allows, denies, reports or makes depend on something."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.documents import Document
from kg.errors import OntologyError
from kg.extraction.lexicon import Lexicon
from kg.extraction.standing import Standing, Standings, StandingWords
from kg.language import parse
from kg.language.clauses import Clauses


@cache
def words() -> StandingWords:
    return StandingWords.load().with_frames(Lexicon.load().frames.values())


@dataclass(frozen=True)
class Seen:
    """A standing with words for tokens."""

    modality: str = "actual"
    negated: bool = False
    holder: str | None = None
    condition: str | None = None
    awaited: str | None = None
    absence: bool = False
    in_condition: bool = False


def read(text: str, quoted: tuple[int, int, str] | None = None) -> Seen:
    """Standing of the word that stands between asterisks."""
    before, word, after = text.split("*")
    doc = parse(Document("test", before + word + after))
    token = next(t for t in doc if t.idx == len(before))
    spans = ((quoted[0], quoted[1], next(t for t in doc if t.text == quoted[2])),) if quoted else ()
    return seen(doc, Standings(doc, Clauses(doc), words(), spans).of(token))


def seen(doc: Doc, standing: Standing) -> Seen:
    condition = standing.condition and doc[standing.condition[0].i : standing.condition[1].i + 1].text
    return Seen(
        standing.modality,
        standing.negated,
        standing.holder.text if standing.holder else None,
        condition,
        standing.awaited.text if standing.awaited else None,
        standing.absence,
        standing.in_condition,
    )


pytestmark = pytest.mark.model

PLAIN = """
*Talks* between Chile and Peru were held in Quito.
The *meeting* took place in Quito.
Norway gave military *aid* to Latvia.
Brazil welcomed the *agreement*.
Norway signed an *agreement* with Latvia.
Latvia responded to the *attack*.
Latvia did not respond to the *attack*.
Latvia protested against the *invasion*.
Chile stopped *attacking* Peru.
Chile stopped its *attack* on Peru.
Chile stopped the ship once it *entered* the port.
Norway *withdrew* its troops once it signed the truce.
Norway took part in the *talks*.
Norway and Latvia went on to *sign* the treaty.
Norway became the first country to *recognise* Latvia.
Brazil said that it will act after Peru *attacked* the port.
Chile *attacked* Peru.
Peru was *attacked* by Chile.
Chile has *attacked* Peru.
Chile *attacks* Peru
Chile *meets* Peru
Chile, which *attacked* Peru, left the talks.
Chile's *attack* on Peru killed nine people.
Chile launched an *attack* on Peru.
Chile met envoys and *attacked* Peru.
Chile, *attacking* Peru, lost two ships.
Chile, having *attacked* Peru, closed its border.
Chile has begun *attacking* Peru.
Chile began to *withdraw* its troops.
Chile continued to *shell* Peru.
Chile managed to *sink* two ships.
Chile helped Peru to *free* the sailors.
Chile only *attacked* Peru.
Chile not only *attacked* Peru but also shelled Brazil.
Chile *stopped* the ship once it entered the port.
Chile *attacked* Peru until Brazil intervened.
Chile *attacked* Peru without warning Brazil.
After Chile *attacked* Peru, Brazil closed its border.
Brazil closed its border because Chile *attacked* Peru.
While Chile *attacked* Peru, Brazil waited.
When Chile *attacked* Peru, Brazil waited.
Chile met Peru after the truce was *signed*.
Chile had threatened to attack Peru, and *attacked* it on Monday.
Brazil condemned the *attack* on Peru.
Brazil condemned Chile for *attacking* Peru.
Chile *accused* Peru of attacking the port.
Chile *threatened* to attack Peru.
Chile *denies* attacking Peru.
Chile, which plans to send troops to Peru, *met* Brazil.
Brazil, which said that Chile attacked Peru, *left*.
Nine people were killed in a Chilean *attack* on Peru.
Suspected Chilean agents *attacked* the port.
Chile hosted *talks* between Peru and Brazil.
Chile imposed *sanctions* on Peru.
Chile carried out a *strike* on Peru.
Chile ended the *blockade* of Peru.
"""

PLANNED = """
Norway signed to *deploy* troops.
Norway, Latvia to *hold* talks
Norwegian envoy to *visit* Latvia
Norway announces *sanctions* on Latvia.
Norway agreed to a *ceasefire*.
Norway outlined a set of *sanctions* against Latvia.
The proposal includes the *release* of the sailors.
Chile will *attack* Peru.
Chile will visit Peru and *sign* the treaty.
Chile is going to *attack* Peru.
Chile is to *send* troops to Peru.
Chile is expected to *attack* Peru.
Chile would *attack* Peru.
Chile plans to *attack* Peru.
Chile intends to *attack* Peru.
Chile agreed to *withdraw* its troops.
Chile and Peru agreed to *hold* talks.
Chile has decided to *recall* its envoy.
Chile threatened to *attack* Peru.
Chile threatened *sanctions* against Peru.
Chile vowed to *defend* Peru.
Chile has pledged to *supply* Peru with tanks.
Chile offered to *host* talks.
Chile ordered its navy to *blockade* the port.
Chile approved *sending* tanks to Peru.
Chile is ready to *attack* Peru.
Chile announced plans to *deploy* troops in Peru.
Chile's plan to *attack* Peru angered Brazil.
Chile's decision to *expel* the envoy angered Peru.
The planned *invasion* of Peru angered Brazil.
Chile met Peru to *discuss* the border.
Chile will meet Peru after the truce is *signed*.
Chile, which plans to *send* troops to Peru, met Brazil.
Chile to *send* troops to Peru
Chile and Peru to *sign* treaty on Monday
Chile set to *expel* Peruvian envoy
Chile vows to *defend* Peru
"""

POSSIBLE = """
Latvia opposes a *deployment* of troops.
Norway dismissed reports that it *attacked* Latvia.
Norway rejected claims that it *attacked* Latvia.
Norway insisted that Latvia *withdraw* its troops.
Norway did not say that Peru *attacked* Latvia.
Norway did not want to *attack* Latvia.
Chile may *attack* Peru.
Chile might *attack* Peru.
Chile could *attack* Peru.
Chile can *attack* Peru.
Chile should *attack* Peru.
Chile must *release* the sailors.
Chile has to *release* the sailors.
Chile urged Peru to *release* the sailors.
Chile urges Peru to *sign* treaty
Chile asked Peru to *send* troops.
Chile called on Peru to *withdraw*.
Chile called for *talks* with Peru.
Chile demanded the *release* of its sailors.
Chile demanded that Peru *release* the sailors.
Chile proposed a *ceasefire*.
Chile tried to *invade* Peru.
Chile's attempt to *invade* Peru failed.
Chile wants to *sign* the treaty.
Chile hopes to *sign* the treaty.
Chile is considering *sanctions* against Peru.
Chile feared an *attack* by Peru.
Peru warned of an *attack*.
The risk of an *attack* on Peru is high.
A possible *invasion* of Peru worried Brazil.
Chile opposes *sending* troops to Peru.
Chile allegedly *attacked* Peru.
Chile has allegedly *attacked* Peru.
Chile reportedly *attacked* Peru.
Chile apparently *attacked* Peru.
Perhaps Chile *attacked* Peru.
The alleged *attack* on Peru angered Brazil.
Chile's alleged *attack* on Peru angered Brazil.
Chile was reported to have *attacked* Peru.
Chile is believed to have *attacked* Peru.
Chile is suspected of *attacking* Peru.
Chile was accused of *attacking* Peru.
It is claimed that Chile *attacked* Peru.
There are reports that Chile *attacked* Peru.
It was not clear whether Chile *attacked* Peru.
Chile asked whether Peru *attacked* the port.
"""

DENIED = """
Chile no longer *supports* Peru.
Norway has yet to *sign* the treaty.
Norway neither *attacked* Latvia nor threatened Sweden.
Norway neither attacked Latvia nor *threatened* Sweden.
Latvia has *asked* for nothing.
Chile did not *attack* Peru.
Chile didn't *attack* Peru.
Chile never *attacked* Peru.
Chile does not *recognise* the government.
Chile hardly *supports* Peru.
No country *attacked* Peru.
Nobody *attacked* Peru.
No troops were *sent* to Peru.
Neither Chile nor Brazil *attacked* Peru.
Chile *signed* no treaty.
Chile failed to *release* the sailors.
Chile's failure to *sign* the treaty angered Peru.
Chile was unable to *free* the sailors.
Chile avoided *attacking* Peru.
Chile left without *signing* the treaty.
Chile left without an *agreement*.
"""

RULED_OUT = """
Chile ruled out *talks* with Peru.
Chile ruled out *attacking* Peru.
Chile stopped Peru from *attacking* Brazil.
Norway does not plan to *attack* Latvia.
Norway has no plans to *attack* Latvia.
Chile will not *attack* Peru.
Chile won't *attack* Peru.
Chile refused to *release* the sailors.
Chile's refusal to *sign* the treaty angered Peru.
Chile declined to *sign* the treaty.
Chile is unwilling to *sign* the treaty.
Chile cancelled *talks* with Peru.
"""

CASES = [
    *((text, Seen()) for text in PLAIN.strip().splitlines()),
    *((text, Seen("planned")) for text in PLANNED.strip().splitlines()),
    *((text, Seen("possible")) for text in POSSIBLE.strip().splitlines()),
    *((text, Seen(negated=True)) for text in DENIED.strip().splitlines()),
    *((text, Seen("planned", negated=True)) for text in RULED_OUT.strip().splitlines()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_modality_and_negation(text: str, expected: Seen) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Chile said that Peru *attacked* the port.", "Chile"),
        ("Chile said Peru had *attacked* the port.", "Chile"),
        ("Chile says Peru *attacked* the port.", "Chile"),
        ("Chile said on Monday its troops had *left* Peru.", "Chile"),
        ("Chile claimed that Peru *attacked* the port.", "Chile"),
        ("Chile believes that Peru *attacked* the port.", "Chile"),
        ("Officials said Chile attacked Peru and *shelled* the port.", "Officials"),
        ("Peru *attacked* the port, Chile said.", "Chile"),
        ("Peru *attacked* the port, the minister told reporters.", "minister"),
        ("According to Chile, Peru *attacked* the port.", "Chile"),
        ("Peru *attacked* the port, according to Chile.", "Chile"),
        ("As Chile reported, Peru *attacked* the port.", "Chile"),
        ("Chile accused Peru of *attacking* the port.", "Chile"),
        ("Chile accused Peru of an *attack* on the port.", "Chile"),
        ("Norway insisted that Latvia *withdrew* its troops.", "Norway"),
        ("Norway announced the *arrest* of two agents.", "Norway"),
        ("Norway *attacked* Latvia: minister", "minister"),
        ("Chile was accused by Peru of *attacking* the port.", "Peru"),
        ("Chile's claim that Peru *attacked* the port was false.", "Chile"),
    ],
)
def test_a_claim_has_its_holder(text: str, holder: str) -> None:
    assert read(text) == Seen(holder=holder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Latvia accused Norway of planning to *attack* the port.", Seen("planned", holder="Latvia")),
        ("Sweden disputed a report that Norway had *vetoed* the idea.", Seen(negated=True, holder="Sweden")),
        ("Chile denies *attacking* Peru.", Seen(negated=True, holder="Chile")),
        ("Chile has denied *attacking* Peru.", Seen(negated=True, holder="Chile")),
        ("Chile denies *attacking* Peru", Seen(negated=True, holder="Chile")),
        ("Chile denied that it *attacked* Peru.", Seen(negated=True, holder="Chile")),
        ("Chile says it has never *attacked* Peru.", Seen(negated=True, holder="Chile")),
        ("Chile said that Peru may *attack* the port.", Seen("possible", holder="Chile")),
        ("Chile warned that Peru would *attack* the port.", Seen("planned", holder="Chile")),
        ("Chile could not *attack* Peru.", Seen("possible", negated=True)),
        ("Chile must not *attack* Peru.", Seen("possible", negated=True)),
    ],
)
def test_views_add_up(text: str, expected: Seen) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "condition", "awaited"),
    [
        ("Chile would *attack* Peru if talks fail.", "if talks fail", "fail"),
        ("If talks fail, Chile will *attack* Peru.", "If talks fail", "fail"),
        ("Chile will *attack* Peru if talks fail.", "if talks fail", "fail"),
        ("Chile promised to *defend* Peru if Brazil attacks.", "if Brazil attacks", "attacks"),
        ("Chile will *defend* Peru should Brazil invade.", "should Brazil invade", "invade"),
        ("Chile will *send* troops once a truce is signed.", "once a truce is signed", "signed"),
        ("Chile agreed to *send* troops once a truce is signed.", "once a truce is signed", "signed"),
        ("Chile will *withdraw* provided that Peru signs it.", "provided that Peru signs it", "signs"),
        ("Chile will *defend* Peru in case of an attack.", "in case of an attack", "attack"),
        ("In the event of an attack, Chile will *defend* Peru.", "In the event of an attack", "attack"),
        ("Chile is committed to *defending* Peru in case of an attack.", "in case of an attack", "attack"),
        ("Norway will *defend* Latvia as long as Latvia pays.", "as long as Latvia pays", "pays"),
        ("Norway will *withdraw* only if Latvia signs it.", "only if Latvia signs it", "signs"),
        ("Norway will *withdraw* on condition that Latvia signs.", "on condition that Latvia signs", "signs"),
        ("Norway will *withdraw* its troops subject to a vote.", "subject to a vote", "vote"),
        ("Norway will *withdraw* subject to a vote.", "subject to a vote", "vote"),
        ("Should Sweden attack, Norway will *defend* Latvia.", "Should Sweden attack", "attack"),
        ("If Sweden attacks, Norway will *defend* Latvia.", "If Sweden attacks", "attacks"),
        ("Chile would *withdraw* in exchange for oil.", "in exchange for oil", "oil"),
    ],
)
def test_a_condition_keeps_its_words(text: str, condition: str, awaited: str) -> None:
    assert read(text) == Seen("conditional", condition=condition, awaited=awaited)


@pytest.mark.parametrize(
    "text",
    ["Chile will *attack* Peru unless it withdraws.", "Chile would *attack* Peru unless it withdraws."],
)
def test_unless_waits_for_absence(text: str) -> None:
    expected = Seen("conditional", condition="unless it withdraws", awaited="withdraws", absence=True)
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "If Brazil *attacks*, Chile will defend Peru.",
        "Chile will defend Peru if Brazil *attacks*.",
        "Chile will attack Peru unless it *withdraws*.",
        "Chile is committed to defending Peru in case of an *attack*.",
    ],
)
def test_what_a_condition_waits_for_is_not_vouched_for(text: str) -> None:
    standing = read(text)
    assert (standing.modality, standing.in_condition) == ("conditional", True)


def test_quoted_words_are_the_speakers() -> None:
    text = '"Peru *attacked* the old port at dawn today." The minister then left.'
    assert read(text) == Seen()
    assert read(text, (1, 9, "minister")) == Seen(holder="minister")


def test_a_quoted_word_or_two_are_the_texts_own() -> None:
    assert read('The minister said no more. Peru "*attacked*" Chile.', (7, 8, "minister")) == Seen()


@pytest.mark.parametrize(
    "text", ["", "*", "Chile said that, if it (may not, as planned, sign.\n\nwho what Peru ", "to be to be if " * 40]
)
def test_every_word_of_any_text_has_a_standing(text: str) -> None:
    doc = parse(Document("test", text))
    standings = Standings(doc, Clauses(doc), words())
    assert {standings.of(token).modality for token in doc} <= {"actual", "planned", "possible", "conditional"}


def test_weaker_wins() -> None:
    planned = Standing().weaken("planned")
    assert planned.weaken("possible").modality == "possible"
    assert planned.weaken("possible").weaken("planned").modality == "possible"
    assert planned.weaken("actual") == planned
    assert planned.deny().deny() == planned


def test_a_word_list_that_lacks_a_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "standing.yaml"
    path.write_text("speech: {verbs: [say]}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"standing\.yaml: 'planned' is missing"):
        StandingWords.load(path)
