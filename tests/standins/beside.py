"""The stand-in site beside a test that does not wait, such as one of the command line."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.standins.site import SiteStandIn


@contextmanager
def beside(site: SiteStandIn) -> Iterator[SiteStandIn]:
    """Serve a site from a thread of its own, as long as the context lasts."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(site.__aenter__(), loop).result()
        try:
            yield site
        finally:
            asyncio.run_coroutine_threadsafe(site.__aexit__(None, None, None), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
