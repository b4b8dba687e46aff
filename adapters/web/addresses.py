"""Where on the page a request is answered: permalinks, and for what has none the page to try the bot on."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from bot.requests import Cite, Latest, MonthOf, Related, Request, Search, Show, TopicList, TopicPosts
from bot.wording import write

HOME, NEWEST, TOPICS, SEARCH, OPERATE = "/", "/months", "/topics", "/search", "/operate"


def address_of(request: Request) -> str:
    """Return the path and query that answer a request with a GET."""
    match request:
        case Latest():
            return NEWEST
        case MonthOf(month):
            return f"/months/{month}"
        case TopicPosts(words, page):
            return topic_address(words, page)
        case TopicList():
            return TOPICS
        case Search(text, page, verbatim):
            return search_address(text, page, verbatim=verbatim)
        case Show(post):
            return post_address(post)
        case Related(post):
            return f"{post_address(post)}/related"
        case Cite(post, style):
            return f"{post_address(post)}/cite/{style}"
        case _:
            return with_query(HOME, {"q": write(request)})


def post_address(post: str) -> str:
    """Return the path of a post, given its id."""
    return f"/posts/{quote(post, safe='')}"


def topic_address(name: str, page: int = 1) -> str:
    """Return the path of a topic, given its name, and the page of its list."""
    return with_query(f"{TOPICS}/{quote(name, safe='')}", _page(page))


def search_address(text: str, page: int = 1, *, verbatim: bool = False) -> str:
    """Return the path and query of a search."""
    return with_query(SEARCH, {"q": text} | ({"verbatim": "1"} if verbatim else {}) | _page(page))


def with_query(path: str, values: Mapping[str, str]) -> str:
    """Return a path with a query, if there is any."""
    return f"{path}?{urlencode(values, quote_via=quote)}" if values else path


def _page(page: int) -> dict[str, str]:
    return {"page": str(page)} if page > 1 else {}
