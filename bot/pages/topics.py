"""Topics: the list of all, the choice between several, and what was understood."""

from collections.abc import Mapping, Sequence

from bot.folding import fold
from bot.model import ArchiveFacts
from bot.pages.phrases import listed, quoted, rests_on, shortened, summaries
from bot.requests import Search, TopicList, TopicPosts
from bot.topics.catalogue import Topic
from bot.topics.index import How, Resolution
from bot.views import Button, Buttons, Context, Paragraph, Text, View
from bot.wording import fits

PAGE_SIZE = 15
"""How many topics a page lists: three rows of five buttons on the tightest platform."""


def all_topics(topics: Sequence[Topic], counts: Mapping[str, int], page: int, facts: ArchiveFacts) -> View:
    """Return one page of the alphabetical list of all topics, each with its count."""
    pages = max(1, -(-len(topics) // PAGE_SIZE))
    page = min(page, pages)
    shown = sorted(topics, key=lambda topic: fold(topic.name))[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    buttons = tuple(Button(_with_count(topic, counts), TopicPosts(topic.name)) for topic in shown)
    turns = [
        *([Button("Back", TopicList(page - 1))] if page > 1 else []),
        *([Button("More", TopicList(page + 1))] if page < pages else []),
    ]
    where = Context(
        (Text(f"Page {page} of {pages}. In brackets: how many summaries. * A topic of ours, not of the blog."),)
    )
    return View(f"{len(topics)} topics", (Buttons(buttons), where, Buttons(tuple(turns)), rests_on(facts)))


def choose(words: str, resolution: Resolution, facts: ArchiveFacts) -> View:
    """Return the topics that a word may mean, to choose from."""
    said = Paragraph((Text(f"{quoted(words)} may mean several topics. Which one?"),))
    return View("Which topic?", (said, Buttons((*buttons(resolution.topics), *_search(words))), rests_on(facts)))


def nothing_there(words: str, resolution: Resolution, facts: ArchiveFacts) -> View:
    """Return that no post is about a topic."""
    name = title(resolution)
    said = f"I understood {quoted(shortened(words))} as {name}, but no summary in the archive is about that."
    choices = (*_search(words), Button("All topics", TopicList()))
    return View(name, (Paragraph((Text(said),)), Buttons(choices), rests_on(facts)))


def all_filtered_out(words: str, resolution: Resolution, filters: str, total: int, facts: ArchiveFacts) -> View:
    """Return that there are posts about a topic, but none that the filters let through."""
    are = "is" if total == 1 else "are"
    said = f"{summaries(total).capitalize()} {are} about {title(resolution)}, but none of them with {filters}."
    without = TopicPosts(words)
    choices = (*([Button("Without the filters", without)] if fits(without) else []), Button("All topics", TopicList()))
    return View(title(resolution), (Paragraph((Text(said),)), Buttons(choices), rests_on(facts)))


def buttons(topics: Sequence[Topic]) -> tuple[Button, ...]:
    """Return a button for each topic."""
    return tuple(Button(shortened(topic.name), TopicPosts(topic.name)) for topic in topics)


def further(resolution: Resolution) -> tuple[str, tuple[Button, ...]]:
    """Return where else the words may lead: to one of several topics alone, or to others that go by them too."""
    if resolution.also:
        return "The blog uses the word for these topics too:", buttons(resolution.also)
    if len(resolution.topics) > 1:
        return "Each topic alone:", buttons(resolution.topics)
    return "", ()


def title(resolution: Resolution) -> str:
    """Return the names of what was understood."""
    names = [topic.name for topic in resolution.topics]
    return listed(names if len(names) == 1 else [quoted(name) for name in names])


def counted_title(resolution: Resolution, filters: str, total: int) -> str:
    """Return the names of what was understood, the filters, and how many posts there are."""
    return f"{title(resolution)}{f' with {filters}' if filters else ''}: {summaries(total)}"


def understood(words: str, resolution: Resolution) -> str:
    """Say in one sentence how a person's words were understood."""
    name, said = title(resolution), quoted(shortened(words))
    if len(resolution.topics) > 1:
        return f"{said} belongs to {name}: these are the summaries about any of them, newest first."
    meant = name if resolution.matched == name else f"{quoted(resolution.matched)}, which belongs to {name}"
    match resolution.how:
        case How.NAME:
            return f"Summaries about {name}, newest first."
        case How.ALIAS | How.JOINED:
            return f"{said} belongs to {name}: these are its summaries, newest first."
        case How.PREFIX | How.WORD_PREFIX:
            return f"I took {said} as the beginning of {meant}: these are its summaries, newest first."
        case How.NEAR:
            return f"I read {said} as {meant}: these are its summaries, newest first."


def _with_count(topic: Topic, counts: Mapping[str, int]) -> str:
    return f"{shortened(topic.name)}{'*' if topic.ours else ''} ({counts.get(topic.name, 0):,})"


def _search(words: str) -> tuple[Button, ...]:
    request = Search(words)
    return (Button(f"Search for {quoted(shortened(words, 40))}", request),) if fits(request) else ()
