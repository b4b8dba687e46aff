"""A small invented archive about four different matters, and what tells how far the model has to work."""

from bot.meaning.minilm import MiniLm, installed_model, shipped_vocabulary
from bot.ports.meaning import Vector
from tests.builders import a_post

LEAVING = a_post(
    "2023-11",
    "What goes before an early end of treatment",
    summary=(
        "Some stop coming after two meetings. Patients who felt judged by their therapist ended treatment early.",
    ),
    implications=("Ask at every meeting whether the person still finds the work useful, before they decide to leave.",),
    citation=None,
)
SLEEP = a_post(
    "2022-05",
    "Rest at night and low mood",
    summary=("Adults who slept less than six hours were sadder in the months that followed.",),
    implications=("Advise a steady hour of going to bed to everyone who feels low.",),
    citation=None,
    topics=("Depression",),
)
GROUPS = a_post(
    "2021-02",
    "Mourning together",
    summary=("Widows who met in a group for ten weeks grieved less than those on a waiting list.",),
    implications=("A group of people who share a loss may be worth more than meeting one by one.",),
    citation=None,
    topics=("Grief and Loss",),
)
FEES = a_post(
    "2020-01",
    "The price of an hour",
    summary=("Clinics that asked for higher fees had shorter queues and the same results.",),
    implications=("Tell the price of an hour of treatment before the first meeting.",),
    citation=None,
)
CLINIC = (LEAVING, SLEEP, GROUPS, FEES)


class Counting(MiniLm):
    """The real model, and which texts it was given."""

    def __init__(self) -> None:
        super().__init__(installed_model(), shipped_vocabulary())
        self.given: list[str] = []

    def embed(self, text: str) -> Vector:
        self.given.append(text)
        return super().embed(text)
