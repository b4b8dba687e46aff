"""How long what failed is left alone."""

from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.backoff import LONGEST, SHORTEST, at_least, backoff

chance = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), chance, st.floats(10, LONGEST))
def test_a_wait_is_between_a_second_and_the_longest(failures: int, drawn: float, longest: float) -> None:
    assert SHORTEST <= backoff(failures, lambda: drawn, longest=longest) <= longest


@given(st.integers(1, 30))
def test_it_may_be_twice_as_long_each_time_up_to_an_hour(failures: int) -> None:
    longest = [backoff(number, lambda: 0.999999) for number in (failures, failures + 1)]

    assert longest[1] > LONGEST - 1 or 1.9 < longest[1] / longest[0] < 2.1


@given(st.floats(0, 86400), chance)
def test_who_asks_for_time_has_it_and_hardly_more(asked: float, drawn: float) -> None:
    assert asked <= at_least(asked, lambda: drawn) <= asked * 1.1 + 1
