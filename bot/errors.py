"""Errors that can be explained: one sentence for the log, one for the person; and those that nobody foresaw."""

import traceback
from dataclasses import dataclass
from typing import Self


class PprnetError(Exception):
    """Something went wrong. Please try again."""

    def __init__(self, log: str, human: str | None = None) -> None:
        """Keep both sentences.

        Args:
            log: for the log; never holds a token or anything a person typed.
            human: for the person; the class's docstring when not given.
        """
        super().__init__(log)
        self.human = human or (type(self).__doc__ or "")


class ContentError(PprnetError):
    """A content file cannot be read."""


class SourceError(PprnetError):
    """The source could not be read; the archive is as it was."""


class SettingsError(PprnetError):
    """The settings are not right."""


class StoreError(PprnetError):
    """The archive cannot be reached just now. Please try again in a minute."""


class BadTokenError(PprnetError):
    """This button is from an older version. Please type the command instead."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """An error that nobody foresaw, under a reference that the person and the log share.

    Attributes:
        reference: eight hexadecimal digits, drawn at random.
        log: for the log: where it happened, of what kind it is, and the reference; nothing that a person typed.
    """

    reference: str
    log: str

    @classmethod
    def of(cls, error: BaseException, code: str = "") -> Self:
        """Draw a reference for an error.

        Args:
            error: what was raised; its text is left out, for it may quote what a person typed.
            code: the far end's own word for it, where there is one.
        """
        import secrets  # only a mishap needs it

        reference = secrets.token_hex(4)
        kind = f"{type(error).__name__} ({code})" if code else type(error).__name__
        return cls(reference, f"answering failed at {_where(error)} with {kind}, reference {reference}")

    @property
    def human(self) -> str:
        """The sentence for the person."""
        return f"Something went wrong. If it happens again, tell whoever runs this bot: {self.reference}."


def _where(error: BaseException) -> str:
    """Return the place in the code that an error comes from: all of it that holds nothing a person typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}:{frames[-1].lineno}" if frames else "an unknown place"
