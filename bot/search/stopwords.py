"""Words that are in every text and tell none from another: left out of a query, unless there are no others."""

_ARTICLES_AND_POINTERS = "a an the this that these those such same other another each every either neither both"
_PRONOUNS = (
    "i me my mine we us our ours you your yours he him his she her hers it its they them their theirs one ones "
    "who whom whose which what myself yourself himself herself itself ourselves themselves"
)
_HELPING_VERBS = (
    "am is are was were be been being do does did doing done have has had having can could may might must shall should "
    "will would dont doesnt didnt isnt arent wasnt werent cant cannot couldnt wont wouldnt shouldnt hasnt havent hadnt"
)
_QUESTIONS = "how when where why whether if"
_PREPOSITIONS = (
    "of in on at by for from to into onto with within without about above below under over between among through "
    "during before after against upon via per than as"
)
_CONNECTIVES = "and or but nor so yet because while although though however therefore thus hence then else also too"
_QUANTIFIERS = "all any some many much more most few less least several only very quite just not no etc vs"
_PLACES = "here there"
_LETTERS = "s t"  # what is left of 's and n't when a source puts a blank there

STOP_WORDS = frozenset(
    " ".join((
        _ARTICLES_AND_POINTERS, _PRONOUNS, _HELPING_VERBS, _QUESTIONS, _PREPOSITIONS, _CONNECTIVES, _QUANTIFIERS,
        _PLACES, _LETTERS,
    )).split()
)  # fmt: skip
"""Folded words without apostrophes, as `bot.search.analysis` reads them."""
