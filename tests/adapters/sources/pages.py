"""Invented pages of the blog in its own shapes, and a strategy that draws them."""

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from adapters.sources.blog import read_page
from adapters.sources.lines import lines_of_text
from bot.citations import parse_citation
from bot.model import Month, Post, Reading, identify

CITATION = "Alder, A., & Birch, B. B. (2021). An invented study of therapists. Psychotherapy, 58(3), 401–413."
OTHER_CITATION = "Cedar, C., Dogwood, D., & Elm, E. (2019). Another invented study. Anxiety, 35, 844-850."
THIRD_CITATION = "Fir, F. (2020). A third invented study. Clinical Psychology and Psychotherapy, 28, 226-232."
SUMMARY = "Alder and colleagues asked 49 therapists how they fared, and 2223 of their clients how they did. " * 6 + (
    "The more “tired” the therapist, the poorer the outcome (β = −.31, p < .01) — as one would fear."
)
OTHER_SUMMARY = "Cedar’s group watched 31 first sessions, and coded every silence in them for its use. " * 6 + (
    "Silences helped in sessions that went well (r > .30)."
)
ADVICE = "Look after one another. Those who rest help longer, and their clients gain from it."
OTHER_ADVICE = "Let a silence stand. Clients use it when they trust the one who is silent with them."


def page(*lines: str) -> str:
    """Return a page in its text form."""
    return "\n".join(lines) + "\n"


def read(*lines: str, month: Month | None = None) -> Reading:
    """Read a page given line by line."""
    return read_page("page.txt", lines_of_text(page(*lines)), month)


def the_post(reading: Reading) -> Post:
    """Return the one post of a reading that left nothing over."""
    assert not reading.unplaced
    (post,) = reading.posts
    return post


FURNITURE = (
    "Blog",
    "The Psychotherapy Practice Research Network (PPRNet) blog began long ago, for all who like invented words.",
    "This month...",
    "",
    "…I blog about trees.",
    "Type of Research",
    "- Case studies of trees",
    "Topics",
    "- ALL Topics (clear)",
    "- Attendance, Attrition, and Drop-Out",
    "- Training",
)

_NAMES = ("Therapist", "Client", "Alliance", "Burnout", "Röntgen", "Fagernäs", "Outcomes", "Empathy", "CBT/PDT", "Řím")
_words = st.lists(st.sampled_from(_NAMES), min_size=3, max_size=6).map(" ".join)
titles = st.builds(
    lambda start, rest, end: f"{start}{rest}{end}",
    _words,
    st.sampled_from(["", ": A Study", " and Its “Cost”", "—Again"]),
    st.sampled_from(["", "", "", "?", "."]),
)
paragraphs = st.builds(
    lambda words, ending: f"{words}{ending}" + f" In all, {words.lower()} mattered a good deal more than expected." * 8,
    _words,
    st.sampled_from([" differed (β = −.31, p < .01).", " did ‘well’ – or did not…", " & <others> co‐varied."]),
)
citations = st.builds(
    lambda name, year, title, tail: f"{name} ({year}). {title}. Psychotherapy, {tail}",
    st.sampled_from(["Alder, A., & Birch, B. B.", "Rønnestad, M. H.", "de Vries, D., & Řeháček, J."]),
    st.integers(1990, 2029),
    st.sampled_from(["An invented study", "What therapists—all of them—do", "Trust: The client’s view"]),
    st.sampled_from(["58(3), 401–413.", "35, 1-9. https://doi.org/10.1037/pst0000503"]),
)


@dataclass(frozen=True)
class Known:
    """A page whose posts are known: its text form, and the same in three kinds of markup."""

    posts: tuple[Post, ...]
    one_heading: bool

    def lines(self) -> list[tuple[str, str]]:
        """Return (kind, text) pairs; the kinds are the parts of the grammar."""
        found: list[tuple[str, str]] = []
        for number, post in enumerate(self.posts):
            if number == 0 or not self.one_heading:
                found.append(("month", post.month.label))
            found.append(("title", post.title))
            found += [("citation", post.citation.text)] if post.citation else []
            found += [("text", paragraph) for paragraph in post.summary]
            found += [("mark", "Practice Implications")] if post.implications else []
            found += [("text", paragraph) for paragraph in post.implications]
        return found

    def text(self) -> str:
        """Return the text form."""
        return page(*FURNITURE, *(text for _, text in self.lines()), "1 2 3", "Next")

    def articles(self) -> str:
        """Return markup with a heading or paragraph for each line."""
        tags = {"month": "h2", "title": "h3", "citation": "p", "text": "p", "mark": "h4"}
        body = "".join(f"\n<{tags[kind]}>{escape(text)}</{tags[kind]}>" for kind, text in self.lines())
        return f"<!DOCTYPE html><title>Blog</title><nav><a>Home</a></nav><main>{body}</main><footer>©</footer>"

    def breaks(self) -> str:
        """Return markup where `<br>` does everything, as old pages have it."""
        inline = {"month": "b", "title": "strong", "citation": "em", "text": "font", "mark": "B"}
        body = "".join(f"<{inline[kind]}>{escape(text)}</{inline[kind]}><BR><br />\n" for kind, text in self.lines())
        return f"<html><body bgcolor=white><script>if (1<2) document.write('<p>x')</script><div>{body}</body></html>"

    def tables(self) -> str:
        """Return markup in tables, with entities for everything beyond ASCII, and no end tags for cells."""
        rows = "".join(
            f"<tr><td>{escape(text).encode('ascii', 'xmlcharrefreplace').decode()}" for _, text in self.lines()
        )
        return f"<table>{rows}</table><form><select><option>Training</select></form><p hidden>Gone"


@st.composite
def known_pages(draw: st.DrawFn) -> Known:
    """Return a page of posts: under one heading each, or all under one."""
    one_heading = draw(st.booleans())
    months = draw(st.lists(st.builds(Month, st.integers(2013, 2029), st.integers(1, 12)), min_size=1, max_size=4))
    names = draw(st.lists(titles, min_size=len(months), max_size=len(months), unique=True))
    return Known(
        tuple(draw(_known_post(months[0] if one_heading else month, name, one_heading=one_heading))
              for month, name in zip(months, names, strict=True)),
        one_heading,
    )  # fmt: skip


@st.composite
def _known_post(draw: st.DrawFn, month: Month, title: str, *, one_heading: bool) -> Post:
    """Return a post; below a shared heading only a citation says for sure where a post begins."""
    citation = draw(citations if one_heading else st.none() | citations)
    return Post(
        id=identify(month, title),
        month=month,
        title=title,
        summary=tuple(draw(st.lists(paragraphs, min_size=1, max_size=3))),
        citation=parse_citation(citation) if citation else None,
        implications=tuple(draw(st.lists(paragraphs, max_size=2))),
    )
