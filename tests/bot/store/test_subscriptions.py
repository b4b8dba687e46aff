"""A channel has one subscription at most, and what it is not subscribed to is not sent."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels import Channel, Workspace
from bot.editions import DeliveryState
from bot.store.lookups import CHUNK
from bot.store.rows import storable
from bot.subscriptions import Filter, Subscription, SubscriptionState
from tests.builders import a_channel, a_subscription
from tests.desk import DAY, HOUR, NOON, Desk, together

HERE = a_channel("C1")
THERE = a_channel("C2")
ELSEWHERE = a_channel("C1", "T2")
ON_DISCORD = a_channel("C1", "T1", "discord")
ENDED = SubscriptionState.ENDED

texts = st.text(max_size=20)
subscriptions = st.builds(
    Subscription,
    id=st.just(0),
    channel=st.builds(Channel, st.sampled_from(["slack", "discord"]), texts, texts),
    label=texts,
    private=st.booleans(),
    by=texts,
    by_name=texts,
    since=st.just(NOON),
    filter=st.builds(Filter, st.lists(texts).map(tuple), st.lists(texts).map(tuple)),
    state=st.sampled_from(SubscriptionState),
    state_since=st.none() | st.just(NOON + DAY),
    why=texts,
)


class TestSaving:
    def test_nothing_is_known_of_a_new_channel(self, desk: Desk) -> None:
        assert desk.subscriptions.here(HERE) is None
        assert desk.subscriptions.among() == ()

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(subscription=subscriptions)
    def test_a_subscription_is_kept_to_the_letter(self, desk: Desk, subscription: Subscription) -> None:
        kept = desk.subscriptions.save(subscription)
        assert desk.subscriptions.here(subscription.channel) == kept
        assert desk.subscriptions.here(kept.channel) == replace(storable_subscription(subscription), id=kept.id)

    def test_another_one_takes_its_place_under_the_same_number(self, desk: Desk) -> None:
        first = desk.subscriptions.save(a_subscription(HERE, "Empathy"))
        second = desk.subscriptions.save(a_subscription(HERE, "Training", by="U2", since=NOON))
        assert second == a_subscription(HERE, "Training", by="U2", since=NOON, id=first.id)
        assert desk.subscriptions.among() == (second,)

    def test_channels_of_one_name_in_other_places_are_others(self, desk: Desk) -> None:
        for number, channel in enumerate((HERE, ELSEWHERE, ON_DISCORD)):
            desk.subscriptions.save(a_subscription(channel, by=f"U{number}"))
        found = map(desk.subscriptions.here, (HERE, ELSEWHERE, ON_DISCORD))
        assert [one and one.by for one in found] == ["U0", "U1", "U2"]

    def test_several_may_subscribe_one_channel_at_once(self, desk: Desk) -> None:
        kept = together(*(partial(desk.subscriptions.save, a_subscription(HERE, by=f"U{n}")) for n in range(4)))
        assert len({one.id for one in kept}) == 1
        assert desk.subscriptions.here(HERE) in kept

    def test_a_filter_may_be_of_any_length(self, desk: Desk) -> None:
        topics = tuple(f"A topic with a long name, number {number}" for number in range(2000))
        desk.subscriptions.save(a_subscription(HERE, *topics))
        found = desk.subscriptions.here(HERE)
        assert found
        assert found.filter == Filter(topics)


def storable_subscription(one: Subscription) -> Subscription:
    """Return a subscription without the characters that no database takes."""
    channel = Channel(*map(storable, (one.channel.platform, one.channel.workspace, one.channel.id)))
    wanted = Filter(tuple(map(storable, one.filter.topics)), tuple(map(storable, one.filter.without)))
    named: dict[str, Any] = {name: storable(getattr(one, name)) for name in ("label", "by", "by_name", "why")}
    return replace(one, channel=channel, filter=wanted, **named)


class TestListing:
    @pytest.fixture(autouse=True)
    def _subscribed(self, desk: Desk) -> None:
        for hours, (channel, state) in enumerate(
            [
                (ON_DISCORD, SubscriptionState.ACTIVE),
                (ELSEWHERE, SubscriptionState.PAUSED),
                (THERE, SubscriptionState.GONE),
                (HERE, SubscriptionState.ACTIVE),
                (a_channel("C3"), ENDED),
            ]
        ):
            desk.subscriptions.save(a_subscription(channel, state=state, since=NOON - hours * HOUR))

    def test_all_but_the_ended_are_listed_the_oldest_first(self, desk: Desk) -> None:
        assert [one.channel for one in desk.subscriptions.among()] == [HERE, THERE, ELSEWHERE, ON_DISCORD]

    def test_those_of_one_workspace(self, desk: Desk) -> None:
        assert [one.channel for one in desk.subscriptions.among(HERE.home)] == [HERE, THERE]
        assert desk.subscriptions.among(Workspace("slack", "T3")) == ()

    def test_those_in_one_state(self, desk: Desk) -> None:
        active, ended = (desk.subscriptions.among(state=state) for state in (SubscriptionState.ACTIVE, ENDED))
        assert [one.channel for one in active] == [HERE, ON_DISCORD]
        assert [one.channel.id for one in ended] == ["C3"]

    def test_those_of_one_workspace_in_one_state(self, desk: Desk) -> None:
        (gone,) = desk.subscriptions.among(HERE.home, SubscriptionState.GONE)
        assert gone.channel == THERE


class TestSkipping:
    @pytest.mark.parametrize(
        ("state", "why"),
        [
            (SubscriptionState.PAUSED, "paused"),
            (SubscriptionState.GONE, "could not be reached"),
            (SubscriptionState.ENDED, "ended"),
        ],
    )
    def test_what_is_planned_is_skipped_and_says_why(self, desk: Desk, state: SubscriptionState, why: str) -> None:
        here, _ = desk.plan("C1", "C2")
        desk.subscriptions.save(a_subscription(here, state=state, state_since=NOON + HOUR))
        assert desk.states() == {"C1": DeliveryState.SKIPPED, "C2": DeliveryState.PLANNED}
        (skipped,) = desk.ledger.standings(channel=here)
        assert why in skipped.why
        assert (skipped.at, skipped.due_at) == (NOON + HOUR, None)
        assert [task.delivery.channel.id for task in desk.claim()] == ["C2"]

    def test_what_a_worker_has_in_hand_is_not(self, desk: Desk) -> None:
        (here,) = desk.plan("C1")
        desk.claim()
        desk.subscriptions.save(a_subscription(here, state=ENDED))
        assert desk.states() == {"C1": DeliveryState.SENDING}

    def test_saving_an_active_one_skips_nothing(self, desk: Desk) -> None:
        (here,) = desk.plan("C1")
        desk.subscriptions.save(a_subscription(here, "Training"))
        assert desk.states() == {"C1": DeliveryState.PLANNED}

    def test_what_was_skipped_stays_so_when_the_channel_subscribes_again(self, desk: Desk) -> None:
        (here,) = desk.plan("C1")
        desk.subscriptions.save(a_subscription(here, state=ENDED))
        desk.subscriptions.save(a_subscription(here))
        assert desk.ledger.plan(NOON) == 0
        assert desk.states() == {"C1": DeliveryState.SKIPPED}


class TestLosing:
    def test_a_channel_is_lost_with_what_was_planned_for_it(self, desk: Desk) -> None:
        here, _ = desk.plan("C1", "C2")
        (lost,) = desk.subscriptions.lose(here, "The bot was removed.", NOON)
        assert lost == desk.subscriptions.here(here)
        assert (lost.state, lost.state_since, lost.why) == (SubscriptionState.GONE, NOON, "The bot was removed.")
        assert desk.states() == {"C1": DeliveryState.SKIPPED, "C2": DeliveryState.PLANNED}

    def test_a_workspace_is_lost_with_all_its_channels_of_any_number(self, desk: Desk) -> None:
        channels = desk.plan(*(f"C{number}" for number in range(CHUNK + 3)))
        desk.subscriptions.save(a_subscription(ELSEWHERE))
        lost = desk.subscriptions.lose(HERE.home, "Uninstalled.", NOON)
        assert [one.channel for one in lost] == list(channels)
        assert desk.ledger.totals() == {DeliveryState.SKIPPED: len(channels)}
        assert [one.channel for one in desk.subscriptions.among(state=SubscriptionState.ACTIVE)] == [ELSEWHERE]

    @pytest.mark.parametrize("state", [one for one in SubscriptionState if one is not SubscriptionState.ACTIVE])
    def test_only_active_ones_are_lost(self, desk: Desk, state: SubscriptionState) -> None:
        kept = desk.subscriptions.save(a_subscription(HERE, state=state, why="As it was."))
        assert desk.subscriptions.lose(HERE, "Gone.", NOON) == ()
        assert desk.subscriptions.here(HERE) == kept

    def test_of_several_that_find_a_channel_gone_one_is_told(self, desk: Desk) -> None:
        desk.subscribe("C1")
        told = together(*[partial(desk.subscriptions.lose, HERE, "Gone.", NOON)] * 4)
        assert sorted(map(len, told)) == [0, 0, 0, 1]


class TestRegaining:
    def test_a_gone_channel_is_back_as_it_was(self, desk: Desk) -> None:
        kept = desk.subscriptions.save(a_subscription(HERE, "Empathy"))
        desk.subscriptions.lose(HERE, "Gone.", NOON)
        (back,) = desk.subscriptions.regain(HERE, NOON + DAY)
        assert back == replace(kept, state_since=NOON + DAY) == desk.subscriptions.here(HERE)

    def test_a_workspace_is_back_with_all_its_channels(self, desk: Desk) -> None:
        desk.subscribe("C1", "C2")
        desk.subscriptions.lose(HERE.home, "Gone.", NOON)
        assert [one.channel for one in desk.subscriptions.regain(HERE.home, NOON)] == [HERE, THERE]

    @pytest.mark.parametrize("state", [one for one in SubscriptionState if one is not SubscriptionState.GONE])
    def test_only_gone_ones_are_regained(self, desk: Desk, state: SubscriptionState) -> None:
        kept = desk.subscriptions.save(a_subscription(HERE, state=state))
        assert desk.subscriptions.regain(HERE, NOON) == ()
        assert desk.subscriptions.here(HERE) == kept

    def test_of_several_that_find_a_channel_back_one_is_told(self, desk: Desk) -> None:
        desk.subscribe("C1")
        desk.subscriptions.lose(HERE, "Gone.", NOON)
        told = together(*[partial(desk.subscriptions.regain, HERE, NOON)] * 4)
        assert sorted(map(len, told)) == [0, 0, 0, 1]
