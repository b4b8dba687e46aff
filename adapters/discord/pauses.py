"""How long to wait, in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait for what, in seconds.

    Attributes:
        patience: for an answer, before Discord is asked for more time: it waits three for the first word.
        shortest: about how long after the second failure to connect in a row; each further one doubles it.
        longest: between two attempts to connect at most, where no line could be opened.
        longest_opened: the same, where lines were opened and soon lost: Discord allows 1,000 new sessions a day.
        identify: between two new sessions of shards that take turns; the number is Discord's.
        silence: on a line on which no heartbeat is answered, before it is taken for dead and opened anew.
    """

    patience: float = 1.0
    shortest: float = 0.5
    longest: float = 30.0
    longest_opened: float = 120.0
    identify: float = 5.0
    silence: float = 60.0


PAUSES = Pauses()
