"""Posts from files and folders, and into folders.

The readers of each kind of file are imported where they are needed: their libraries would cost every start their time.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from adapters.sources.decoding import decode
from adapters.sources.sniffing import Kind, kind_of
from bot.errors import SourceError
from bot.folding import fold, words
from bot.model import Month, Post, Reading
from bot.topics.index import TopicIndex

PAGE_LIMIT = 4 * 1024 * 1024
"""The largest page, feed or post that is read, in bytes; the blog's pages have some 30,000."""

LINES_LIMIT = 1024 * 1024 * 1024
"""The largest export as JSON lines that is read, in bytes: some 200,000 posts."""

SLUG_LIMIT = 60
"""The longest slug of a title in a file's name, in characters."""

_NAMES = [Month(2000, number).label.split()[0].lower() for number in range(1, 13)]
_NAMED = "|".join(f"{name}|(?<![a-z]){name[:3]}(?![a-z])" for name in _NAMES) + "|(?<![a-z])sept(?![a-z])"
_MONTH_YEAR = re.compile(rf"(?P<month>{_NAMED})[^a-z0-9]{{0,3}}(?P<year>20\d\d)(?!\d)")
_DIGITS = re.compile("([0-9]+)")
_YEAR_MONTH = re.compile(rf"(?<!\d)(?P<year>20\d\d)[^a-z0-9]{{0,3}}(?P<month>{_NAMED})")


Passed = Callable[[Path], bool]
"""Says of a file, by its path within the folder that is read, whether it is passed over."""


def read_path(path: Path, month: Month | None = None, *, topics: TopicIndex | None = None) -> Iterator[Reading]:
    """Read a file, or every file of a folder in the order of their names, where `page-2` stands before `page-10`.

    In a folder, hidden files and files named `README.md` are passed over, and links to folders are not followed.

    Args:
        path: the file or folder.
        month: the month of pages that do not say it; else it is taken from the page's name.
        topics: all there are, to check and spell the topics that files name; without them nothing is checked.

    Raises:
        SourceError: a file is missing, unreadable, too large, of no known kind, or without a post.
        ContentError: a Markdown post or a line of JSON is malformed, or names a topic that there is not.
    """
    for file in files_of(path):
        yield _read_file(file, month, topics)


def export_folder(posts: Iterable[Post], folder: Path) -> tuple[Path, ...]:
    """Write each post as a Markdown file `YYYY-MM-slug.md`, and return the files.

    Raises:
        SourceError: the folder cannot be written.
    """
    from adapters.sources.postfile import write_post

    taken: set[str] = set()
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for post in posts:
            file = folder / f"{_free_name(post, taken)}.md"
            file.write_text(write_post(post), encoding="utf-8", newline="\n")
            written.append(file)
    except OSError as error:
        human = f"{folder} cannot be written: {_reason(error)}."
        raise SourceError("an export folder cannot be written", human) from None
    return tuple(written)


def month_of_name(name: str) -> Month | None:
    """Return the month that a page's name gives away, such as `pprnet_blog_JANUARY2014.html`."""
    folded = fold(name)
    match = _MONTH_YEAR.search(folded) or _YEAR_MONTH.search(folded)
    return Month.parse(f"{match['month'][:3]} {match['year']}") if match else None


def is_passed_over(path: Path) -> bool:
    """Say whether a file of a folder is hidden, or about the folder."""
    return any(part.startswith(".") for part in path.parts) or path.name.lower() == "readme.md"


def files_of(path: Path, passed: Passed = is_passed_over) -> list[Path]:
    """Return the files of a folder in the order of their names; a path that is no folder stands for itself.

    Raises:
        SourceError: the folder cannot be read, or holds no file.
    """
    try:
        if not path.is_dir():
            return [path]
        found = [file for file in path.rglob("*") if file.is_file() and not passed(file.relative_to(path))]
    except OSError as error:
        raise SourceError("a source is unreadable", f"{path} cannot be read: {_reason(error)}.") from None
    if not found:
        raise SourceError("a folder holds no file", f"{path} holds no file to read posts from.")
    return sorted(found, key=_in_reading_order)


def _in_reading_order(path: Path) -> tuple[list[list[str | int]], Path]:
    """Return what to sort by: in each part of the path texts and numbers take turns, so that like meets like."""
    parts = [[int(run) if at % 2 else run for at, run in enumerate(_DIGITS.split(part))] for part in path.parts]
    return parts, path


def _read_file(path: Path, month: Month | None, topics: TopicIndex | None) -> Reading:
    try:
        if path.exists() and not path.is_file():
            raise SourceError("a source is no file", f"{path} is neither a file nor a folder.")
        with path.open("rb") as file:
            data, kind = _contents(path, file)
    except (OSError, ValueError) as error:
        raise SourceError("a source is unreadable", f"{path} cannot be read: {_reason(error)}.") from None
    return _read(str(path), kind, data, month or month_of_name(path.stem), topics)


def _contents(path: Path, file: BinaryIO) -> tuple[bytes, Kind]:
    """Return the bytes of a file within the limit of its kind; no more than that is ever read."""
    data = file.read(PAGE_LIMIT + 1)
    kind = kind_of(decode(data), path.suffix)
    limit = LINES_LIMIT if kind is Kind.JSON_LINES else PAGE_LIMIT
    data += file.read(limit - PAGE_LIMIT)
    if len(data) > limit:
        raise SourceError(
            "a source is too large", f"{path} has more than {limit // 1024**2} MiB, the most that is read."
        )
    return data, kind


def _read(name: str, kind: Kind, data: bytes, month: Month | None, topics: TopicIndex | None) -> Reading:
    match kind:
        case Kind.POST | Kind.JSON_LINES:
            from adapters.sources.jsonlines import read_posts
            from adapters.sources.postfile import read_post
            from adapters.sources.topicnames import TopicNames

            names, text = TopicNames(name, topics), decode(data)
            posts = (read_post(name, text, names),) if kind is Kind.POST else read_posts(name, text, names)
            return Reading(name, posts, tuple(names.left_out))
        case Kind.FEED:
            from adapters.sources.feeds import read_feed

            return read_feed(name, data)
        case Kind.HTML | Kind.TEXT:
            from adapters.sources.blog import read_page
            from adapters.sources.lines import lines_of_html, lines_of_text

            lines = lines_of_html(data) if kind is Kind.HTML else lines_of_text(data)
            return read_page(name, lines, month)
        case Kind.BINARY:
            human = f"{name} is no text: a page of the blog, a Markdown post, a feed or JSON lines was expected."
            raise SourceError("a source is no text", human)


def _reason(error: Exception) -> str:
    """Return what the system says, as a clause: `no such file or directory`."""
    said = getattr(error, "strerror", None) or "its name is not valid"
    return said[:1].lower() + said[1:]


def _free_name(post: Post, taken: set[str]) -> str:
    name = f"{post.month}-{_slug(post.title) or post.id}"
    name = name if name not in taken else f"{name}-{post.id}"
    taken.add(name)
    return name


def _slug(title: str) -> str:
    bare = [re.sub("[^a-z0-9]", "", word) for word in words(title)]
    slug = "-".join(word for word in bare if word)
    return slug if len(slug) <= SLUG_LIMIT else slug[: SLUG_LIMIT + 1].rpartition("-")[0] or slug[:SLUG_LIMIT]
