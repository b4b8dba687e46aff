"""Topics to offer while someone is still typing."""

from collections.abc import Iterable, Sequence

from bot.topics.catalogue import Topic
from bot.topics.forms import Form
from bot.topics.nearness import nearest
from bot.topics.spelling import keys


def completions(forms: Sequence[Form], typed: str) -> tuple[Topic, ...]:
    """Return the topics that what was typed can become, the likeliest first.

    Whole names and aliases come first, then what begins so, then what has words that begin so, names before
    aliases each time; what begins nearly so comes only when there is nothing of the kind.

    Args:
        forms: all that could be meant.
        typed: any text; when it is empty, every topic is returned, by name; without a letter or digit, none.
    """
    spelled = " ".join(keys(typed))
    if typed and not spelled:
        return ()
    fitting = [(rank, form.topic) for form in forms if (rank := _rank(form, spelled)) is not None]
    found = fitting or [(form.place, form.topic) for form in _nearly(forms, spelled)]
    return tuple(dict.fromkeys(topic for _, topic in sorted(found, key=lambda pair: (pair[0], pair[1].name))))


def _rank(form: Form, spelled: str) -> int | None:
    if form.spelled == spelled:
        rank = 0
    elif form.spelled.startswith(spelled):
        rank = 2
    elif form.holds(spelled.split()):
        rank = 4
    else:
        return None
    return rank if form.named else rank + 1


def _nearly(forms: Sequence[Form], spelled: str) -> Iterable[Form]:
    lengths = [len(spelled) + more for more in (-1, 0, 1)]  # as a letter may be too many or missing
    near = set(nearest(spelled, {form.spelled[:length] for form in forms for length in lengths}))
    return (form for form in forms if any(form.spelled[:length] in near for length in lengths))
