"""Reading a post for the person: its sentences, where to cut it, how long it takes, and who was studied."""

import re
from collections.abc import Iterator, Sequence

from bot.folding import fold
from bot.model import Post

WORDS_PER_MINUTE = 238
"""Silent reading of non-fiction in English by adults: the mean of 190 studies in M. Brysbaert (2019), How many words do
we read per minute? A review and meta-analysis of reading rate, Journal of Memory and Language, 109, 104047."""


def sentences(text: str) -> tuple[str, ...]:
    """Part a text into its sentences; nothing but the blanks between them is lost.

    A sentence ends at a full stop, question or exclamation mark or ellipsis, with the quotes and brackets that close
    after it, when a blank and no small letter follow. Abbreviations, initials and "et al." before a bracket end none.
    """
    parts = []
    start = 0
    for border in _BORDER.finditer(text):
        if _ends(text, border):
            parts.append(text[start : border.end("mark")])
            start = border.end()
    parts.append(text[start:])
    return tuple(part for part in map(str.strip, parts) if part)


def first_sentence(paragraphs: Sequence[str]) -> str:
    """Return the first sentence there is; empty when there is none."""
    return next((sentence for paragraph in paragraphs for sentence in sentences(paragraph)[:1]), "")


def cut(text: str, limit: int) -> tuple[str, str]:
    """Part a text that is too long into a head to show and the rest.

    The head has at most `limit` characters. It ends with a sentence, or where not even one fits, with a word and an
    ellipsis; it is empty when the limit is below 1. The rest is empty when the whole text fits.
    """
    text = text.strip()
    if len(text) <= limit:
        return text, ""
    if end := _last_sentence_end(text, limit):
        return text[:end], text[end:].lstrip()
    if limit < 1:
        return "", text
    blank = max(text.rfind(" ", 0, limit), 0) or limit - 1
    return f"{text[:blank].rstrip()}…", text[blank:].lstrip()


def minutes(post: Post) -> int:
    """Return how long the summary and its implications take to read, in whole minutes, at least 1."""
    count = sum(len(paragraph.split()) for paragraph in (*post.summary, *post.implications))
    return max(1, round(count / WORDS_PER_MINUTE))


def studied(post: Post) -> str | None:
    """Return the sentence of the summary that says who was studied and how many, word for word.

    The first sentence counts that both speaks of this study ("In this study", "The sample included", the cited authors
    and what they did, "49 therapists took part") and then gives a number of people or studies. Percentages, spans of
    time and anything said of other research count for nothing: rather no sentence than a wrong one.
    """
    authors = post.citation.authors if post.citation else ()
    families = [family for author in authors if (family := fold(author.family))]
    told = (sentence for paragraph in post.summary for sentence in sentences(paragraph))
    return next((sentence for sentence in told if _tells_who(sentence, families)), None)


