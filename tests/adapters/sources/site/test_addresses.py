"""Addresses in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.site.addresses import Filter, canonical, list_page, page_of

BASE = "https://blog.example/list"


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        (" https://Blog.Example:443/list#top ", BASE),
        ("https://blog.example/list?p=2&cat_2=14", f"{BASE}?cat_2=14&p=2"),
        ("https://blog.example/list?utm_source=x&fbclid=y&p=2&GCLID=z&mc_cid=1", f"{BASE}?p=2"),
        ("http://blog.example:80", "http://blog.example/"),
        ("http://blog.example:443/", "http://blog.example:443/"),
        ("https://blog.example/list?q=", f"{BASE}?q="),
        ("https://blog.example/list?q=a%20b", f"{BASE}?q=a+b"),
    ],
)
def test_an_address_has_one_spelling(url: str, spelled: str) -> None:
    assert canonical(url) == spelled
    assert canonical(spelled) == spelled


@given(st.builds(Filter, st.integers(0, 99), st.integers(0, 99)), st.integers(1, 500))
def test_the_address_of_a_list_page_says_which_it_is(narrowed: Filter, number: int) -> None:
    url = list_page(f"{BASE}?lang=en", number, narrowed)
    assert page_of(url) == (narrowed, number)
    assert canonical(url) == url
    assert list_page(url) == list_page(f"{BASE}?lang=en")


@pytest.mark.parametrize("query", ["p=x", "p=-1", "p=", "p=99999999", "cat_2=²", "q=1"])
def test_parameters_that_are_no_numbers_mean_nothing(query: str) -> None:
    assert page_of(f"{BASE}?{query}") == (Filter(), 1)
