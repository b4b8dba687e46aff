"""The mark by which the message of a delivery is known again in a channel's history.

Discord keeps a nonce for a few minutes and shows it in no history. What does stay is the number that every component
may be given (`id`, 32 bits, unique within its message:
https://docs.discord.com/developers/components/reference#anatomy-of-a-component). Nobody sees it, it costs no character
of any limit, and it comes back with the message. So the first component of a delivery's message bears a number that is
made from the delivery's key.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from adapters.discord.message import Json

_OURS = 1 << 30
"""Marks are from here to the largest number that Discord takes; those it gives itself are counted from 1."""


def mark(key: str) -> int:
    """Return the mark of a delivery's key: the same two marks for different keys meet once in 2**30."""
    digest = hashlib.blake2s(key.encode(), digest_size=4).digest()
    return _OURS | int.from_bytes(digest) % _OURS


def marked(payload: Json, key: str) -> Json:
    """Return a message's payload with the delivery's mark on its first component.

    Raises:
        ValueError: it has no component to mark, so that it could never be found.
    """
    match payload.get("components"):
        case [first, *rest]:
            return {**payload, "components": [{**first, "id": mark(key)}, *rest]}
        case _:
            raise ValueError("a message without components cannot be marked")


def is_mark(number: int | None) -> bool:
    """Say whether the number of a component can be the mark of a delivery."""
    return number is not None and number >= _OURS


def bears(message: Mapping[str, Any], key: str) -> bool:
    """Say whether a message from a history is the delivery's."""
    components: Iterable[Json] = message.get("components") or ()
    return any(component.get("id") == mark(key) for component in components)
