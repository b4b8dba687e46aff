"""Reading the topic catalogue that ships with the bot. It loads the YAML library, which not every answer needs."""

import hashlib
from importlib import resources

from bot.topics.catalogue import Catalogue
from bot.topics.topicfile import TopicFile

_RULES = "1"  # raised whenever spelling or deriving come to decide otherwise: topics are then derived anew
_FILE = "topics.yaml"


def load_catalogue() -> Catalogue:
    """Return the catalogue that ships with the bot.

    Raises:
        ContentError: the file is malformed.
    """
    file = resources.files("content").joinpath(_FILE)
    return read_catalogue(f"content/{_FILE}", file.read_text(encoding="utf-8"))


def read_catalogue(name: str, text: str) -> Catalogue:
    """Return the catalogue that a text in the form of `content/topics.yaml` holds.

    Args:
        name: the file's name, for the error.
        text: a list of topics in YAML.

    Raises:
        ContentError: the text is malformed; the error names the line and says what to write instead.
    """
    topics = TopicFile(name).topics(text)
    return Catalogue(topics, hashlib.sha256(f"{_RULES}\n{text}".encode()).hexdigest()[:16])
