"""How to ask, and what this is."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.commands import COMMANDS, Command
from bot.model import ArchiveFacts
from bot.pages.phrases import freshness, on_day, quoted, shortened, span_of, summaries
from bot.ports.syncing import SourceStanding
from bot.requests import Help, Latest, Request, Search, TopicList, TopicPosts, Unclear, changes
from bot.views import Block, Bullets, Button, Buttons, Context, Link, Paragraph, Strong, Text, View
from bot.wording import decode, fits, write

BLOG = "https://socialsciences.uottawa.ca/pprnet/blog"
"""The blog whose summaries these are."""


def overview() -> View:
    """Return every command with its purpose, and a few to try."""
    said = Paragraph((Text("Psychotherapy research in two minutes: ask for summaries of the PPRNet blog."),))
    tries = (Latest(), TopicPosts("burnout"), Search("does burnout hurt patients"), TopicList())
    return View("How to ask", (said, _table(), Buttons(tuple(_try(request) for request in tries))))


def command_help(command: Command) -> View:
    """Return more about one command."""
    said = tuple(Paragraph((Text(sentence),)) for sentence in command.details)
    what = Paragraph((Text(f"{command.purpose[0].upper()}{command.purpose[1:]}."),))
    return View(
        f"/pprnet {command.form}",
        (what, *said, *_examples(command), Buttons((Button("All commands", Help()),))),
    )


def unclear(request: Unclear) -> View:
    """Return help for something that was no request: what was probably meant, and a search for the words."""
    offers = (
        *([_try(request.instead)] if request.instead and fits(request.instead) else []),
        *([Button(f"Help on {request.command}", Help(request.command))] if request.command else []),
        *_search(request.text),
        Button("All commands", Help()),
    )
    return View("I did not understand that", (Paragraph((Text(request.why),)), Buttons(offers), _table()))


def missing(words: str, facts: ArchiveFacts) -> View:
    """Return that no post has such an id."""
    said = f"No summary has the id {quoted(shortened(words))}. The id stands at the foot of every summary."
    offers = (*_search(words), Button("The newest month", Latest()))
    return View("No such summary", (Paragraph((Text(said),)), Buttons(offers), _extent(facts)))


def empty_archive() -> View:
    """Return what an archive without posts has to say."""
    said = "The archive holds no summaries yet. The person who runs this bot can bring them in with `pprnet import`."
    return View("Nothing here yet", (Paragraph((Text(said),)),))


def about(facts: ArchiveFacts, version: str, sources: Sequence[SourceStanding] = ()) -> View:
    """Return what this is, whose words it carries and how fresh they are.

    Args:
        facts: what the archive holds.
        version: the bot's.
        sources: how the sources stand; those that are stale are named.
    """
    whose = (
        Text("Summaries of psychotherapy research and their implications for practice, from the "),
        Link("blog of the Psychotherapy Practice Research Network", BLOG),
        Text(" by Dr. Giorgio A. Tasca, University of Ottawa. They are quoted, never rewritten."),
    )
    starters = f" {_starters(facts)}" if facts.starters else ""
    fresh = Paragraph((Text(f"{freshness(facts)}{starters}"),))
    return View(
        "PPRNet bot",
        (
            Paragraph(whose),
            fresh,
            *map(_stale, _staled(sources)),
            _extent(facts),
            Context((Text(f"pprnet-bot {version}, MIT licence."),)),
        ),
    )


def _staled(sources: Sequence[SourceStanding]) -> Iterator[tuple[SourceStanding, datetime]]:
    yield from ((source, source.stale_since) for source in sources if source.stale_since)


def _stale(stale: tuple[SourceStanding, datetime]) -> Paragraph:
    source, since = stale
    read = f"what was read of it on {on_day(source.read_at)}" if source.read_at else "what else there is"
    said = f"{source.shown} could not be read, or not be trusted, since {on_day(since)}: answers rest on {read}."
    return Paragraph((Text(said),))


def _table() -> Bullets:
    return Bullets(tuple((Strong(f"/pprnet {command.form}"), Text(f": {command.purpose}")) for command in COMMANDS))


def _examples(command: Command) -> tuple[Block, ...]:
    """Return a command's examples, to try out; those that would change something only to read."""
    requests = [decode(text) for text in command.examples]
    if not requests:
        return ()
    if any(map(changes, requests)):
        return (Bullets(tuple((Strong(f"/pprnet {text}"),) for text in command.examples)),)
    return (Buttons(tuple(map(_try, requests))),)


def _try(request: Request) -> Button:
    return Button(shortened(f"/pprnet {write(request)}"), request)


def _search(text: str) -> tuple[Button, ...]:
    request = Search(text)
    return (Button(f"Search for {quoted(shortened(text, 40))}", request),) if fits(request) else ()


def _starters(facts: ArchiveFacts) -> str:
    are = "is" if facts.starters == 1 else "are"
    return f"{summaries(facts.starters).capitalize()} {are} still in the starter archive's own words."


def _extent(facts: ArchiveFacts) -> Context:
    return Context((Text(f"{summaries(facts.posts).capitalize()}, {span_of(facts)}."),))
