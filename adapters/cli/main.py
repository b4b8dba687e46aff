"""The `pprnet` command: what can be said to it, and the border where errors become sentences."""

import argparse
import importlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TypeAlias

from adapters.logs import configure
from bot.errors import PprnetError
from bot.settings import LogFormat, read_settings

_log = logging.getLogger("pprnet")

_DONE, _FAILED, _INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 failed, 130 interrupted; misuse leaves with 2.
    """
    _speak_utf8()
    configure(LogFormat.OFF)  # until the settings are read
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked)
    except PprnetError as error:
        _log.error("%s", error, extra={"action": f"{asked.command}.failed"})
        print(f"pprnet: {error.human}", file=sys.stderr)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it at exit is quiet too
        return _FAILED
    except OSError as error:  # all that is left is what the answer is written to
        print(f"pprnet: The answer could not be written: {error.strerror}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED


def _run(asked: argparse.Namespace) -> int:
    settings = read_settings(os.environ, Path.cwd())
    configure(settings.log_format or asked.log_format)
    handlers = importlib.import_module(f"adapters.cli.{asked.module}")  # only the command that is asked for is loaded
    done: bool = getattr(handlers, asked.command)(settings, asked, datetime.now(UTC))
    sys.stdout.flush()  # a reader that went away is noticed here, not at exit
    return _DONE if done else _FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pprnet", description="Psychotherapy research summaries, looked up where clinicians already are."
    )
    parser.add_argument("--version", action="version", version=f"pprnet-bot {metadata.version('pprnet-bot')}")
    parser.set_defaults(log_format=LogFormat.OFF)
    commands = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    _asking(commands)
    _serving(commands)
    _announcing(commands)
    _syncing(commands)
    _moving(commands)
    _keeping(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - see below
"""What commands are added to; argparse gives it no public name."""


def _asking(commands: _Commands) -> None:
    run = commands.add_parser("run", help="set up the archive and start everything that is configured")
    ask = commands.add_parser("ask", help='answer once: pprnet ask "/pprnet topic burnout"')
    ask.add_argument("text", nargs="*", help="what to ask, with or without /pprnet")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    chat = commands.add_parser("chat", help="a prompt with history and completion")
    for command in (run, ask, chat):
        command.set_defaults(module="asking")


def _serving(commands: _Commands) -> None:
    web = commands.add_parser("web", help="serve the page to try the bot, to read and to operate it: docs/web.md")
    web.set_defaults(module="serving", command="serve_web", log_format=LogFormat.TEXT)
    slack = commands.add_parser("slack", help="answer in Slack: docs/slack.md tells how to set it up")
    slack.set_defaults(module="serving", log_format=LogFormat.TEXT)
    manifest = commands.add_parser("slack-manifest", help="print what Slack has to be told to make the app")
    manifest.add_argument("--http", metavar="URL", help="where Slack can reach the bot; without it Socket Mode is used")
    manifest.add_argument("--url", action="store_true", help="print the link that makes the app with one click instead")
    manifest.set_defaults(module="serving", command="slack_manifest")
    discord = commands.add_parser("discord", help="answer in Discord: docs/discord.md tells how to set it up")
    discord.set_defaults(module="serving", log_format=LogFormat.TEXT)
    invite = commands.add_parser("discord-invite", help="print the links that add the bot to a server, or to your apps")
    invite.add_argument("--application", type=int, metavar="ID", help="the application; asked of Discord if left out")
    invite.set_defaults(module="serving", command="discord_invite")


def _announcing(commands: _Commands) -> None:
    worker = commands.add_parser("worker", help="announce by the schedule; several share the work on PostgreSQL")
    worker.set_defaults(module="working", log_format=LogFormat.TEXT)
    announce = commands.add_parser("announce", help="announce what is new, now")
    announce.add_argument("--dry-run", action="store_true", help="show who would get what, and send nothing")
    announce.add_argument("--hold", action="store_true", help="hold what is new as an edition, and send nothing")
    announce.set_defaults(module="announcing")
    editions = commands.add_parser("editions", help="list the editions, and decide about those that are held")
    editions.set_defaults(module="reviewing", decision=None)
    decisions = editions.add_subparsers(title="decisions", dest="decision", metavar="DECISION")
    for name, help_ in (("approve", "announce a held edition"), ("discard", "never announce a held edition")):
        decisions.add_parser(name, help=help_).add_argument("number", type=int, metavar="N", help="its number")
    deliveries = commands.add_parser("deliveries", help="list what was sent where, and try again what was given up")
    deliveries.add_argument("--failed", action="store_true", help="only those that were given up")
    deliveries.set_defaults(module="reviewing", decision=None)
    retry = deliveries.add_subparsers(title="decisions", dest="decision", metavar="DECISION").add_parser(
        "retry", help="try again what was given up"
    )
    retry.add_argument("keys", nargs="*", metavar="KEY", help="which deliveries; all that were given up if left out")
    for command in (announce, editions, deliveries):
        command.add_argument("--json", action="store_true", help="print it as JSON")


def _syncing(commands: _Commands) -> None:
    sync = commands.add_parser("sync", help="read the sources: all that is there the first time, then what is new")
    sync.add_argument("--full", action="store_true", help="read the whole of them")
    sync.add_argument("--accept", action="store_true", help="believe what they say now, although it was more before")
    sync.add_argument("--from-dir", type=Path, metavar="DIR", help="read pages saved by hand instead")
    sync.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
    sync.add_argument("--json", action="store_true", help="print the report as JSON")
    sync.set_defaults(module="syncing", log_format=LogFormat.TEXT)
    source = commands.add_parser("source", help="look at one source")
    looks = source.add_subparsers(title="looks", dest="look", required=True, metavar="LOOK")
    doctor = looks.add_parser("doctor", help="fetch one page and show how each of its lines is read")
    doctor.add_argument("place", nargs="?", metavar="URL|PATH", help="any page; those of all sources if left out")
    source.set_defaults(module="syncing")


def _moving(commands: _Commands) -> None:
    import_ = commands.add_parser("import", help="bring in pages of the blog, feeds or Markdown posts")
    import_.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
    import_.add_argument("--month", metavar="YYYY-MM", help="the month of posts that stand under no month heading")
    import_.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
    import_.add_argument("--json", action="store_true", help="print the report as JSON")
    import_.set_defaults(module="moving", command="import_")
    export = commands.add_parser("export", help="write the archive as Markdown posts, or as JSON lines")
    export.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where to write one Markdown file a post")
    export.add_argument("--json", action="store_true", help="print one JSON object a line instead")
    export.set_defaults(module="moving")


def _keeping(commands: _Commands) -> None:
    migrate = commands.add_parser("migrate", help="bring the database up to date; safe to repeat")
    topics = commands.add_parser("topics", help="list the topics with their counts")
    doctor = commands.add_parser("doctor", help="check that all is well, and say how to mend what is not")
    for command in (topics, doctor):
        command.add_argument("--json", action="store_true", help="print it as JSON")
    for command in (migrate, topics, doctor):
        command.set_defaults(module="keeping")
    embed = commands.add_parser("embed", help="make everything ready for the search by meaning, at once")
    embed.set_defaults(module="embedding", log_format=LogFormat.TEXT)


def _speak_utf8() -> None:
    """Let every character of the blog reach a pipe, and nothing stumble over one that it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
