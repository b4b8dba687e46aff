from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.topics.catalogue import Topic
from bot.topics.loading import load_catalogue, read_catalogue

GOOD = """\
- name: Grief
  id: 7
  aliases: [bereavement, GAD]
  typed:
    - no
    - on loss
- name: "Loss: Other"
  ours: true
"""


def test_a_topic_has_a_name_a_number_and_two_kinds_of_words() -> None:
    grief, loss = read_catalogue("topics.yaml", GOOD).topics
    assert grief == Topic("Grief", 7, ("bereavement", "GAD"), ("no", "on loss"))
    assert grief.words == ("Grief", "bereavement", "GAD", "no", "on loss")
    assert not grief.ours
    assert loss == Topic("Loss: Other", None)
    assert loss.ours


def test_a_name_tells_unless_it_is_only_typed() -> None:
    assert Topic("Grief", 7, ("mourning",)).telling == ("Grief", "mourning")
    assert Topic("Other", 7, ("Covid",), ("Other",)).telling == ("Covid",)


def test_the_shipped_catalogue_has_the_topics_of_the_blog_and_burnout_as_ours() -> None:
    topics = load_catalogue().topics
    site_ids = [topic.site_id for topic in topics if not topic.ours]
    assert site_ids == [*range(11, 23), *range(28, 52)]
    assert topics[0].name == "Adherance"
    assert "Burnout" in [topic.name for topic in topics if topic.ours]


def test_the_fingerprint_follows_the_text() -> None:
    same, other = read_catalogue("a", GOOD), read_catalogue("a", GOOD.replace("Grief", "Mourning"))
    assert read_catalogue("b", GOOD).fingerprint == same.fingerprint
    assert other.fingerprint != same.fingerprint


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("", 1, "must be a list"),
        ("[]", 1, "must be a list"),
        ("Grief: [loss]", 1, "must be a list"),
        ("- Grief", 1, "begin with its name"),
        ("- id: 7", 1, "has no name"),
        ("- name:\n  id: 7", 1, "must be a word or a name"),
        ("- name: '...'\n  id: 7", 1, "must be a word or a name"),
        (f"- name: {'x' * 71}\n  id: 7", 1, "too long"),
        ("- name: Grief", 1, "or `ours: true`"),
        ("- name: Grief\n  id: seven", 2, "or `ours: true`"),
        ("- name: Grief\n  id: [7]", 2, "or `ours: true`"),
        ("- name: Grief\n  id: 12345678", 2, "or `ours: true`"),
        ("- name: Grief\n  ours: false", 2, "or `ours: true`"),
        ("- name: Grief\n  id: 7\n  ours: true", 2, "or `ours: true`"),
        ("- name: Grief\n  id: 7\n- name: griefs\n  id: 8", 3, "stands in line 1 already"),
        ("- name: Grief\n  id: 7\n- name: Loss\n  id: 7", 4, "stands in line 2 already"),
        ("- name: Grief\n  name: Loss", 2, "two lines `name`"),
        ("- name: Grief\n  id: 7\n  alias: [loss]", 3, "can have name, id, ours, aliases, typed"),
        ("- name: Grief\n  id: 7\n  aliases: loss", 3, "`aliases: [one, another]`"),
        ("- name: Grief\n  id: 7\n  typed:", 3, "`typed: [one, another]`"),
        ("- name: Grief\n  id: 7\n  aliases:\n    - loss: of a child", 4, "in quotes if it has a colon"),
        ("- name: Grief\n  id: 7\n  aliases: [loss]\n  typed: [Loss]", 4, "has this word already"),
        ("- name: Grief\n\tid: 7", 2, "Indent with blanks"),
        ("- name: Grief: and loss", 1, "Check indentation"),
        ("- name: Grief\n  id: 7\n  aliases: [loss", 3, "Check indentation"),
        ("- name: 'Grief", 1, "Check indentation"),
        ("- name: Gr\x00ief", 1, "Save it as plain text"),
        ("- name: Gr\ud800ief", 1, "Save it as plain text"),
    ],
)
def test_a_malformed_file_is_refused_with_line_and_advice(text: str, line: int, advice: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_catalogue("content/topics.yaml", text)
    assert refused.value.human.startswith(f"content/topics.yaml, line {line}: ")
    assert advice in refused.value.human
    assert str(refused.value) == f"content/topics.yaml is malformed in line {line}"


@given(st.text(alphabet=st.sampled_from("-:[]{}'\"\n \tnameidours7&*?!|>#%@x\x00"), max_size=60) | st.text(max_size=30))
def test_any_other_text_is_refused_too(text: str) -> None:
    try:
        refused = not read_catalogue("content/topics.yaml", text).topics
    except ContentError as error:
        refused = error.human.startswith("content/topics.yaml, line ")
    assert refused or "name" in text


def test_the_shipped_file_says_how_to_edit_it() -> None:
    text = resources.files("content").joinpath("topics.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ")
