"""Clauses: every construction brought to the same slots, on parses made by hand, then on the model's own."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from kg.documents import Document
from kg.language import parse
from kg.language.clauses import Clauses, Predicate, coordinated, is_passive

_VOCABULARY = English().vocab
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "JJ": "ADJ", "DT": "DET", "IN": "ADP", "RP": "ADP", "TO": "PART",
    "CC": "CCONJ", "MD": "AUX", "WDT": "PRON", "WP": "PRON", "PRP": "PRON", "POS": "PART", ",": "PUNCT",
    "HYPH": "PUNCT",
}  # fmt: skip


def _pos(tag: str, dep: str) -> str:
    return "AUX" if tag.startswith("VB") and dep.startswith("aux") else _POS.get(tag, "VERB")


def made(rows: str) -> Clauses:
    """Clauses of a parse: ``word tag relation head`` for each token, the word with ``=lemma`` where it differs."""
    tokens = [row.split() for row in rows.replace("|", "\n").splitlines() if row.strip()]
    words = [token[0].partition("=")[0] for token in tokens]
    tags, deps = [token[1] for token in tokens], [token[2] for token in tokens]
    doc = Doc(
        _VOCABULARY,
        words=words,
        tags=tags,
        deps=deps,
        pos=[_pos(tag, dep) for tag, dep in zip(tags, deps, strict=True)],
        lemmas=[lemma or word for word, _, lemma in (token[0].partition("=") for token in tokens)],
        heads=[words.index(token[3]) if len(token) > 3 else n for n, token in enumerate(tokens)],
    )
    return Clauses(doc)


def slots(clauses: Clauses, word: str) -> dict[str, str]:
    """Slots of the predicate at a word, the fillers as words."""
    token = next(t for t in clauses.doc if t.text == word)
    return {slot: " ".join(t.text for t in tokens) for slot, tokens in clauses.predicate(token).slots.items()}


ATTACKED = "Iran NNP nsubj attacked|attacked=attack VBD ROOT|bases=base NNS dobj attacked"

VERBS = {
    "active": (ATTACKED, "attacked", {"subject": "Iran", "object": "bases"}),
    "passive without agent": (
        "bases=base NNS nsubjpass attacked|were=be VBD auxpass attacked|attacked=attack VBN ROOT",
        "attacked", {"object": "bases"},
    ),
    "passive with agents": (
        """bases=base NNS nsubjpass attacked|were=be VBD auxpass attacked|attacked=attack VBN ROOT
        by IN agent attacked|Iran NNP pobj by|and CC cc Iran|Iraq NNP conj Iran""",
        "attacked", {"subject": "Iran Iraq", "object": "bases"},
    ),
    "agent of the last of two passives": (
        """Iran NNP nsubjpass accused|was=be VBD auxpass accused|accused=accuse VBN ROOT|and CC cc accused
        punished=punish VBN conj accused|by IN agent punished|Oman NNP pobj by""",
        "accused", {"subject": "Oman", "object": "Iran"},
    ),
    "second of two passives": (
        """Iran NNP nsubjpass accused|was=be VBD auxpass accused|accused=accuse VBN ROOT|and CC cc accused
        punished=punish VBN conj accused|by IN agent punished|Oman NNP pobj by""",
        "punished", {"subject": "Oman", "object": "Iran"},
    ),
    "coordinated verbs share subject": (
        ATTACKED + "|and CC cc attacked|left=leave VBD conj attacked|Oman NNP dobj left",
        "left", {"subject": "Iran", "object": "Oman"},
    ),
    "coordinated verbs share object": (
        """Iran NNP nsubj bombed|bombed=bomb VBD ROOT|and CC cc bombed|shelled=shell VBD conj bombed
        ports=port NNS dobj shelled""",
        "bombed", {"subject": "Iran", "object": "ports"},
    ),
    "active after passive": (
        """Iran NNP nsubjpass accused|was=be VBD auxpass accused|accused=accuse VBN ROOT|and CC cc accused
        left=leave VBD conj accused|Oman NNP dobj left""",
        "left", {"subject": "Iran", "object": "Oman"},
    ),
    "coordinated arguments": (
        """Iran NNP nsubj met|, , punct Iran|Iraq NNP conj Iran|and CC cc Iraq|Syria NNP conj Iraq|met=meet VBD ROOT
        Oman NNP dobj met|and CC cc Oman|Qatar NNP conj Oman""",
        "met", {"subject": "Iran Iraq Syria", "object": "Oman Qatar"},
    ),
    "coordinated prepositions": (
        """Iran NNP nsubj talked|talked=talk VBD ROOT|with IN prep talked|Oman NNP pobj with|and CC cc with
        for IN conj with|Qatar NNP pobj for""",
        "talked", {"subject": "Iran", "with": "Oman", "for": "Qatar"},
    ),
    "infinitive of its subject": (
        "Iran NNP nsubj wants|wants=want VBZ ROOT|to TO aux attack|attack VB xcomp wants|Oman NNP dobj attack",
        "attack", {"subject": "Iran", "object": "Oman"},
    ),
    "infinitive of the object": (
        "Iran NNP nsubj urged|urged=urge VBD ROOT|Oman NNP dobj urged|to TO aux sign|sign VB xcomp urged",
        "sign", {"subject": "Oman"},
    ),
    "infinitive of the subject over an object": (
        """Iran NNP nsubj promised|promised=promise VBD ROOT|Oman NNP dobj promised
        to TO aux leave|leave VB xcomp promised""",
        "leave", {"subject": "Iran"},
    ),
    "infinitive of who is told": (
        "Iran NNP nsubjpass told|was=be VBD auxpass told|told=tell VBN ROOT|to TO aux leave|leave VB xcomp told",
        "leave", {"subject": "Iran"},
    ),
    "infinitive of who is called on": (
        """Iran NNP nsubj called|called=call VBD ROOT|on IN prep called|Oman NNP pobj on|to TO aux leave
        leave VB xcomp called""",
        "leave", {"subject": "Oman"},
    ),
    "infinitive of an adjective": (
        "Iran NNP nsubj is|is=be VBZ ROOT|ready JJ acomp is|to TO aux talk|talk VB xcomp ready",
        "talk", {"subject": "Iran"},
    ),
    "infinitive of a noun's owner": (
        """Iran NNP poss plan|'s POS case Iran|plan NN nsubj failed|to TO aux leave|leave VB acl plan
        failed=fail VBD ROOT""",
        "leave", {"subject": "Iran"},
    ),
    "infinitive of a noun that somebody makes": (
        "Iran NNP nsubj made|made=make VBD ROOT|plans=plan NNS dobj made|to TO aux leave|leave VB acl plans",
        "leave", {"subject": "Iran"},
    ),
    "raising": (
        "Oman NNP nsubj seems|seems=seem VBZ ROOT|to TO aux back|back VB xcomp seems|Iran NNP dobj back",
        "back", {"subject": "Oman", "object": "Iran"},
    ),
    "bare infinitive with a subject": (
        "Iran NNP nsubj let|let VBD ROOT|troops=troop NNS nsubj land|land VB ccomp let",
        "let", {"subject": "Iran", "object": "troops", "complement": "land"},
    ),
    "clause without that": (
        "Iran NNP nsubj said|said=say VBD ROOT|it PRP nsubj leave|would MD aux leave|leave VB ccomp said",
        "said", {"subject": "Iran", "complement": "leave"},
    ),
    "participle of the subject": (
        ATTACKED + "|, , punct attacked|killing=kill VBG advcl attacked|soldiers=soldier NNS dobj killing",
        "killing", {"subject": "Iran", "object": "soldiers"},
    ),
    "passive participle before the subject": (
        """Hit=hit VBN advcl sold|by IN agent Hit|storms=storm NNS pobj by|, , punct sold|Iran NNP nsubj sold
        sold=sell VBD ROOT|oil NN dobj sold""",
        "Hit", {"subject": "storms", "object": "Iran"},
    ),
    "passive participle of a noun": (
        "Ships=ship NNS nsubj sank|seized=seize VBN acl Ships|by IN agent seized|Iran NNP pobj by|sank=sink VBD ROOT",
        "seized", {"subject": "Iran", "object": "Ships"},
    ),
    "backed by a compound": (
        """US NNP npadvmod backed|- HYPH punct backed|backed=back VBN amod rebels
        rebels=rebel NNS nsubj fled|fled=flee VBD ROOT""",
        "backed", {"subject": "US", "object": "rebels"},
    ),
    "relative clause": (
        "Oman NNP nsubj left|which WDT nsubj backs|backs=back VBZ relcl Oman|Iran NNP dobj backs|left=leave VBD ROOT",
        "backs", {"subject": "Oman", "object": "Iran"},
    ),
    "relative clause about several": (
        """Oman NNP nsubj left|and CC cc Oman|Iraq NNP conj Oman|who WP nsubj back|back VBP relcl Oman
        Iran NNP dobj back|left=leave VBD ROOT""",
        "back", {"subject": "Oman Iraq", "object": "Iran"},
    ),
    "relative clause about the first of several": (
        """Oman NNP nsubj left|which WDT nsubj backs|backs=back VBZ relcl Oman|Iran NNP dobj backs|and CC cc Oman
        Iraq NNP conj Oman|left=leave VBD ROOT""",
        "backs", {"subject": "Oman", "object": "Iran"},
    ),
    "second verb of a relative clause": (
        """Oman NNP nsubj left|which WDT nsubj met|met=meet VBD relcl Oman|Iraq NNP dobj met|and CC cc met
        backs=back VBZ conj met|Iran NNP dobj backs|left=leave VBD ROOT""",
        "backs", {"subject": "Oman", "object": "Iran"},
    ),
    "relative clause about the object": (
        """Ships=ship NNS nsubj sank|that WDT dobj seized|Iran NNP nsubj seized
        seized=seize VBD relcl Ships|sank=sink VBD ROOT""",
        "seized", {"subject": "Iran", "object": "Ships"},
    ),
    "relative clause without a pronoun": (
        "Ships=ship NNS nsubj sank|Iran NNP nsubj seized|seized=seize VBD relcl Ships|sank=sink VBD ROOT",
        "seized", {"subject": "Iran", "object": "Ships"},
    ),
    "passive relative clause": (
        """Ships=ship NNS nsubj sank|that WDT nsubjpass seized|were=be VBD auxpass seized|seized=seize VBN relcl Ships
        sank=sink VBD ROOT""",
        "seized", {"object": "Ships"},
    ),
    "what somebody is accused of": (
        """Oman NNP nsubj accused|accused=accuse VBD ROOT|Iran NNP dobj accused|of IN prep accused
        shelling=shell VBG pcomp of|ports=port NNS dobj shelling""",
        "shelling", {"subject": "Iran", "object": "ports"},
    ),
    "what one is accused of by all": (
        """Iran NNP nsubjpass accused|was=be VBD auxpass accused|accused=accuse VBN ROOT|of IN prep accused
        shelling=shell VBG pcomp of|ports=port NNS dobj shelling""",
        "shelling", {"subject": "Iran", "object": "ports"},
    ),
    "by what means": (
        ATTACKED + "|by IN prep attacked|sending=send VBG pcomp by|drones=drone NNS dobj sending",
        "sending", {"subject": "Iran", "object": "drones"},
    ),
    "accusing slots": (
        """Oman NNP nsubj accused|accused=accuse VBD ROOT|Iran NNP dobj accused|of IN prep accused
        shelling=shell VBG pcomp of""",
        "accused", {"subject": "Oman", "object": "Iran", "of-ing": "shelling"},
    ),
    "two objects": (
        "Iran NNP nsubj gave|gave=give VBD ROOT|Oman NNP dative gave|arms NNS dobj gave",
        "gave", {"subject": "Iran", "indirect": "Oman", "object": "arms"},
    ),
    "object and to": (
        "Iran NNP nsubj gave|gave=give VBD ROOT|arms NNS dobj gave|to IN dative gave|Oman NNP pobj to",
        "gave", {"subject": "Iran", "to": "Oman", "object": "arms"},
    ),
    "purpose": (
        ATTACKED + "|to TO aux punish|punish VB advcl attacked|Oman NNP dobj punish",
        "punish", {"subject": "Iran", "object": "Oman"},
    ),
    "what has a purpose": (
        ATTACKED + "|to TO aux punish|punish VB advcl attacked|and CC cc punish|deter VB conj punish",
        "attacked", {"subject": "Iran", "object": "bases", "purpose": "punish deter"},
    ),
    "name and post as one": (
        "Oman NNP nsubj named|named=name VBD ROOT|Ana NNP compound Rey|Rey NNP compound premier|premier NN dobj named",
        "named", {"subject": "Oman", "object": "Rey", "attribute": "premier"},
    ),
    "name and post as one predicate": (
        """Oman NNP nsubj made|made=make VBD ROOT|Rey NNP nmod chief|new JJ amod chief|chief NN oprd made""",
        "made", {"subject": "Oman", "object": "Rey", "attribute": "chief"},
    ),
    "a name that is no person's": (
        "Oman NNP nsubj named|named=name VBD ROOT|a DT det plan|Gulf NNP compound plan|plan NN dobj named",
        "named", {"subject": "Oman", "object": "plan"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", VERBS)
def test_verbs(case: str) -> None:
    rows, word, expected = VERBS[case]
    assert slots(made(rows), word) == expected


NOUNS = {
    "owner": (
        """Iran NNP poss strike|'s POS case Iran|strike NN nsubj failed|on IN prep strike
        Oman NNP pobj on|failed=fail VBD ROOT""",
        "strike", {"owner": "Iran", "on": "Oman"},
    ),
    "modifier": (
        "Iranian JJ amod strike|strike NN nsubj failed|failed=fail VBD ROOT",
        "strike", {"modifier": "Iranian"},
    ),
    "modifiers in one compound": (
        """Franco NNP amod German|- HYPH punct German|German JJ amod talks
        talks=talk NNS nsubj failed|failed=fail VBD ROOT""",
        "talks", {"modifier": "Franco German"},
    ),
    "of and by": (
        """invasion NN nsubj began|of IN prep invasion|Oman NNP pobj of|by IN prep invasion|Iran NNP pobj by
        began=begin VBD ROOT""",
        "invasion", {"of": "Oman", "by": "Iran"},
    ),
    "between": (
        """talks=talk NNS nsubj began|between IN prep talks|Oman NNP pobj between|and CC cc Oman|Iran NNP conj Oman
        began=begin VBD ROOT""",
        "talks", {"between": "Oman Iran"},
    ),
    "two nouns of one owner": (
        """Iranian JJ amod strikes|strikes=strike NNS nsubj ended|and CC cc strikes|raids=raid NNS conj strikes
        ended=end VBD ROOT""",
        "raids", {"modifier": "Iranian"},
    ),
    "object of somebody's verb": (
        """Iran NNP nsubj launched|launched=launch VBD ROOT|strikes=strike NNS dobj launched
        on IN prep strikes|Oman NNP pobj on""",
        "strikes", {"host": "Iran", "on": "Oman"},
    ),
    "subject of somebody's passive": (
        """strikes=strike NNS nsubjpass launched|were=be VBD auxpass launched|launched=launch VBN ROOT
        by IN agent launched|Iran NNP pobj by""",
        "strikes", {"host": "Iran"},
    ),
    "what somebody took part in": (
        """Iran NNP nsubj took|took=take VBD ROOT|part NN dobj took|in IN prep took|talks=talk NNS pobj in
        with IN prep talks|Oman NNP pobj with""",
        "talks", {"host": "Iran", "with": "Oman"},
    ),
    "what somebody was hit by": (
        "Iran NNP nsubjpass hit|was=be VBD auxpass hit|hit VBN ROOT|by IN agent hit|strikes=strike NNS pobj by",
        "strikes", {},
    ),
    "hosted": ("Iran NNP nsubj ended|ended=end VBD ROOT|talks=talk NNS dobj ended", "talks", {"host": "Iran"}),
}  # fmt: skip


@pytest.mark.parametrize("case", NOUNS)
def test_nouns(case: str) -> None:
    rows, word, expected = NOUNS[case]
    assert slots(made(rows), word) == expected


@pytest.mark.parametrize(
    ("rows", "word", "expected"),
    [
        (
            "Iran NNP nsubj is|is=be VBZ ROOT|hostile JJ acomp is|to IN prep hostile|Oman NNP pobj to",
            "hostile",
            {"subject": "Iran", "to": "Oman"},
        ),
        ("""Iran NNP nsubj is|is=be VBZ ROOT|angry JJ acomp is
        and CC cc angry|hostile JJ conj angry""", "hostile", {"subject": "Iran"}),
        ("hostile JJ amod states|states=state NNS ROOT", "hostile", {"subject": "states"}),
        (
            "Iran NNP nsubj is|is=be VBZ ROOT|ready JJ acomp is|to TO aux talk|talk VB xcomp ready",
            "ready",
            {"subject": "Iran", "complement": "talk"},
        ),
    ],
)
def test_adjectives(rows: str, word: str, expected: dict[str, str]) -> None:
    assert slots(made(rows), word) == expected


@pytest.mark.parametrize(
    ("rows", "word", "expected"),
    [
        (ATTACKED, "attacked", False),
        ("bases=base NNS nsubjpass attacked|were=be VBD auxpass attacked|attacked=attack VBN ROOT", "attacked", True),
        ("""Iran NNP nsubj attacked|has=have VBZ aux attacked
        attacked=attack VBN ROOT|Oman NNP dobj attacked""", "attacked", False),
        ("Ships=ship NNS ROOT|seized=seize VBN acl Ships", "seized", True),
        ("Base NN nsubjpass attacked|attacked=attack VBN ROOT", "attacked", True),
    ],
)
def test_passives(rows: str, word: str, expected: bool) -> None:
    assert is_passive(next(t for t in made(rows).doc if t.text == word)) is expected


def test_a_verb_that_hangs_on_a_noun_is_not_coordinated_with_it() -> None:
    doc = made("Iran NNP nsubj left|and CC cc Iran|fled=flee VBD conj Iran|Oman NNP conj Iran|left=leave VBD ROOT").doc
    assert [t.text for t in coordinated(doc[0])] == ["Iran", "Oman"]


def test_predicates_are_kept_and_lack_no_slot() -> None:
    clauses = made(ATTACKED)
    predicate = clauses.predicate(clauses.doc[1])
    assert isinstance(predicate, Predicate)
    assert predicate.kind == "verb"
    assert clauses.predicate(clauses.doc[1]) is predicate
    assert predicate.get("indirect") == ()


def test_circular_sharing_ends() -> None:
    rows = "".join(f"w{n} VB {'xcomp' if n else 'ROOT'} w{max(n - 1, 0)}\n" for n in range(60))
    assert slots(made(rows), "w59") == {}


# -- the model's own parses --------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Peru was invaded by Chile and Bolivia in May.", "invaded", {"subject": "Chile Bolivia", "object": "Peru"}),
        ("Brazil bombed and shelled the harbour.", "bombed", {"subject": "Brazil", "object": "harbour"}),
        ("Kenya urged Ghana to release the sailors.", "release", {"subject": "Ghana", "object": "sailors"}),
        ("Kenya promised to protect Ghana.", "protect", {"subject": "Kenya", "object": "Ghana"}),
        ("Ghana is expected to recall its envoy.", "recall", {"subject": "Ghana", "object": "envoy"}),
        ("Norway accused Iceland of seizing a trawler.", "seizing", {"subject": "Iceland", "object": "trawler"}),
        ("Iceland was accused of seizing a trawler.", "seizing", {"subject": "Iceland", "object": "trawler"}),
        ("Mali shelled two towns, killing nine soldiers.", "killing", {"subject": "Mali", "object": "soldiers"}),
        ("Cuba, which arms the rebels, left the talks.", "arms", {"subject": "Cuba", "object": "rebels"}),
        ("The tanker that Yemen seized was empty.", "seized", {"subject": "Yemen", "object": "tanker"}),
        ("Rebels backed by Uganda took the town.", "backed", {"subject": "Uganda", "object": "Rebels"}),
        ("US-backed rebels took the town.", "backed", {"subject": "US", "object": "rebels"}),
        ("Poland launched an attack on Latvia.", "attack", {"host": "Poland", "on": "Latvia"}),
        ("Poland's attack on Latvia failed.", "attack", {"owner": "Poland", "on": "Latvia"}),
        ("The invasion of Latvia by troops failed.", "invasion", {"of": "Latvia", "by": "troops"}),
        ("Poland gave Latvia two ships.", "gave", {"subject": "Poland", "indirect": "Latvia", "object": "ships"}),
        ("It was Poland that shelled Latvia.", "shelled", {"subject": "Poland", "object": "Latvia"}),
        ("Poland is accused of having shelled Latvia.", "shelled", {"subject": "Poland", "object": "Latvia"}),
        ("Poland banned ships from entering its ports.", "entering", {"subject": "ships", "object": "ports"}),
        ("Poland replied by expelling two envoys.", "expelling", {"subject": "Poland", "object": "envoys"}),
        ("It was Poland and Cuba who shelled Latvia.", "shelled", {"subject": "Poland Cuba", "object": "Latvia"}),
        ("A plan by Poland to leave the alliance failed.", "leave", {"subject": "Poland", "object": "alliance"}),
        ("Poland helped Latvia defend its border.", "defend", {"subject": "Latvia", "object": "border"}),
        ("Poland appears to have been attacked by Latvia.", "attacked", {"subject": "Latvia", "object": "Poland"}),
        ("It was condemned by Poland but praised by Cuba.", "praised", {"subject": "Cuba", "object": "It"}),
        ("Having signed the treaty, Poland withdrew.", "signed", {"subject": "Poland", "object": "treaty"}),
        ("To punish Latvia, Poland closed its border.", "punish", {"subject": "Poland", "object": "Latvia"}),
        ("Poland was attacked after signing the treaty.", "signing", {"subject": "Poland", "object": "treaty"}),
        ("Poland said it would leave the alliance.", "said", {"subject": "Poland", "complement": "leave"}),
    ],
)
def test_sentences(text: str, word: str, expected: dict[str, str]) -> None:
    found = slots(Clauses(parse(Document("test", text))), word)
    assert {slot: words for slot, words in found.items() if slot in {"subject", "object", *expected}} == expected
