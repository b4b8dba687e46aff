"""What a platform was last told of the commands is kept for each application."""

from bot.store.registrations import SqlRegistrations
from tests.desk import Desk, together


def test_nothing_is_known_of_a_new_application(desk: Desk) -> None:
    assert desk.registrations.registered("discord:1") == ""


def test_the_last_fingerprint_is_kept_for_each_application(desk: Desk) -> None:
    for application, fingerprint in (("discord:1", "first"), ("discord:2", "other"), ("discord:1", "second")):
        desk.registrations.register(application, fingerprint)
    again = SqlRegistrations(desk.engine)
    assert [again.registered(f"discord:{number}") for number in (1, 2)] == ["second", "other"]


def test_a_text_that_no_database_takes_is_found_again(desk: Desk) -> None:
    desk.registrations.register("a\0b", "\0")
    assert desk.registrations.registered("a\0b") == "\ufffd"


def test_two_processes_may_register_the_same_application_at_once(desk: Desk) -> None:
    together(*(lambda: desk.registrations.register("discord:1", "the same") for _ in range(4)))
    assert desk.registrations.registered("discord:1") == "the same"
