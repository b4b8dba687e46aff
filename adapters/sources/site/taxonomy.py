"""What the site sorts its posts by, in the catalogue's names."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.sources.site.menus import Menu
from bot.folding import words
from bot.topics.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Names by the site's ids.

    Attributes:
        topics: the catalogue's topics.
        kinds: the types of research, in the site's own words; those without a word are not asked for.
        remarks: where the site's menu and the catalogue differ, a sentence each.
    """

    topics: Mapping[int, str]
    kinds: Mapping[int, str]
    remarks: tuple[str, ...] = ()


def taxonomy_of(catalogue: Catalogue, menu: Menu) -> Taxonomy:
    """Return the topics and types to ask for.

    The ids are the catalogue's, unless the site's menu has other words for them: a site that numbers its topics anew
    would be read wrongly without an error. A word of the menu that is no topic of the catalogue keeps the topic of its
    id if no other word claims that topic: the site may correct "Adherance" some day. Topics that the menu lacks are
    asked for all the same, as a page may show a part of its menu only.

    Args:
        catalogue: the topics that there are.
        menu: the filters that the site offers.
    """
    ours = {topic.site_id: topic.name for topic in catalogue.topics if topic.site_id is not None}
    by_words = {tuple(words(topic.name)): topic.name for topic in catalogue.topics}
    offered = {number: by_words.get(tuple(words(word)), "") for number, word in menu.topics.items()}
    claimed = {name for name in offered.values() if name}
    kept = {number: name for number, name in ours.items() if name not in claimed}
    topics = kept | {number: name for number, name in offered.items() if name}
    odd = {number: word for number, word in menu.topics.items() if not offered[number]}
    return Taxonomy(
        topics, menu.kinds, tuple(_remark(number, word, kept.get(number, "")) for number, word in odd.items())
    )


def _remark(number: int, word: str, name: str) -> str:
    if name:
        return f"The site calls the topic {name} {word} now."
    return f"The site has a topic that the bot does not have: {word} (number {number})."
