"""How well and how fast questions find what was judged relevant, beside SQLite's full text search in the same run.

    python -m bench.relevance FILE.json.gz [FILE.json.gz ...] [--typos-seed N] [--semantic]

A file holds `name`, `docs` (each `id`, `title`, `text`), `queries` (each `id`, `text`) and `qrels` (query id ->
document id -> grade from 0). Every question is asked as typed and with one wrong letter. With `--semantic`, which takes
a minute for every thousand documents, the search by meaning is asked too.

nDCG@10 has linear gains: the sum of grade / log2(rank + 1), over the same sum for the best possible order. Recall is
that of the first 100, MRR the mean of 1 / the rank of the first relevant among them. Latency is that of a question
answered with ten hits, asked once before.
"""

import argparse
import gzip
import json
import random
import sqlite3
import statistics
import string
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING

from bot.search.analysis import read_words
from bot.search.documents import Document
from bot.search.engine import SearchEngine
from bot.search.query import Query
from bot.search.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from bot.meaning.searching import MeaningSearch

Ask = Callable[[str, int], list[str]]
"""From a question and a number to at most that many document ids, the best first."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, questions, and what was judged relevant to each question."""

    name: str
    documents: tuple[Document, ...]
    questions: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: means over the questions, and milliseconds."""

    ndcg: float
    recall: float
    mrr: float
    p50: float
    p99: float


class Given:
    """Documents that never change."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents

    def stamp(self) -> str:
        return "given"

    def documents(self) -> Iterator[Document]:
        return iter(self._documents)


def main() -> None:
    """Measure the collections named on the command line."""
    asked = argparse.ArgumentParser(description="Measure relevance and latency of the search.")
    asked.add_argument("files", nargs="+", type=Path, metavar="FILE.json.gz")
    asked.add_argument("--typos-seed", type=int, default=1, metavar="N")
    asked.add_argument("--semantic", action="store_true", help="measure the search by meaning too")
    options = asked.parse_args()
    rows: dict[tuple[str, str], list[Figures]] = {}
    for file in options.files:
        for row, figures in measured(load(file), options.typos_seed, semantic=options.semantic):
            rows.setdefault(row, []).append(figures)
    if len(options.files) > 1:
        for row, several in rows.items():
            show("mean", row, _mean(several))


def load(file: Path) -> Collection:
    """Read a collection; questions that nothing was judged relevant to are left out."""
    data = json.loads(gzip.decompress(file.read_bytes()))
    judged = {query: grades for query, grades in data["qrels"].items() if any(grade > 0 for grade in grades.values())}
    return Collection(
        data["name"],
        tuple(Document(each["id"], each["title"], each["text"]) for each in data["docs"]),
        {each["id"]: each["text"] for each in data["queries"] if each["id"] in judged},
        judged,
    )


def measured(collection: Collection, seed: int, *, semantic: bool) -> Iterator[tuple[tuple[str, str], Figures]]:
    """Yield engine, spelling and figures of a collection, and print them as they come."""
    dice = random.Random(seed)
    mistyped = {query: with_typo(text, dice) for query, text in collection.questions.items()}
    with tempfile.TemporaryDirectory() as folder:
        engines = {"pprnet": lambda docs: ours(docs, Path(folder, "words")), "fts5": fts5}
        if semantic:
            engines["meaning"] = lambda docs: by_meaning(docs, Path(folder, "meaning"))
        for engine, make in engines.items():
            started = time.perf_counter()
            ask = make(collection.documents)
            took = time.perf_counter() - started
            print(f"{collection.name}: {len(collection.documents)} documents, {engine} built in {took:.2f} s")
            for spelling, questions in (("clean", collection.questions), ("typos", mistyped)):
                figures = judge(ask, questions, collection.judged)
                show(collection.name, (engine, spelling), figures)
                yield (engine, spelling), figures


def ours(documents: Sequence[Document], folder: Path) -> Ask:
    """Return our own search."""
    engine = SearchEngine(Given(documents), folder)
    engine.refresh()
    return _asking(engine)


def by_meaning(documents: Sequence[Document], folder: Path) -> Ask:
    """Return our own search by words and meaning."""
    from bench.meanings import meaning_search  # what only the extra has

    return _asking(meaning_search(documents, folder))


def fts5(documents: Sequence[Document]) -> Ask:
    """Return SQLite's search at its best: Porter stems, any word, stop words dropped, titles three times the weight."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE doc USING fts5(id UNINDEXED, title, text, tokenize = 'porter unicode61')")
    rows = ((each.id, each.title, each.text) for each in documents)
    database.executemany("INSERT INTO doc VALUES (?, ?, ?)", rows)

    def ask(question: str, limit: int) -> list[str]:
        words = {word.surface for word in read_words(question)}
        match = " OR ".join(f'"{word}"' for word in sorted(words - STOP_WORDS or words))
        select = "SELECT id FROM doc WHERE doc MATCH ? ORDER BY bm25(doc, 0.0, 3.0, 1.0), rowid LIMIT ?"
        return [row[0] for row in database.execute(select, (match, limit))]

    return ask


def with_typo(text: str, dice: random.Random) -> str:
    """Return a text with one letter wrong in one of its words of at least four: left out, added, changed or swapped."""
    words = text.split()
    places = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if places:
        place = dice.choice(places)
        words[place] = _mistyped(words[place], dice)
    return " ".join(words)


def judge(ask: Ask, questions: Mapping[str, str], judged: Mapping[str, Mapping[str, int]]) -> Figures:
    """Ask every question and compare what was found with what was judged."""
    ndcg, recall, mrr, took = [], [], [], []
    for query, text in questions.items():
        grades = judged[query]
        run = ask(text, 100)
        relevant = {document for document, grade in grades.items() if grade > 0}
        ndcg.append(_gain([grades.get(document, 0) for document in run]) / _gain(sorted(grades.values(), reverse=True)))
        recall.append(len(relevant & set(run)) / len(relevant))
        mrr.append(next((1 / rank for rank, document in enumerate(run, 1) if document in relevant), 0.0))
        started = time.perf_counter()
        ask(text, 10)
        took.append((time.perf_counter() - started) * 1000)
    quantiles = statistics.quantiles(took, n=100, method="inclusive")
    return Figures(_average(ndcg), _average(recall), _average(mrr), quantiles[49], quantiles[98])


def show(name: str, row: tuple[str, str], figures: Figures) -> None:
    """Print one line of figures."""
    engine, spelling = row
    print(
        f"{name:12} {engine:7} {spelling:6} nDCG@10 {figures.ndcg:.4f}  recall@100 {figures.recall:.4f}  "
        f"MRR {figures.mrr:.4f}  p50 {figures.p50:.2f} ms  p99 {figures.p99:.2f} ms",
        flush=True,
    )


def _asking(engine: "SearchEngine | MeaningSearch") -> Ask:
    def ask(question: str, limit: int) -> list[str]:
        found = engine.search(Query(words=tuple(question.split())), limit=limit)
        return [hit.id for hit in found.hits]

    return ask


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades[:10], start=1))


def _mistyped(word: str, dice: random.Random) -> str:
    at, letter = dice.randrange(len(word)), dice.choice(string.ascii_lowercase)
    swap = min(at, len(word) - 2)
    return dice.choice([
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:swap] + word[swap + 1] + word[swap] + word[swap + 2 :],
    ])  # fmt: skip


def _average(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0


def _mean(several: Sequence[Figures]) -> Figures:
    columns = ("ndcg", "recall", "mrr", "p50", "p99")
    return Figures(*(_average([getattr(figures, column) for figures in several]) for column in columns))


if __name__ == "__main__":
    main()