_BORDER = re.compile(r"(?P<mark>(?<![.?!…])[.?!…]++[\"”’')\]»]*+)\s++(?=(?P<next>.))", re.DOTALL)
_BEFORE = re.compile(r"(?P<word>[^\s(\[“\"‘'—–/]{1,20})$")
_NEVER_LAST = frozenset({
    "approx", "ca", "cf", "dr", "drs", "ed", "eds", "e.g", "eg", "fig", "figs", "i.e", "ie", "incl", "mr", "mrs", "ms",
    "mx", "pp", "prof", "st", "viz", "vol", "vs",
})  # fmt: skip
_LAST_BEFORE_WORDS = frozenset({"al", "etc", "no", "p", "resp", "jr", "sr"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]|Ph\.D")
_OPENER = re.compile(
    r"(?:A(?!\.)|An|Although|And|As|At|But|For|He|However|If|In|It|On|One|She|So|Some|That|The|Their|Then|There|These|"
    r"They|This|Those|Thus|To|We|What|When|While|Why)\b"
)


def _ends(text: str, border: re.Match[str]) -> bool:
    following = border["next"]
    if following.islower() or not (following.isalnum() or following in "\"“‘'([«…¿¡"):
        return False
    if border["mark"] != ".":
        return True
    before = _BEFORE.search(text, max(0, border.start() - 24), border.start())
    word = before["word"] if before else ""
    if word.casefold() in _NEVER_LAST:
        return False
    if word.casefold() in _LAST_BEFORE_WORDS:
        return following.isalpha()
    return not _INITIALS.fullmatch(word) or bool(_OPENER.match(text, border.end()))


def _last_sentence_end(text: str, limit: int) -> int:
    end = 0
    for border in _BORDER.finditer(text[: limit + 2]):
        if border.end("mark") <= limit and _ends(text, border):
            end = border.end("mark")
    return end


_PEOPLE = (
    "adolescents|adults|caregivers|children|clients|clinicians|couples|counsell?ors|dyads|families|individuals|inpatients|"
    "interns|men|mothers|outpatients|parents|participants|patients|people|persons|practitioners|professionals|"
    "psychiatrists|psychologists|psychotherapists|residents|respondents|students|supervisees|supervisors|therapists|"
    "trainees|undergraduates|veterans|women|workers|youths?"
)
_WORKS = (
    "articles|dissertations|effect sizes|experiments|meta-analyses|papers|rcts|reports|reviews|samples|studies|trials"
)
_STUDY = (
    "analys[ie]s|article|experiment|investigation|meta-analys[ie]s|paper|project|research|review|study|survey|trial"
)
_DID = (
    r"(?:analy[sz]ed|asked|assessed|collected|combined|compared|conducted|drew on|enrolled|examined|followed|gathered|"
    r"identified|included|interviewed|invited|looked at|meta-analy[sz]ed|observed|obtained|pooled|random(?:ly assigned|"
    r"i[sz]ed)|recruited|reviewed|sampled|screened|studied|surveyed|synthesi[sz]ed|tested|tracked|treated|used)\b"
)
_NUMBER = (
    r"(?<![\w.,=<>$-])(?:\d++(?:,\d{3}\b)*+(?!\.\d| ?%| per ?cent)|"
    r"(?:(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
    r"(?:-[a-z]{3,5})?))"
)
_NOT_BETWEEN = (
    "across|after|and|are|as|at|before|between|by|categories|centers|centres|clinics|conditions|countries|days?|factors|"
    "for|forms|from|groups|had|have|hours?|in|is|items?|kinds|less|measures|minutes?|months?|more|most|on|per|points?|"
    "profiles|scales|sessions?|sites|than|that|times|to|types|was|ways|weeks?|were|when|which|who|with|years?"
)
_RESULT = (
    "deteriorated|did|dropped|felt|had|improved|recovered|reported|responded|said|scored|showed|were categori[sz]ed"
)
_COUNT = (
    rf"(?:{_NUMBER}(?: (?!(?:{_NOT_BETWEEN})\b)[\w'-]++,?+){{0,5}}? (?:{_PEOPLE}|{_WORKS})\b"
    rf"(?! (?:\([^()]{{0,40}}\) )?(?:{_RESULT})\b)|\(n ?= ?\d)"
)
_HOW_MANY = re.compile(_COUNT)
_OWN = re.compile(
    rf"\b(?:in|for) (?:this|the (?:present|current))(?: [\w-]+){{0,3}}? (?:{_STUDY})\b|"
    rf"^(?:this|the (?:present|current))(?: [\w-]+){{0,5}}? (?:{_STUDY})\b|"
    rf"^(?:(?:the|their|all|study) )?(?:(?:final|full|overall|total|whole) )?"
    r"(?:(?:clients|data|participants|patients|sample|therapists) "
    r"(?:came from|comprised|consisted of|included|was|were)|"
    rf"(?:sample|{_STUDY}) (?:also |then )?(?:comprised|consisted of|contained|involved|{_DID}))\b|"
    rf"\bthe (?:authors|investigators|researchers) (?:also |then |\w+ly )?{_DID}"
)
_TOOK_PART = re.compile(
    rf"^(?:(?:a total of|in total,|data (?:came |were collected )?from|about|almost|approximately|more than|nearly|"
    rf"over) )?{_COUNT}[^;]{{0,80}}? (?:participated|took part|completed|provided data|were (?:asked|assigned|enrolled|"
    rf"followed|included|interviewed|random\w+|recruited|surveyed))\b|"
    rf"^there were (?:[a-z]+ )?{_COUNT}[^;]{{0,80}} in (?:the|this) (?:sample|{_STUDY})\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:previous|prior|earlier|past|other|existing|recent|some|many|few|several) "
    r"(?:findings|meta-analys[ie]s|research|reviews?|stud(?:y|ies)|surveys?|trials?|work)\b|\bpreviously\b|"
    r"\b(?:research|researchers|studies|surveys?) (?:document|find|ha[sv]e?|indicate|report|show|suggest)"
)


def _tells_who(sentence: str, families: Sequence[str]) -> bool:
    said = fold(sentence)
    if _TOOK_PART.search(said) and not _ELSEWHERE.search(said):
        return True
    for frame in _frames(families):
        spoken = frame.search(said)
        counted = _HOW_MANY.search(said, spoken.end()) if spoken else None
        if counted and not _ELSEWHERE.search(said, 0, counted.start()):
            return True
    return False


def _frames(families: Sequence[str]) -> Iterator[re.Pattern[str]]:
    yield _OWN
    if families:
        names = "|".join(map(re.escape, families))
        others = rf"(?:(?:his|her|their) )?(?:associates|co-?authors|co-?workers|colleagues|{names})"
        yield re.compile(
            rf"\b(?:{names})(?: et al\.?| and {others})?"
            rf"(?: \([^()]{{0,20}}\))? (?:also |then |\w+ly )?{_DID}"
        )
