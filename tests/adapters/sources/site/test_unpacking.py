"""Bodies collected within bounds."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.site.errors import DamagedError, OversizeError
from adapters.sources.site.unpacking import collected
from tests.standins.site_faults import bomb

LIMIT = 100_000


def collect(pieces: Sequence[bytes], encoding: str, limit: int = LIMIT) -> bytes:
    async def come() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return asyncio.run(collected(come(), encoding, limit))


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(sorted(PACKERS)), st.integers(1, 500))
def test_a_body_comes_out_as_it_was_packed_in_whatever_pieces_it_comes(data: bytes, encoding: str, size: int) -> None:
    packed = PACKERS[encoding](data)
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert collect(pieces, encoding) == data
    assert collect([b"", *pieces], encoding.upper()) == data


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=3000))
def test_deflate_without_its_header_is_read_as_browsers_read_it(data: bytes) -> None:
    packed = raw(data)
    if packed[0] & 0x0F != 8:
        assert collect([packed], "deflate") == data


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate", ""]), st.integers(0, 20), st.integers(0, 400))
def test_any_bytes_are_unpacked_within_the_limit_or_refused(data: bytes, encoding: str, kind: int, at: int) -> None:
    packed = PACKERS[encoding](data * kind) if kind else data
    broken = packed[:at] + data[:1] + packed[at:]
    with suppress(DamagedError, OversizeError):
        assert len(collect([broken], encoding, 1000)) <= 1000


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_takes_no_more_memory_than_the_limit_allows(encoding: str) -> None:
    data = bomb(encoding).data
    tracemalloc.start()
    with pytest.raises(OversizeError):
        collect([data], encoding)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * LIMIT + len(data)


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate"])
def test_a_body_of_exactly_the_limit_is_taken_and_one_more_is_not(encoding: str) -> None:
    pack = PACKERS[encoding]
    assert len(collect([pack(bytes(LIMIT))], encoding)) == LIMIT
    with pytest.raises(OversizeError):
        collect([pack(bytes(LIMIT + 1))], encoding)


def test_a_body_that_is_larger_packed_than_allowed_is_refused() -> None:
    with pytest.raises(OversizeError):
        collect([gzip.compress(b"x")] + [b""] * 3, "gzip", 5)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x"])
def test_what_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(DamagedError):
        collect([b"x"], encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_body_that_ends_too_early_or_goes_on_is_refused(encoding: str) -> None:
    packed = PACKERS[encoding](b"Some words. " * 40)
    for broken in ([packed[:-5]], [packed, b"more"], [packed + b"more"], [b"no such thing"]):
        with pytest.raises(DamagedError):
            collect(broken, encoding)
    assert collect([], encoding) == b""
