"""When to announce: a cron line read in a time zone, as a pure function of the time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from bot.errors import SettingsError

_FIELDS = 5
_A_LINE = "a cron line such as 0 9 * * MON#1, which is the first Monday of the month at nine"
_ANY_TIME = datetime(2024, 1, 1, tzinfo=UTC)
"""Where a line is tried from; cronsim looks fifty years ahead from there, over every leap year and weekday."""

_STEP = timedelta(minutes=1)
"""The finest step of a line."""


class Schedule:
    """The moments that a cron line names in a time zone.

    The line is read as Debian's cron reads it (cronsim): a moment that the clocks skip comes as soon as they have
    skipped it, and one that comes twice counts the first time. `MON#1` is the first Monday, `L` a month's last day.
    """

    def __init__(self, line: str, zone: str) -> None:
        """Read a line of five fields, and the zone that its times are meant in, by its IANA name.

        Raises:
            SettingsError: with a sentence a line, for the line and for the zone, about what is wrong with them.
        """
        problems = [problem for problem in (_problem_of_zone(zone), _problem_of_line(line)) if problem]
        if problems:
            raise SettingsError(f"settings of the schedule that are wrong: {len(problems)}", "\n".join(problems))
        self._line = line
        self._zone = ZoneInfo(zone)

    def next(self, at: datetime) -> datetime:
        """Return the first tick after a moment, in UTC.

        Args:
            at: an aware time.
        """
        return next(tick for tick in self._ticks(at) if tick > at)

    def last(self, at: datetime) -> datetime:
        """Return the latest tick up to and including a moment, in UTC: the one that `next` named before it.

        Args:
            at: an aware time.
        """
        earlier = self._before(at)
        while (following := self.next(earlier)) <= at:
            earlier = following
        return earlier

    def _before(self, at: datetime) -> datetime:
        """Return a tick that is not after a moment, and few ticks before it.

        Going backwards, cronsim can name another moment for a tick within an hour that the clocks skip or repeat. So
        what is found backwards is looked up forwards: there is one answer to when a tick is.
        """
        backwards = CronSim(self._line, at.astimezone(self._zone) + _STEP, reverse=True)
        found = (self.next(moment.astimezone(UTC) - _STEP) for moment in backwards)
        return next(tick for tick in found if tick <= at)

    def _ticks(self, at: datetime) -> Iterator[datetime]:
        """Return the ticks from a moment on; in an hour that comes twice they begin with those of the first time."""
        return (tick.astimezone(UTC) for tick in CronSim(self._line, at.astimezone(self._zone)))


def _problem_of_line(line: str) -> str:
    if len(line.split()) != _FIELDS:
        return f"PPRNET_SCHEDULE must be {_A_LINE}"
    try:
        never = next(CronSim(line, _ANY_TIME), None) is None
    except CronSimError as error:
        return f"PPRNET_SCHEDULE must be {_A_LINE}: {str(error).lower()}"
    return f"PPRNET_SCHEDULE must be {_A_LINE}: this one never comes" if never else ""


def _problem_of_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # no such zone, no name of a zone, the name of a folder of zones
        return "PPRNET_TIMEZONE must be the IANA name of a time zone, such as America/Toronto"
    return ""
