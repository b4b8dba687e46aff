"""The commands, as they are typed and explained: one table for help, completion and every platform."""

from dataclasses import dataclass

from bot.folding import fold


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: the word that is typed.
        usage: what follows it, `[...]` where it may be left out.
        purpose: one line, for lists of commands.
        details: sentences for `help NAME`.
        examples: whole commands without the leading `/pprnet`.
    """

    name: str
    usage: str
    purpose: str
    details: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The command and what follows it: `topic WORDS`."""
        return f"{self.name} {self.usage}".rstrip()


COMMANDS = (
    Command(
        "latest",
        "",
        "the newest summaries",
        ("The newest month of the blog: one summary as a card, the month's others beside it.",),
        ("latest",),
    ),
    Command(
        "topic",
        "WORDS",
        "summaries about a topic",
        (
            "The words may be a topic's name, a part of it, or what you call it: “burnout”, “cbt”, “drop out”.",
            "Filters may follow, as in search: year:>2019, year:2018..2021, author:barkham, -word.",
        ),
        ("topic burnout", "topic alliance year:>2019"),
    ),
    Command(
        "topics",
        "",
        "all topics, with how many summaries each has",
        (),
        ("topics",),
    ),
    Command(
        "search",
        "WORDS",
        "summaries that match words or a question",
        (
            "Ask in plain words. Or be exact: “a phrase” in quotation marks, -word to leave a word out.",
            "Filters narrow a search: author:name, topic:name, year:2018..2021, year:>2019.",
            "Small spelling mistakes are corrected, and I say so.",
        ),
        ("search does burnout hurt patients", "search alliance author:barkham year:>2015"),
    ),
    Command(
        "month",
        "MONTH",
        "summaries of one month",
        ("The month may be written 2021-07 or July 2021.",),
        ("month 2021-07", "month July 2021"),
    ),
    Command(
        "show",
        "ID",
        "one summary, by its id",
        ("The id stands at the foot of every summary; its first four characters will do where they are unique.",),
    ),
    Command("related", "ID", "summaries like this one"),
    Command(
        "cite",
        "ID [apa|bibtex|ris]",
        "the citation of the study, ready to paste",
        ("apa is the citation as the blog prints it; bibtex and ris are for reference managers.",),
    ),
    Command("random", "", "any summary, for a spare minute"),
    Command(
        "subscribe",
        "[TOPICS] [except TOPICS]",
        "each month's new summaries in this channel",
        (
            "Without topics the channel gets every new summary; with topics, those about at least one of them.",
            "What follows “except” is left out. Commas or “and” part the topics.",
            "To change what the channel gets, subscribe again.",
            "Nothing old is posted.",
        ),
        ("subscribe", "subscribe burnout, alliance", "subscribe except medications"),
    ),
    Command("unsubscribe", "", "the end of this channel's subscription"),
    Command("subscriptions", "", "what this channel and others here have subscribed to"),
    Command(
        "pause",
        "",
        "a rest for this channel's subscription",
        ("Nothing is posted until someone resumes it. What it brings stays as it was set.",),
    ),
    Command("resume", "", "this channel's subscription again, after a pause"),
    Command(
        "preview",
        "",
        "what the next announcement in this channel would look like",
        ("Only you see it. A channel that has not subscribed sees what a subscription would bring.",),
    ),
    Command(
        "status",
        "",
        "what became of the last announcements in this channel",
        ("Each was sent, is waiting to be tried again, or failed: with the reason, and a link where there is one.",),
    ),
    Command("about", "", "what this is, and how fresh it is"),
    Command(
        "help",
        "[COMMAND]",
        "this list, or more about one command",
        (),
        ("help search",),
    ),
)
"""Every command, the most used first."""

_BY_NAME = {command.name: command for command in COMMANDS}


def named(name: str) -> Command | None:
    """Return the command of exactly this name."""
    return _BY_NAME.get(name)


def nearest(word: str) -> str:
    """Return the name of the command most like a word; empty when none is near."""
    import difflib  # only a slip needs it

    near = difflib.get_close_matches(fold(word), _BY_NAME, n=1, cutoff=0.7)
    return near[0] if near else ""
