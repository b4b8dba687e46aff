"""What people set for their channels, by the whole bot on real databases."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.wiring.app import App, open_app
from bot.channels import NOBODY, Channel
from bot.requests import Request, Subscribe, TopicList
from bot.settings import Settings
from bot.subscriptions import Filter, Subscription, SubscriptionState
from bot.views import as_text
from bot.wording import parse
from tests.builders import a_post
from tests.subscribers import CAROL, DIRECT, NOW, OLD, Clock, answer, ask, bring, kept, labels

EVERYTHING = ("subscribe", "unsubscribe", "subscriptions", "pause", "resume", "preview", "status")


@pytest.mark.parametrize("text", EVERYTHING)
def test_a_terminal_is_told_that_subscriptions_belong_to_channels(app: App, text: str) -> None:
    said = ask(app, text, NOBODY)

    assert said.startswith("Subscriptions belong to channels")
    assert "docs/slack.md" in said


def test_subscribing_says_in_a_sentence_what_will_come_and_when_with_a_sample(app: App) -> None:
    said = ask(app, "subscribe")

    assert said.startswith("Subscribed\n\nFrom now on this channel gets every new summary.")
    assert "Next: Monday 7 December 2026, 9:00 EST." in said
    assert "A sample: the latest summary that would have come\n\nBurnout affects outcomes" in said
    assert "Nothing old is posted." in said
    assert kept(app) == Subscription(
        kept(app).id, Channel("slack", "T1", "C1"), "#research", False, "U1", NOW, state_since=NOW, by_name="Carol"
    )


def test_topics_are_read_as_after_topic_and_repeated_as_they_were_understood(app: App) -> None:
    said = ask(app, "subscribe burnuot, trainee and exposure except medication")

    assert "From now on this channel gets what is new about “Burnout”, “Training”, “Anxiety Disorders” or “Cogn" in said
    assert "(CBT)”, but nothing about Medications/Pharmacotherapy." in said
    assert "I read “burnuot” as Burnout." in said
    assert "“exposure” belongs to “Anxiety Disorders” and “Cognitive Therapy" in said
    assert "“medication” belongs to Medications/Pharmacotherapy." in said
    assert kept(app).filter.without == ("Medications/Pharmacotherapy",)


def test_the_beginning_of_a_topic_is_said_to_be_one_and_a_name_is_not_explained(app: App) -> None:
    assert "I took “trainin” as the beginning of Training." in ask(app, "subscribe trainin")
    assert "Empathy." in ask(app, "subscribe Empathy").split("\n\n")[1]
    assert "belongs" not in ask(app, "subscribe Empathy")


def test_the_sample_is_the_latest_that_the_filter_takes(app: App) -> None:
    assert "have come\n\nEmpathy helps" in ask(app, "subscribe training")
    assert "have come\n\nEmpathy helps" in ask(app, "subscribe except burnout")
    assert "holds nothing yet that would have come" in ask(app, "subscribe grief")


@pytest.mark.parametrize(("newer", "said"), [(25, "have come\n\nBurnout affects"), (200, "holds nothing yet")])
def test_the_sample_is_looked_for_among_the_newest_two_hundred(app: App, newer: int, said: str) -> None:
    bring(app, [a_post(f"{2022 + n // 12}-{n % 12 + 1:02}", f"Story {n}", topics=["Ethics"]) for n in range(newer)])

    assert said in ask(app, "subscribe except ethics")


@pytest.mark.parametrize(
    ("text", "why", "offer"),
    [
        ("subscribe xyzzy", "I know no topic “xyzzy”.", TopicList()),
        ("subscribe empathy except xyzzy", "I know no topic “xyzzy”.", TopicList()),
        ("subscribe and", "I know no topic “and”.", TopicList()),
        ("subscribe xyzzy, frobnicate", "I know no topic “xyzzy”.\n\nI know no topic “frobnicate”.", TopicList()),
        ("subscribe client, burnout", "“client” may mean several topics.", Subscribe("Client Factors, burnout")),
        (
            "subscribe empathy except client",
            "“client” may mean several topics.",
            Subscribe("empathy", "Client Factors"),
        ),
        (f"subscribe client, {'burnout, ' * 20}", "“client” may mean several topics.", TopicList()),
    ],
)
def test_what_is_not_understood_changes_nothing_and_is_asked_for(app: App, text: str, why: str, offer: Request) -> None:
    ask(app, "subscribe burnout")
    view = answer(app, text)

    assert view.title == "Which topics?"
    assert f"{why}\n\nNothing was changed." in as_text(view)
    assert labels(view)[-1] == "All topics"
    assert view.buttons[0].request == offer
    assert kept(app).filter == Filter(("Burnout",))


def test_a_wish_that_takes_nothing_is_said_to_be_one(app: App) -> None:
    assert "That would bring nothing" in ask(app, "subscribe burnout except burnout, empathy")
    assert app.subscriptions.here(Channel("slack", "T1", "C1")) is None


def test_subscribing_again_replaces_what_was_set_and_says_so(app: App, clock: Clock) -> None:
    ask(app, "subscribe burnout")
    clock.now += timedelta(days=1)
    said = ask(app, "subscribe empathy", replace(CAROL, user="U2", name="Dora"))

    assert said.startswith("Changed\n\nFrom now on this channel gets what is new about Empathy.")
    assert "That replaces what was set before: what is new about Burnout." in said
    assert (kept(app).since, kept(app).by_name, kept(app).state_since) == (NOW, "Dora", clock.now)
    assert ask(app, "subscribe empathy").startswith("Subscribed already\n\nAs before, this channel gets")


def test_pausing_and_resuming_leave_what_was_set(app: App) -> None:
    ask(app, "subscribe burnout")
    assert ask(app, "resume").startswith("It was not paused")
    said = ask(app, "pause")
    assert said.startswith("Paused\n\nNothing more is posted here until someone resumes the subscription.")
    assert "It stays as it was set: what is new about Burnout." in said
    assert ask(app, "pause").startswith("Paused already")
    assert kept(app).state is SubscriptionState.PAUSED
    assert "It is paused" in ask(app, "status")
    assert "It is paused" in ask(app, "preview")
    said = ask(app, "resume")
    assert said.startswith("It goes on\n\nAs before, this channel gets what is new about Burnout.")
    assert kept(app).state is SubscriptionState.ACTIVE


def test_subscribing_ends_a_pause(app: App) -> None:
    ask(app, "subscribe burnout")
    ask(app, "pause")

    assert "The subscription had been interrupted, and goes on." in ask(app, "subscribe burnout")
    assert kept(app).state is SubscriptionState.ACTIVE


def test_an_interruption_says_why_and_ends_by_hand(app: App) -> None:
    ask(app, "subscribe")
    app.subscriptions.lose(Channel("slack", "T1", "C1"), "This channel is archived: unarchive it.", NOW)
    assert "It is interrupted. This channel is archived: unarchive it." in ask(app, "status")
    assert ask(app, "resume").startswith("It goes on")
    assert (kept(app).state, kept(app).why) == (SubscriptionState.ACTIVE, "")


def test_an_interruption_can_be_turned_into_a_pause(app: App) -> None:
    ask(app, "subscribe")
    app.subscriptions.lose(Channel("slack", "T1", "C1"), "This channel is archived.", NOW)

    assert ask(app, "pause").startswith("Paused\n")
    assert kept(app).state is SubscriptionState.PAUSED


def test_unsubscribing_offers_what_was_before(app: App) -> None:
    ask(app, "subscribe burnout except medication")
    view = answer(app, "unsubscribe")

    assert view.title == "Unsubscribed"
    assert kept(app).state is SubscriptionState.ENDED
    assert labels(view) == ["Subscribe as before", "Subscribe to everything", "Preview"]
    assert view.buttons[0].request == Subscribe("Burnout", "Medications/Pharmacotherapy")
    as_before = as_text(app.service.answer(view.buttons[0].request, CAROL))
    assert as_before.startswith("Subscribed\n")
    assert "replaces" not in as_before


@pytest.mark.parametrize("text", ["unsubscribe", "pause", "resume"])
def test_without_a_subscription_there_is_nothing_to_change(app: App, text: str) -> None:
    assert "This channel has not subscribed. There is nothing to change." in ask(app, text)
    ask(app, "subscribe burnout")
    ask(app, "unsubscribe")
    assert labels(answer(app, text))[0] == "Subscribe as before"
    assert "You have not subscribed here." in ask(app, text, DIRECT)


@pytest.mark.parametrize("text", ["subscribe", "unsubscribe", "pause", "resume"])
def test_whoever_may_not_change_a_channel_is_told_why_and_may_look(app: App, text: str) -> None:
    ask(app, "subscribe burnout")
    before = kept(app)
    view = answer(app, text, replace(CAROL, hindrance="Guests cannot do that.", obstacle="Nor can the bot post."))

    assert "Guests cannot do that.\n\nNothing was changed." in as_text(view)
    assert kept(app) == before
    for button in view.buttons:
        assert "Guests" not in as_text(app.service.answer(button.request, replace(CAROL, hindrance="Guests cannot.")))


@pytest.mark.parametrize("text", ["subscribe empathy", "resume"])
def test_what_keeps_the_bot_from_posting_is_said_and_nothing_is_changed(app: App, text: str) -> None:
    ask(app, "subscribe burnout")
    ask(app, "pause")
    before = kept(app)
    view = answer(app, text, replace(CAROL, obstacle="Write /invite @pprnet here."))

    assert "Write /invite @pprnet here.\n\nNothing was changed." in as_text(view)
    assert [button.request for button in view.buttons] == [parse(text)]
    assert kept(app) == before


def test_a_request_that_no_button_can_carry_is_not_offered_again(app: App) -> None:
    view = answer(app, f"subscribe {'burnout, ' * 20}", replace(CAROL, obstacle="Not yet."))

    assert view.buttons == ()


def test_an_obstacle_does_not_keep_anyone_from_ending_it(app: App) -> None:
    ask(app, "subscribe")
    assert ask(app, "pause", replace(CAROL, obstacle="Write /invite.")).startswith("Paused")
    assert ask(app, "unsubscribe", replace(CAROL, obstacle="Write /invite.")).startswith("Unsubscribed")


def test_a_direct_message_subscribes_for_one_person(app: App) -> None:
    assert "From now on you get what is new about Burnout here." in ask(app, "subscribe burnout", DIRECT)
    assert "You get what is new about Burnout here." in ask(app, "status", DIRECT)
    assert kept(app, DIRECT).private


@pytest.fixture(scope="module")
def one_app(tmp_path_factory: pytest.TempPathFactory) -> App:
    folder = tmp_path_factory.mktemp("any")
    app = open_app(Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index"), at=NOW, furnished=False)
    bring(app, OLD)
    return app


_WORDS = st.lists(st.sampled_from(["burnout", "client", "xyzzy", ",", "and", "except", "page:2", "all"]), max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.builds("{} {}".format, st.sampled_from(EVERYTHING), _WORDS.map(" ".join)), max_size=4))
def test_whatever_is_typed_is_answered_and_every_button_can_be_pressed(one_app: App, texts: list[str]) -> None:
    for text in texts:
        for button in answer(one_app, text).buttons:
            assert 0 < len(button.label) <= 75
            assert button.token


def test_an_empty_archive_can_be_subscribed_to(tmp_path: Path) -> None:
    app = open_app(Settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "index"), at=NOW, furnished=False)

    assert "The archive holds nothing yet that would have come." in ask(app, "subscribe")
