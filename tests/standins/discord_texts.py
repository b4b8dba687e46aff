"""What limits are made of: lengths, counts and keys."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeAlias

Found: TypeAlias = Iterator[str]
Json: TypeAlias = dict[str, Any]


def length(text: Any, name: str, most: int, *, least: int = 1) -> Found:
    """Yield what is wrong with a text; `None` is one that is not there."""
    if text is None and least == 0:
        return
    if not isinstance(text, str):
        yield f"{name}: no text"
    elif not least <= units(text) <= most:
        yield f"{name}: {units(text)} characters, {least} to {most} are taken"
    elif least and not text.strip():
        yield f"{name}: nothing but white space"


def units(text: str) -> int:
    """Return a text's length in code points or UTF-16 units, whichever is more: Discord has counted both ways."""
    return max(len(text), len(text.encode("utf-16-le", errors="surrogatepass")) // 2)


def amount(given: Collection[Any], name: str, most: int, *, least: int = 1) -> Found:
    """Yield what is wrong with the number of things."""
    if not least <= len(given) <= most:
        yield f"{name}: {len(given)}, {least} to {most} are taken"


def known(given: Json, name: str, keys: str) -> Found:
    """Yield keys that Discord does not know."""
    if strange := set(given) - set(keys.split()):
        yield f"{name}: unknown keys {sorted(strange)}"


def once(values: Iterable[Any], name: str) -> Found:
    """Yield values that stand more than once where each may stand only once."""
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            yield f"{name}: {value!r} stands twice"
        seen.add(value)


def address(url: Any, name: str, schemes: Collection[str] = ("http", "https")) -> Found:
    """Yield what is wrong with an address."""
    yield from length(url, name, 2048)
    if isinstance(url, str) and url.partition("://")[0].casefold() not in schemes:
        yield f"{name}: neither {' nor '.join(schemes)}"
