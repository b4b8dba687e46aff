"""Pages as they were fetched, kept in a folder.

One folder serves three ends: an interrupted visit goes on where it was, a site is asked only for what has changed, and
pages saved by hand are read from a folder of the same kind.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from adapters.sources.decoding import decode
from adapters.sources.site.claiming import claimed
from adapters.sources.site.limits import KEPT_ASIDE, KEPT_DAYS, RESUMED_HOURS
from bot.errors import SourceError

_SUFFIX = ".page"
_VISIT = "visit.json"
_ASIDE = "put-aside"


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        url: what was asked for, in its canonical spelling.
        body: its bytes, unpacked.
        fetched_at: when the site last said that it is so, an aware time.
        charset: what the answer's header says of its encoding; empty when nothing.
        etag: the validator to ask with next time; empty when there is none.
        last_modified: the other validator.
    """

    url: str
    body: bytes
    fetched_at: datetime
    charset: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def text(self) -> str:
        """The characters of it. The header's encoding is believed where the bytes are no UTF-8 and agree with it."""
        if self.charset and not _is_utf8(self.body):
            with suppress(LookupError, ValueError):
                return self.body.decode(self.charset)
        return decode(self.body)


class PageFolder:
    """A folder of pages, by their addresses, and of the visit that is under way.

    Every method raises `SourceError` when the folder cannot be written; what cannot be read is as good as not there.
    """

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when something is written."""
        self._folder = folder
        self._asked: set[str] = set()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the folder for this process as long as the context lasts.

        Raises:
            BusyError: another one has it.
        """
        with ExitStack() as stack:
            with _written():
                self._folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(claimed(self._folder))
            yield

    def begin(self, now: datetime) -> datetime:
        """Begin a visit, or resume the one that was interrupted, and return when it was begun."""
        begun = self._begun()
        if begun is not None and timedelta(0) <= now - begun <= timedelta(hours=RESUMED_HOURS):
            return begun
        with _written():
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder / _VISIT, json.dumps({"begun": now.isoformat()}).encode())
        return now

    def get(self, url: str) -> Page | None:
        """Return the page of an address."""
        self._asked.add(url)
        try:
            head, _, body = self._file(url).read_bytes().partition(b"\n")
            told = json.loads(head)
            page = Page(body=body, **told | {"fetched_at": datetime.fromisoformat(told["fetched_at"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return page if page.url == url and page.fetched_at.tzinfo else None

    def put(self, page: Page) -> None:
        """Keep a page in place of what was kept for its address."""
        self._asked.add(page.url)
        told = asdict(replace(page, body=b"")) | {"fetched_at": page.fetched_at.isoformat()}
        del told["body"]
        with _written():
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._file(page.url), json.dumps(told).encode() + b"\n" + page.body)

    def conclude(self, now: datetime, report: str = "") -> str:
        """End the visit: the next one starts anew, and pages that nobody asks for any more go.

        Args:
            now: the time of day, an aware time.
            report: why the visit was not believed; the pages it asked for are then copied into a folder of their own,
                beside this text.

        Returns:
            The folder they were copied to; empty when there was no report.
        """
        with _written():
            (self._folder / _VISIT).unlink(missing_ok=True)
            aside = self._put_aside(now, report) if report else ""
            oldest = (now - timedelta(days=KEPT_DAYS)).timestamp()
            for file in self._folder.glob(f"*{_SUFFIX}*"):  # those half written, too
                if file.stat().st_mtime < oldest:
                    file.unlink(missing_ok=True)
        self._asked.clear()
        return aside

    def _put_aside(self, now: datetime, report: str) -> str:
        aside = self._folder / _ASIDE / now.strftime("%Y-%m-%dT%H%M%SZ")
        aside.mkdir(parents=True, exist_ok=True)
        for url in self._asked:
            with suppress(FileNotFoundError):
                shutil.copy2(self._file(url), aside)
        (aside / "report.txt").write_text(report + "\n", encoding="utf-8", newline="\n")
        for older in sorted((self._folder / _ASIDE).iterdir())[:-KEPT_ASIDE]:
            shutil.rmtree(older, ignore_errors=True)
        return str(aside)

    def _begun(self) -> datetime | None:
        try:
            begun = datetime.fromisoformat(json.loads((self._folder / _VISIT).read_bytes())["begun"])
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return begun if begun.tzinfo else None

    def _file(self, url: str) -> Path:
        return self._folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}{_SUFFIX}"


def read_kept(data: bytes) -> tuple[str, bytes]:
    """Return the address and the body of a file of a `PageFolder`; no address and all of it when it is another file."""
    head, _, body = data.partition(b"\n")
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        return str(json.loads(head)["url"]), body
    return "", data


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = (error.strerror or "it is not there").lower()
        human = f"The folder for fetched pages cannot be written: {said}."
        raise SourceError("the folder for fetched pages cannot be written", human) from None


def _write(file: Path, data: bytes) -> None:
    """Write a file so that whoever reads it finds all of the old or all of the new."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)  # on a full disk a half would be left


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
