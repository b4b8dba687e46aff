"""Reading `content/topics.yaml` so strictly that a slip of the hand is found at once and on its line."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import yaml

from bot.errors import ContentError
from bot.topics.catalogue import Topic
from bot.topics.spelling import keys

NAME_LIMIT = 70
"""The longest name, in characters: a button has to carry it, with the command before and the page behind it."""

_FIELDS = ("name", "id", "ours", "aliases", "typed")


class TopicFile:
    """One file of topics, read once.

    It is read as nodes, not values, because nodes know their lines, and `no` and `on` stay words.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: dict[tuple[str, ...] | int, int] = {}

    def topics(self, text: str) -> tuple[Topic, ...]:
        """Return the topics of the file's text.

        Raises:
            ContentError: it is malformed; the first thing wrong is named, with its line.
        """
        root = self._root(text)
        items = self._items(root, "The file must be a list of topics, each beginning like `- name: Burnout`.")
        return tuple(self._topic(item) for item in items)

    def _root(self, text: str) -> yaml.Node | None:
        try:
            root: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            line = min(line, len(text.splitlines()))  # what is never closed is missed behind the end
            raise self._error(line, _advice(error.problem, text, line)) from error
        except (yaml.YAMLError, UnicodeError) as error:
            raise self._error(
                1, "The file holds a character that is not text. Save it as plain text (UTF-8)."
            ) from error
        return root

    def _topic(self, node: yaml.Node) -> Topic:
        fields = self._fields(node)
        if "name" not in fields:
            raise self._error(_line(node), "This topic has no name. Add a line such as `name: Burnout`.")
        name = self._topic_name(fields["name"])
        site_id = self._site_id(node, fields)
        aliases = tuple(self._words("aliases", fields, ()))
        return Topic(name, site_id, aliases, tuple(self._words("typed", fields, aliases)))

    def _fields(self, node: yaml.Node) -> Mapping[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(_line(node), "A topic must begin with its name: `- name: Burnout`.")
        fields: dict[str, yaml.Node] = {}
        for field, value in node.value:
            if field.value not in _FIELDS:
                raise self._error(_line(field), f"A topic has no such line; it can have {', '.join(_FIELDS)}.")
            if field.value in fields:
                raise self._error(_line(field), f"This topic has two lines `{field.value}`. Make one of them.")
            fields[field.value] = value
        return fields

    def _topic_name(self, node: yaml.Node) -> str:
        name = self._word(node)
        if len(name) > NAME_LIMIT:
            raise self._error(_line(node), f"This name is too long. It can have {NAME_LIMIT} characters at most.")
        self._once(keys(name), node, "This topic")
        return name

    def _site_id(self, topic: yaml.Node, fields: Mapping[str, yaml.Node]) -> int | None:
        number, ours = fields.get("id"), fields.get("ours")
        if number is None and ours is not None and ours.value == "true":
            return None
        if ours is None and number is not None and _is_number(number):
            self._once(int(number.value), number, "This id")
            return int(number.value)
        where = number or ours or topic
        raise self._error(_line(where), "Write either the blog's number of the topic, `id: 47`, or `ours: true`.")

    def _once(self, what: tuple[str, ...] | int, node: yaml.Node, named: str) -> None:
        if what in self._lines:
            raise self._error(_line(node), f"{named} stands in line {self._lines[what]} already. Keep one of them.")
        self._lines[what] = _line(node)

    def _words(self, field: str, fields: Mapping[str, yaml.Node], taken: Collection[str]) -> Iterator[str]:
        if field not in fields:
            return
        seen = {word.casefold() for word in taken}
        advice = f"Write the words one a line, each after a dash, or all in brackets: `{field}: [one, another]`."
        for item in self._items(fields[field], advice):
            word = self._word(item)
            if word.casefold() in seen:
                raise self._error(_line(item), "This topic has this word already. Delete it here.")
            seen.add(word.casefold())
            yield word

    def _items(self, node: yaml.Node | None, advice: str) -> Sequence[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self._error(_line(node), advice)
        return list(node.value)

    def _word(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not keys(node.value):
            raise self._error(_line(node), "Here must be a word or a name. Put it in quotes if it has a colon.")
        return " ".join(node.value.split())

    def _error(self, line: int, advice: str) -> ContentError:
        return ContentError(f"{self._name} is malformed in line {line}", f"{self._name}, line {line}: {advice}")


def _is_number(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and re.fullmatch(r"[0-9]{1,6}", node.value) is not None


def _line(node: yaml.Node | None) -> int:
    return int(node.start_mark.line) + 1 if node else 1


def _advice(problem: str | None, text: str, line: int) -> str:
    if any("\t" in each for each in text.splitlines()[max(line - 2, 0) : line]):
        return "There is a tab here or in the line above. Indent with blanks instead."
    return f"This is not YAML ({problem}). Check indentation, dashes and quotes here and in the line above."
