"""Errors that can be explained: one sentence for the log, one for the person."""


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
