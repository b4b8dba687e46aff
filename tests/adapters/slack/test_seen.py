"""What is known to have been asked already."""

from adapters.slack.seen import Seen, identity_of


def test_an_id_is_new_once_and_none_is_always_new() -> None:
    seen = Seen()

    assert [seen.first(identity) for identity in ("a", "b", "a", "", "")] == [True, True, False, True, True]


def test_only_the_latest_are_remembered() -> None:
    seen = Seen(most=2)

    assert [seen.first(identity) for identity in ("a", "b", "c", "b", "a")] == [True, True, True, False, True]


def test_events_and_what_persons_do_have_ids_and_a_menus_question_has_none() -> None:
    bodies = ({"event_id": "Ev1"}, {"trigger_id": "1.2"}, {"type": "block_suggestion"})

    assert [identity_of(body) for body in bodies] == ["Ev1", "1.2", ""]
