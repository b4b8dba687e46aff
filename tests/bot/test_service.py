"""Every request, answered by the whole bot on made-up posts."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.wiring.app import App
from bot.model import Post, Where
from bot.requests import Random, Request
from bot.views import View, as_text
from bot.wording import TOKEN_LIMIT, decode, parse
from tests.apps import an_app
from tests.builders import a_post


def months(count: int) -> list[Post]:
    return [
        a_post(f"{2010 + number}-07", f"Story {number}", topics=("Training",), implications=(f"Lesson {number}.",))
        for number in range(count)
    ]


@pytest.fixture
def app(tmp_path: Path) -> App:
    return an_app(tmp_path, months(12))


def ask(app: App, text: str) -> str:
    return as_text(app.service.answer(parse(text)))


def titles(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Story")]


def test_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    for text in ("latest", "topic burnout", "search x", "random", "show 0a1b"):
        assert "pprnet import" in ask(app, text)
    assert ask(app, "help").startswith("How to ask")
    assert ask(app, "about").startswith("PPRNet bot")


def test_latest_is_the_newest_month_whatever_order_posts_came_in(tmp_path: Path) -> None:
    app = an_app(tmp_path, [a_post("2014-01", "Old"), a_post("2023-02", "New"), a_post("2019-05", "Between")])

    assert ask(app, "latest").startswith("New\n")


def test_a_topic_is_listed_newest_first_and_page_by_page(app: App) -> None:
    pages = [ask(app, f"topic training page:{number}") for number in (1, 2, 3)]

    assert [title for page in pages for title in titles(page)] == [f"Story {number}" for number in range(11, -1, -1)]
    assert "1 to 5 of 12 summaries" in pages[0]
    assert "Back" not in pages[0]
    assert "More: /pprnet topic training page:2" in pages[0]
    assert "More" not in pages[2]


def test_a_search_is_listed_page_by_page_without_a_gap(app: App) -> None:
    pages = [ask(app, f"search story page:{number}") for number in (1, 2, 3)]
    found = [title for page in pages for title in titles(page)]

    assert sorted(found) == sorted(f"Story {number}" for number in range(12))


@pytest.mark.parametrize("text", ["topic training page:9", "search story page:9", "topic training year:>2000 page:9"])
def test_a_page_past_the_end_leads_back_to_the_last(app: App, text: str) -> None:
    said = ask(app, text)

    assert "The list has no page 9." in said
    assert "page:3" in said


def test_filters_narrow_a_topic(app: App) -> None:
    assert titles(ask(app, "topic training year:2018..2019")) == ["Story 9", "Story 8"]
    assert "Training with year:2018..2019: 2 summaries" in ask(app, "topic training year:2018..2019")
    none = ask(app, "topic training year:1950")
    assert "12 summaries are about Training, but none of them with year:1950." in none
    assert "Without the filters: /pprnet topic training" in none
    assert "no summary in the archive is about that" in ask(app, "topic empathy year:1950")


def test_a_topic_filter_in_a_search_is_understood_as_a_topic_is(app: App) -> None:
    assert titles(ask(app, "search story topic:trainees")) != []
    assert "I know no topic “xyzzy”" in ask(app, "search story topic:xyzzy")


def test_filters_alone_after_topic_are_a_search(app: App) -> None:
    assert "summaries for “year:>2000”" in ask(app, "topic year:>2000")


def test_a_word_under_several_topics_brings_all_of_them(tmp_path: Path) -> None:
    app = an_app(
        tmp_path,
        [
            a_post("2014-01", "One", topics=("Anxiety Disorders",)),
            a_post("2015-01", "Two", topics=("Cognitive Therapy (CT) and Cognitive-Behavioural Therapy (CBT)",)),
        ],
    )
    said = ask(app, "topic exposure")

    assert "2 summaries" in said
    assert "belongs to" in said
    assert "Each topic alone:" in said


def test_an_ambiguous_word_lists_the_candidates(app: App) -> None:
    said = ask(app, "topic client")

    assert said.startswith("Which topic?")
    assert said.count("/pprnet topic ") > 1


def test_the_beginning_of_a_word_is_said_to_be_one(app: App) -> None:
    assert "I took “trainin” as the beginning of Training" in ask(app, "topic trainin")


def test_another_word_for_a_topic_is_said_to_belong_to_it(app: App) -> None:
    assert "“trainees” belongs to Training" in ask(app, "topic trainees")


def test_a_beginning_of_another_word_for_a_topic_names_that_word(app: App) -> None:
    assert "I took “delibera” as the beginning of “deliberate practice”, which belongs to Training" in ask(
        app, "topic delibera"
    )


def test_a_filter_that_cannot_be_read_does_no_harm_to_the_topic(app: App) -> None:
    said = ask(app, "topic training year:soon")

    assert said.startswith("Training: 12 summaries")
    assert "I could not read “year:soon” as a filter, and left it out." in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("topic xyzzy", "I know no topic “xyzzy”, so I searched for it."),
        ("search xyzzy topic:nonsense", "I know no topic “nonsense”"),
        ("search xyzzy year:abc", "I could not read “year:abc” as a filter"),
    ],
)
def test_what_was_not_understood_is_said_even_where_nothing_is_found(app: App, asked: str, said: str) -> None:
    text = ask(app, asked)

    assert said in text
    assert "Nothing in the archive matches." in text


def test_a_long_question_is_not_repeated_whole(app: App) -> None:
    assert max(map(len, ask(app, "search " + "nothing " * 500).splitlines())) < 200


def test_an_id_may_be_shortened_while_it_is_unique(app: App) -> None:
    [post] = app.archive.get([months(1)[0].id])

    assert ask(app, f"show {post.id[:6].upper()}").startswith("Story 0\n")
    assert ask(app, f"show {post.id[:3]}").startswith("No such summary")


def test_a_beginning_of_several_ids_lets_one_choose(tmp_path: Path) -> None:
    alike = [a_post("2014-01", "One", id="abcd00000001"), a_post("2015-01", "Two", id="abcd00000002")]
    said = ask(an_app(tmp_path, alike), "show abcd")

    assert said.startswith("Which summary?")
    assert "show abcd00000001" in said
    assert "show abcd00000002" in said


def test_related_posts_share_words_and_leave_the_post_itself_out(tmp_path: Path) -> None:
    app = an_app(
        tmp_path,
        [
            a_post("2014-01", "Grief after loss", summary=("Widows grieve bereavement.",)),
            a_post("2015-01", "Bereavement again", summary=("Widows and bereavement in groups.",)),
            a_post("2016-01", "Panic on trains", summary=("Exposure helps with panic.",)),
        ],
    )
    post = app.archive.page(Where()).posts[-1]
    said = ask(app, f"related {post.id}")

    assert "Bereavement again\n" in said
    assert "Grief after loss\n" not in said


def test_any_post_is_shared_and_read_on_as_the_post_it_was(tmp_path: Path) -> None:
    app = an_app(tmp_path, [a_post(title=f"Post {number}") for number in range(9)])
    view = app.service.answer(Random())
    assert view.again is not None
    assert app.service.answer(view.again) == replace(view, again=None)


def test_random_throws_over_the_whole_archive(tmp_path: Path) -> None:
    app = an_app(tmp_path, months(3))
    seen = {ask(app, "random").splitlines()[0] for _ in range(60)}

    assert seen == {"Story 0", "Story 1", "Story 2"}


@pytest.mark.parametrize("style", ["apa", "bibtex", "ris"])
def test_a_post_without_citation_has_none_in_any_style(tmp_path: Path, style: str) -> None:
    post = a_post(citation=None)
    said = ask(an_app(tmp_path, [post]), f"cite {post.id} {style}")

    assert "names no citation" in said


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("shared"), months(7))


_COMMANDS = st.sampled_from(
    ["", "latest", "topic", "topics", "search", "month", "show", "related", "cite", "help", "about"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    _COMMANDS, st.text(max_size=120) | st.sampled_from(["page:2", "2021 page:2", "x spelling:exact", "year:a page:3"])
)
def test_whatever_is_typed_is_answered_and_every_button_can_be_pressed(
    shared_app: App, command: str, text: str
) -> None:
    view = shared_app.service.answer(parse(f"{command} {text}"))

    for button in view.buttons:
        assert len(button.token) <= TOKEN_LIMIT
        assert decode(button.token) == button.request
        assert 0 < len(button.label) <= 75


def test_every_button_leads_to_an_answer(shared_app: App) -> None:
    todo: list[View] = [shared_app.service.answer(parse(text)) for text in ("help", "latest", "topics", "search story")]
    pressed: set[Request] = set()
    while todo:
        for button in todo.pop().buttons:
            if button.request not in pressed:
                pressed.add(button.request)
                todo.append(shared_app.service.answer(button.request))

    assert len(pressed) > 60
