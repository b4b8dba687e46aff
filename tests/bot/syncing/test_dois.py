"""A DOI is taken only when it is sure, and never taken for what the blog gave."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.citations import parse_citation
from bot.errors import SourceError
from bot.model import Author, Citation
from bot.ports.syncing import Work
from bot.store.archive import SqlArchive
from bot.store.dois import SqlDois
from bot.store.recorder import SqlRecorder
from bot.syncing.dois import LOOK_AGAIN, SURE, DoiFinder, Finds, confidence, is_telling, the_one
from tests.bot.syncing.scripted import NOON
from tests.builders import a_post
from tests.loops import on_a_loop

CITED = Citation(
    "Doe, J. & Roe, R. (2020). Silence in therapy: A study. Journal of Rest, 1, 2-3.",
    (Author("Doe", "J."), Author("Roe", "R.")), 2020, "Silence in therapy: A study", "Journal of Rest", "1", "", "2-3",
)  # fmt: skip
WORK = Work(
    "10.1000/SILENCE",
    ("Silence in Therapy", "Silence in Therapy: A Study"),
    "Doe",
    (2020,),
    ("J. Rest", "Journal of Rest"),
)


OTHERS = [
    replace(WORK, titles=("Silence in Therapy: A Second Study",)), replace(WORK, titles=()),
    replace(WORK, titles=("Silence in Therapy: A Study 2",)), replace(WORK, family="Roe"), replace(WORK, years=()),
    replace(WORK, years=(2018,)), replace(WORK, containers=("Journal of Unrest and More",)),
    replace(WORK, containers=()),
]  # fmt: skip


class TestConfidence:
    def test_a_work_in_all_parts_the_same_is_surely_meant(self) -> None:
        assert confidence(CITED, WORK) == 1.0
        assert the_one(CITED, [WORK]) == "10.1000/SILENCE"

    @pytest.mark.parametrize("years", [(2019,), (2021, 2025)])
    def test_a_year_apart_is_still_sure(self, years: tuple[int, ...]) -> None:
        assert SURE <= confidence(CITED, replace(WORK, years=years)) < 1.0

    @pytest.mark.parametrize("work", OTHERS, ids=str)
    def test_a_work_that_differs_in_one_part_is_not_taken(self, work: Work) -> None:
        assert confidence(CITED, work) < SURE
        assert the_one(CITED, [work]) == ""

    @pytest.mark.parametrize("lack", [{"title": ""}, {"authors": ()}, {"year": None}, {"container": ""}], ids=str)
    def test_a_citation_that_lacks_a_part_tells_too_little(self, lack: dict[str, object]) -> None:
        lacking = replace(CITED, **lack)  # type: ignore[arg-type] # fields of a citation
        assert not is_telling(lacking)
        assert confidence(lacking, WORK) == 0.0

    def test_two_works_alike_are_none(self) -> None:
        assert the_one(CITED, [WORK, replace(WORK, doi="10.1000/other")]) == ""
        assert the_one(CITED, [WORK, replace(WORK, doi="10.1000/silence")]) == "10.1000/silence"

    def test_a_citation_as_it_is_printed_can_be_sure(self) -> None:
        assert confidence(parse_citation(CITED.text), WORK) == 1.0


@dataclass
class Shelf:
    """A registry that holds some works: `bot.ports.syncing.Registry`."""

    works_held: Sequence[Work] = (WORK,)
    breaks_at: int = 99
    asked: list[str] = field(default_factory=list)

    async def works(self, citation: Citation) -> tuple[Work, ...]:
        self.asked.append(citation.text)
        if len(self.asked) > self.breaks_at:
            raise SourceError("it is closed", "It is closed.")
        return tuple(self.works_held)


@pytest.fixture
def archive(engine: Engine) -> SqlArchive:
    posts = [
        a_post("2021-07", "One on silence", citation=CITED),
        a_post("2021-06", "Another on silence", citation=CITED),
        a_post("2021-05", "On something else", citation=replace(CITED, text="Elm, E. (2020).", title="Something else")),
        a_post("2021-04", "With a DOI", citation=replace(CITED, text="Fir. (2020).", doi="10.1000/given")),
        a_post("2021-03", "Half a citation", citation=Citation("Gorse, G. (2020).")),
        a_post("2021-02", "None", citation=None),
    ]
    SqlRecorder(engine).record(posts, source="page.txt", at=NOON)
    return SqlArchive(engine)


def found(archive: SqlArchive) -> list[str]:
    return [post.citation.found_doi if post.citation else "-" for post in archive.posts()]


def run(engine: Engine, shelf: Shelf, days: int = 0) -> Finds:
    finds: list[Finds] = []

    @on_a_loop
    async def look() -> None:
        finds.append(await DoiFinder(SqlDois(engine), shelf, lambda: NOON + timedelta(days=days)).run())

    look()
    return finds[0]


def test_every_citation_without_a_doi_is_looked_up_once(engine: Engine, archive: SqlArchive) -> None:
    shelf, before = Shelf(), archive.stamp()
    finds = run(engine, shelf)
    assert finds == Finds(asked=2, found=1, posts=2)
    assert finds.said == "1 of 2 missing DOIs found, for 2 posts."
    assert sorted(shelf.asked) == ["Doe, J. & Roe, R. (2020). Silence in therapy: A study. Journal of Rest, 1, 2-3.",
                                   "Elm, E. (2020)."]  # fmt: skip
    assert found(archive) == ["10.1000/SILENCE", "10.1000/SILENCE", "", "", "", "-"]
    assert archive.stamp() != before
    assert archive.history(next(archive.posts()).id) == ()


def test_what_was_not_found_is_looked_for_again_much_later(engine: Engine, archive: SqlArchive) -> None:
    run(engine, Shelf())
    stamp = archive.stamp()
    soon, late = Shelf(), Shelf()
    assert run(engine, soon, days=LOOK_AGAIN.days - 1) == Finds(0, 0, 0)
    run(engine, late, days=LOOK_AGAIN.days + 1)
    assert (soon.asked, late.asked) == ([], ["Elm, E. (2020)."])
    assert archive.stamp() == stamp


def test_what_was_found_before_the_registry_closed_is_kept(engine: Engine, archive: SqlArchive) -> None:
    shelf = Shelf(breaks_at=1)
    with pytest.raises(SourceError):
        run(engine, shelf)
    assert len(run(engine, Shelf()).said) > 0
    assert found(archive)[:2] == ["10.1000/SILENCE"] * 2


def test_a_new_post_with_a_known_citation_needs_no_question(engine: Engine, archive: SqlArchive) -> None:
    run(engine, Shelf())
    SqlRecorder(engine).record([a_post("2021-08", "A third", citation=CITED)], source="page.txt", at=NOON)
    shelf = Shelf()
    assert run(engine, shelf, days=LOOK_AGAIN.days * 2) == Finds(asked=1, found=0, posts=1)
    assert shelf.asked == ["Elm, E. (2020)."]
    assert found(archive)[0] == "10.1000/SILENCE"


def test_a_found_doi_stays_when_the_post_is_read_again_and_goes_when_the_blog_gives_one(
    engine: Engine, archive: SqlArchive
) -> None:
    run(engine, Shelf())
    recorder, post = SqlRecorder(engine), a_post("2021-07", "One on silence", citation=CITED)
    recorder.record([replace(post, implications=("Otherwise.",))], source="page.txt", at=NOON)
    assert found(archive)[0] == "10.1000/SILENCE"
    given = replace(CITED, text=f"{CITED.text} doi:10.1000/given", doi="10.1000/given")
    recorder.record([replace(post, citation=given)], source="page.txt", at=NOON)
    assert found(archive)[0] == ""
