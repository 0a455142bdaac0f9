"""Words that decide who does what they govern, for the clause layer."""

from typing import Final

#: Verbs whose infinitive is done by their subject although they have an object ("promised Kyiv to send").
SUBJECT_CONTROL: Final = frozenset({"promise", "vow", "pledge", "threaten", "swear", "offer", "guarantee", "use"})

#: Verbs whose infinitive is done by whom they call on, for, to or with: "called on Chad to act", "for Chad to act".
CALLING: Final = frozenset(
    {"call", "appeal", "wait", "push", "press", "look", "pray", "plead", "lobby", "campaign", "petition", "arrange"}
)

#: Verbs that say of their object what it is.
LABELLING: Final = frozenset({"call", "label", "brand", "dub", "deem"})

#: Verbs whose "of/with/for/from …ing" is done by their object ("accused Iran of attacking").
OBJECT_PARTICIPLE: Final = frozenset(
    {
        "accuse", "suspect", "convict", "charge", "blame", "criticize", "criticise", "condemn", "fault", "indict",
        "arrest", "detain", "jail", "imprison", "sentence", "fine", "sanction", "thank", "praise", "prevent", "stop",
        "ban", "bar", "prohibit", "block", "discourage", "dissuade", "keep", "punish", "prosecute", "investigate",
        "sue", "try", "acquit", "clear", "reprimand", "rebuke", "denounce",
    }
)  # fmt: skip

#: Nouns and verbs that tell who had a part in an act: "involvement in the attack", "implicated in the killing".
PARTS: Final = frozenset({"involvement", "role", "participation", "complicity", "responsibility", "hand"})
INVOLVING: Final = frozenset({"involve", "participate", "implicate", "engage", "partake"})
PERPETRATORS: Final = frozenset(
    {"perpetrator", "mastermind", "organizer", "attacker", "gunman", "suspect", "bomber", "assailant", "shooter",
     "planner"}
)  # fmt: skip

#: Prepositions of what goes on around an act: the subject of the act does not do that.
CIRCUMSTANCES: Final = frozenset(
    {"after", "following", "amid", "amidst", "during", "despite", "since", "before", "until"}
)
