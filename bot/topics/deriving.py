"""What a post is about, by the words in it, where nobody has said so."""

from collections import Counter
from collections.abc import Iterator

from bot.model import Post, TopicLabel, TopicOrigin
from bot.topics.catalogue import Catalogue
from bot.topics.phrases import Phrases

_IN_TITLE, _IN_IMPLICATIONS, _IN_SUMMARY = 4, 2, 1  # points for a mention
_CLEAR, _PASSING = 4, 2  # points that a topic needs
_MOST, _ENOUGH = 6, 5  # how many topics a post has at most, and how many make passing ones needless


class Deriver:
    """Derives the topics of posts from a catalogue, in time linear in the length of the posts.

    A mention is one of a topic's telling words; one that is part of a longer one does not count. It gives a topic
    four points in the post's title or the cited work's, two in the practice implications (and in a citation whose
    title could not be read), one in the summary. Topics with four points are clear, and the best six are taken. Where
    fewer than five are clear, those with two or three points make them up to five. Between equals the one mentioned
    first is taken: in the titles, then the implications, then the summary.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._phrases = Phrases(catalogue.topics)

    def derive(self, post: Post) -> tuple[TopicLabel, ...]:
        """Return the topics of a post in alphabetical order; none where no word tells."""
        points = Counter[str]()
        for text, worth in _places(post):
            for names in self._phrases.mentions(text):
                points.update(dict.fromkeys(names, worth))
        return tuple(TopicLabel(name, TopicOrigin.DERIVED) for name in sorted(_best(points)))


def _places(post: Post) -> Iterator[tuple[str, int]]:
    yield post.title, _IN_TITLE
    if post.citation and post.citation.title:
        yield post.citation.title, _IN_TITLE
    elif post.citation:
        yield post.citation.text, _IN_IMPLICATIONS
    for paragraph in post.implications:
        yield paragraph, _IN_IMPLICATIONS
    for paragraph in post.summary:
        yield paragraph, _IN_SUMMARY


def _best(points: Counter[str]) -> list[str]:
    """Return the topics to keep; `most_common` leaves equals in the order in which they were first met."""
    ranked = points.most_common()
    clear = [name for name, sum_ in ranked if sum_ >= _CLEAR]
    passing = [name for name, sum_ in ranked if _PASSING <= sum_ < _CLEAR]
    return clear[:_MOST] + passing[: max(_ENOUGH - len(clear), 0)]
