"""How much of anything is taken from a source. What is beyond is an error, never cut off in silence."""

from adapters.sources.files import PAGE_LIMIT

BODY_LIMIT = PAGE_LIMIT
"""The largest answer, in bytes, as it comes and unpacked; the blog's pages have some 30,000."""

LARGE = 256 * 1024
"""From which size on, in bytes, a page is read in a thread of its own; see `BODY_LIMIT`."""

ROBOTS_LIMIT = 512 * 1024
"""How much of a robots.txt is read, in bytes; RFC 9309, 2.5, asks for 500 KiB at least."""

ANSWER_SECONDS = 60.0
"""How long one answer may take, from the connection to its last byte."""

REDIRECTS = 5
"""How many redirects are followed one after the other; RFC 9309, 2.3.1.2, asks for five at least."""

PAGES_OF_A_LIST = 500
"""How many pages one list may have; the blog has some 60."""

REQUESTS = 3_000
"""How many requests one visit may make; the whole blog takes some 400."""

VISIT_LIMIT = 128 * 1024 * 1024
"""How much one visit may fetch in all, in bytes unpacked; the whole blog takes some 12 MB."""

CRAWL_DELAY = 60.0
"""The longest pause between two requests, in seconds, that a robots.txt can ask for."""

KEPT_DAYS = 60
"""How long a page is kept that no visit asked for, in days."""

RESUMED_HOURS = 24
"""How long after its beginning an interrupted visit is resumed; a later one starts anew."""

KEPT_ASIDE = 5
"""How many visits that were not believed are kept beside their reports, the latest."""
