"""The real model: what it finds alike, and what becomes of one that is not the right one."""

import lzma
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from bot.meaning.directions import cosines
from bot.meaning.minilm import MiniLm, installed_model, shipped_vocabulary
from bot.ports.meaning import MeaningError
from tests.bot.meaning.clinic import Counting


def likeness(meaning: Counting, one: str, other: str) -> float:
    return cosines(meaning.embed(one), [meaning.embed(other)])[0]


def test_texts_that_mean_alike_point_alike(meaning: Counting) -> None:
    alike = likeness(meaning, "Why do clients quit therapy?", "Patients who leave treatment early")
    assert alike > 0.5 > likeness(meaning, "Why do clients quit therapy?", "A recipe for tomato soup")


def test_case_and_accents_do_not_count(meaning: Counting) -> None:
    assert meaning.embed("Therapie und Café") == meaning.embed("therapie UND cafe")


def test_a_vector_is_384_signed_bytes_and_always_the_same(meaning: Counting) -> None:
    assert len(meaning.embed("burnout")) == 384
    assert meaning.embed("burnout") == meaning.embed("burnout")


def test_what_the_model_does_not_read_does_not_count(meaning: Counting) -> None:
    assert meaning.embed("grief " * 254) == meaning.embed("grief " * 254 + "soup")
    assert meaning.embed("grief " * 253 + "loss") != meaning.embed("grief " * 254)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "😀" * 3])
def test_any_text_has_a_vector(meaning: Counting, text: str) -> None:
    assert len(meaning.embed(text)) == 384


def test_words_are_told_from_typing_errors(meaning: Counting) -> None:
    assert [meaning.spells(word) for word in ("quit", "therapy", "quitt")] == [True, True, False]
    assert not meaning.spells("\ud800 quit")


def test_the_model_is_where_its_package_is() -> None:
    assert installed_model().is_file()
    for package in ("a_package_that_is_not_there", "tests"):
        with pytest.raises(MeaningError, match="is not installed"):
            installed_model(package)


def told(model: Path, vocabulary: Traversable) -> MeaningError:
    with pytest.raises(MeaningError) as caught:
        MiniLm(model, vocabulary).embed("anything")
    return caught.value


def test_another_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"\x08\x07")
    error = told(tmp_path / "model.onnx", shipped_vocabulary())
    assert str(error) == "the model of meanings is not the one this version is made for"
    assert "pip install" in error.human


def test_another_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt.xz").write_bytes(lzma.compress(b"[CLS]\n[SEP]\n"))
    assert str(told(installed_model(), tmp_path / "vocab.txt.xz")).startswith("the vocabulary of meanings is not")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt.xz").write_bytes(b"not compressed")
    missing = told(tmp_path / "missing.onnx", shipped_vocabulary())
    assert str(missing) == "the model of meanings cannot be loaded: FileNotFoundError"
    damaged = told(installed_model(), tmp_path / "vocab.txt.xz")
    assert str(damaged) == "the model of meanings cannot be loaded: LZMAError"
