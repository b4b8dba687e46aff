"""Invented documents for the tests of the search, in memory and free to change."""

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from bot.search.documents import Document

WORDS = (
    *("therapist", "patient", "burnout", "empathy", "alliance", "depression", "anxiety", "supervision", "training"),
    *(
        "attachment",
        "behaviour",
        "dropout",
        "randomised",
        "counselling",
        "outcome",
        "relationship",
        "emotion",
        "trauma",
    ),
)


class Given:
    """Documents that stay as they are until they are replaced."""

    def __init__(self, documents: Sequence[Document], stamp: str = "first") -> None:
        self.replace(documents, stamp)
        self.read = 0

    def replace(self, documents: Sequence[Document], stamp: str) -> None:
        self._documents, self._stamp = tuple(documents), stamp

    def stamp(self) -> str:
        return self._stamp

    def documents(self) -> Iterator[Document]:
        self.read += 1
        yield from self._documents


def numbered(count: int, text: str = "burnout") -> list[Document]:
    """Return documents alike in all but their ids, the first the newest."""
    return [Document(f"d{number}", "", text, newest=-number) for number in range(count)]


CLINIC = (
    Document(
        "burnout",
        "Tired therapists and how their patients fare",
        "Burnout among 49 therapists went with poorer outcomes. The quality of life of patients was asked for too.",
        authors=("Sørensen", "de Jong"),
        years=(2018, 2021),
        topics=("Therapist Factors",),
        newest=5,
    ),
    Document(
        "groups",
        "Group therapy for grief",
        "Groups were as good as single sessions. Drop-out was low, and life was good.",
        authors=("Jong", "O'Neil"),
        years=(2019,),
        topics=("Group Psychotherapy", "Grief"),
        newest=4,
    ),
    Document(
        "empathy",
        "Does empathy matter?",
        "Empathy of the clinician's own kind predicted the behaviour of clients.",
        authors=("Nissen-Lie",),
        years=(2015, 2016),
        topics=("Empathy",),
        newest=3,
    ),
    Document(
        "training",
        "Training",
        "Counselling skills can be taught, as a randomised trial says.",
        years=(2012,),
        newest=2,
    ),
)
"""Four documents, the newest first."""

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@st.composite
def libraries(draw: st.DrawFn) -> list[Document]:
    """Return any few documents."""
    count = draw(st.integers(1, 8))
    return [
        Document(
            f"d{number}",
            draw(texts),
            draw(texts),
            authors=tuple(draw(st.lists(st.sampled_from(["de Jong", "Jong", "Lie", "Nissen-Lie"]), max_size=2))),
            years=tuple(draw(st.lists(st.integers(2013, 2018), max_size=2))),
            topics=tuple(draw(st.lists(st.sampled_from(["Empathy", "Group Work", "Grief"]), max_size=2))),
            newest=draw(st.integers(-3, 3)),
        )
        for number in range(count)
    ]
