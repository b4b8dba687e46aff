"""Posts that meet an archive, and what becomes of them."""

from collections.abc import Collection, Sequence

from bot.merging.batches import Merged, merge
from bot.merging.claims import Known
from bot.model import Citation, Effect, Post

HANDBOOK = Citation("Lo, A. (2013). A chapter. In B. Cho (Ed.), The handbook, pp. 1-20.")


LONG = (
    (
        "The study followed two hundred people who were treated for low mood in five clinics over one whole year. "
        "Those who trusted their therapist early on got better sooner, and they stayed well for longer than the others."
    ),
)


OTHER = (
    (
        "Meta-analysis of forty trials found large gains from exposure when panic was the main complaint. "
        "Dropping out happened less often under group formats, although few samples reported it at follow-up."
    ),
)


HALF = (
    (
        "The study followed two hundred people who were treated for low mood in five clinics over one whole year. "
        "Nobody could tell in advance which of them would leave: both groups looked alike at intake and at discharge."
    ),
)


def results(known: list[Known], incoming: Sequence[Post], taken: Collection[str] = ()) -> tuple[Merged, ...]:
    return merge(known, incoming, taken).merged


def effects(known: list[Known], *incoming: Post) -> list[Effect]:
    return [one.change.effect for one in results(known, incoming)]


def known(*existing: Post) -> list[Known]:
    return [Known(post) for post in existing]
