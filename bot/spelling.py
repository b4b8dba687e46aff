"""One spelling for both sides of the Atlantic, so that `behavior` finds `behaviour`.

The blog is Canadian and the studies come from everywhere: a post writes "counselling", its citation "counseling". The
rules are applied alike to documents and queries, so one that changes a word without need does no harm unless it makes
two words one: each therefore names the words or the endings it is for. The target is American because the English
stemmer knows those endings (it reduces `randomized` to `random`, but not `randomised`).
"""

import re


def american(word: str) -> str:
    """Return the American spelling of one folded word; most words come back as they are."""
    for british, spelling in _RULES:
        changed, count = british.subn(spelling, word)
        if count:
            return changed
    return word


_NEVER_IZE = (
    r"\w{0,2}[aeou]|\w*(?:[aeo]|pr|gu|qu|v|w)|(?:ar|sun|moon)r|a|exerc|prec|conc|exc|inc|circumc|comprom|prom|prem|surm|dem"
    r"|expert|pract|treat|advert|parad|merchand|franch|anal|paral"
)
"""What stands before an -ise that is the same in both spellings; *vise and *cise also have a noun in -ision."""

_RULES = tuple(
    (re.compile(british), american_form)
    for british, american_form in (
        # behaviour, tumour: a list, for -our is part of hour, four, course, source, journal, courage
        (
            r"^(\w{0,3}(?:behavi|col|fav|hon|lab|neighb|tum|hum|rum|harb|endeav|vig|rig|od|vap|sav|flav|arm|cand))our",
            r"\1or",
        ),
        # randomised, organisation: not exercise, supervise, promise
        (
            rf"^(?!(?:{_NEVER_IZE})is(?:e|ed|er|es|ers|ing)$)(\w{{3,}})is(e|ed|er|es|ers|ing|ation|ations|ational)$",
            r"\1iz\2",
        ),
        # analyse, paralysed: `analyses` is left alone, being mostly the plural of `analysis`
        (r"^(\w*(?:anal|paral|catal|dial|hydrol))ys(e|ed|er|ers|ing)$", r"\1yz\2"),
        # counselling, travelled, modelling: a list, for -ll- is part of calling and controlling
        (
            r"^(\w*(?:counsel|travel|label|model|signal|cancel|level|channel|marvel|quarrel|fuel|dial|rival|tunnel))l(?=\w)",
            r"\1",
        ),
        # enrolment, fulfilment and skilful have one l more in American
        (r"^(enrol|fulfil|instil|distil)(?=$|s$|ment)", r"\1l"),
        (r"^(skil|wil)ful", r"\1lful"),
        # centre, fibre, person-centred
        (r"^((?:epi)?cent|fib|theat|lit|\w*met|calib)re(?=s?$)", r"\1er"),
        (r"^(cent)red$", r"\1ered"),
        # defence, licence, practise
        (r"^(def|off|pret|lic)ence", r"\1ense"),
        (r"^practis", "practic"),
        # programme, catalogue, ageing, judgement, grey, sceptical
        (r"^(program)mes?$", r"\1"),
        (r"^(catal|dial|anal|monol)ogue", r"\1og"),
        (r"^(ag)eing$", r"\1ing"),
        (r"^(\w*(?:judg|acknowledg))ement", r"\1ment"),
        (r"^grey", "gray"),
        (r"^sceptic", "skeptic"),
        # Greek and Latin: paediatric, anaesthesia, leukaemia, oestrogen, foetal, diarrhoea
        (r"^(p|h|orthop|gyn|an|c|f|encyclop)ae(?=d|m|c|s|n|r|p)", r"\1e"),
        (r"^(\w+)aemi", r"\1emi"),
        (r"^(?:ae(?=tiolog)|oe(?=strogen|sophag|dema))", "e"),
        (r"^foet", "fet"),
        (r"^(\w+rrh)oe", r"\1e"),
        (r"^manoeuv(?:re|er)", "maneuver"),
    )
)
