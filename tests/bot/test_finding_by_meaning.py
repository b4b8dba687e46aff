"""Questions to the whole bot, with the extra and the vectors there."""

from pathlib import Path

import pytest

from adapters.wiring.app import App
from bot.meaning import extra
from bot.views import Quote, View, as_text
from bot.wording import parse
from tests.apps import an_app
from tests.bot.meaning.clinic import CLINIC, LEAVING


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The bot with the invented archive and every vector."""
    app = an_app(tmp_path_factory.mktemp("clinic"), CLINIC)
    assert app.filler is not None
    list(app.filler.steps())
    return app


def answer(app: App, text: str) -> View:
    return app.service.answer(parse(text))


def quoted(view: View) -> list[str]:
    return [block.text for block in view.blocks if isinstance(block, Quote)]


def test_a_question_is_answered_in_quotes_above_the_list(app: App) -> None:
    view = answer(app, "search why do clients quit treatment")
    assert quoted(view) == ["Patients who felt judged by their therapist ended treatment early."]
    text = as_text(view)
    assert text.index("What goes before an early end of treatment, November 2023") < text.index("\nSummaries\n")


def test_words_that_are_no_topic_are_answered_too(app: App) -> None:
    assert quoted(answer(app, "topic why do clients quit treatment"))


@pytest.mark.parametrize(
    "text", ["treatment", "clients quit", 'why do clients quit "treatment"', "end of it year:2023"]
)
def test_what_is_looked_up_is_not_answered_in_quotes(app: App, text: str) -> None:
    view = answer(app, f"search {text}")
    assert "summar" in view.title
    assert "own words" not in as_text(view)
    assert "comes close to an answer" not in as_text(view)


def test_a_question_without_an_answer_is_told_so(app: App) -> None:
    text = as_text(answer(app, "search what do the clinics of the moon cost"))
    assert "No sentence of these summaries comes close to an answer." in text


def test_only_the_first_page_has_quotes(app: App) -> None:
    assert not quoted(answer(app, "search why do clients quit treatment page:2"))


def test_where_nothing_is_close_the_nearest_topics_are_offered(app: App) -> None:
    text = as_text(answer(app, "search recipe of tomato soup"))
    assert "Nothing in the archive comes close" in text
    assert text.count("/pprnet topic ") == 3


def test_where_filters_leave_nothing_topics_are_offered(app: App) -> None:
    assert "/pprnet topics" in as_text(answer(app, "search year:1950"))


def test_related_posts_are_listed(app: App) -> None:
    text = as_text(answer(app, f"related {LEAVING.id}"))
    assert text.index("The price of an hour") < text.index("Mourning together")


def test_before_the_vectors_are_there_nothing_is_quoted(tmp_path: Path) -> None:
    view = answer(an_app(tmp_path, CLINIC), "search why do clients quit treatment")
    assert not quoted(view)
    assert "own words" not in as_text(view)


def test_passages_are_there_before_the_sentences_are(tmp_path: Path) -> None:
    app = an_app(tmp_path, CLINIC)
    assert app.filler is not None
    for _, _progress in zip(range(2), app.filler.steps(), strict=False):
        pass
    text = as_text(answer(app, "search why do clients quit therapy"))
    assert "What goes before an early end of treatment" in text
    assert "comes close" not in text


def test_without_the_extra_words_find_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "_NEEDED", ("a_package_that_is_not_there",))
    app = an_app(tmp_path, CLINIC)
    assert app.filler is None
    with app.filling():
        assert "The price of an hour" in as_text(answer(app, "search fees"))
    assert "Nothing in the archive matches" in as_text(answer(app, "search recipe of tomato soup"))
    assert "most like" in as_text(answer(app, f"related {LEAVING.id}"))
