"""Commands that move posts in and out: `import` and `export`."""

import json
from pathlib import Path

import pytest

from adapters.cli.main import main
from tests.pages import CORRECTED, PAGE

pytestmark = pytest.mark.usefixtures("database")

Said = pytest.CaptureFixture[str]


def test_an_import_into_an_empty_archive_adds_what_the_page_holds(page: Path, capsys: Said) -> None:
    assert main(["import", str(page)]) == 0

    said = capsys.readouterr().out
    assert said.startswith("2 posts read: 2 added.\n")
    assert "added      November 2023   Why Clients Leave Early" in said
    main(["ask", "latest"])
    assert capsys.readouterr().out.startswith("Why Clients Leave Early\n")


def test_importing_twice_changes_nothing(page: Path, capsys: Said) -> None:
    main(["import", str(page)])
    capsys.readouterr()

    assert main(["import", str(page)]) == 0
    assert capsys.readouterr().out.startswith("2 posts read: 0 added and 2 unchanged.\n")


def test_a_corrected_title_revises_the_post(page: Path, tmp_path: Path, capsys: Said) -> None:
    main(["import", str(page)])
    corrected = tmp_path / "corrected.txt"
    corrected.write_text(CORRECTED, encoding="utf-8")
    capsys.readouterr()

    assert main(["import", "--json", str(corrected)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"added": 0, "replaced": 0, "revised": 1, "unchanged": 1}
    main(["ask", "month 2021-07"])
    assert capsys.readouterr().out.startswith("July 2021: 1 summary\n\nTired Therapists, and Their Clients’ Outcomes\n")


def test_a_trial_import_changes_nothing(page: Path, capsys: Said) -> None:
    assert main(["import", "--dry-run", str(page)]) == 0
    assert "This was a trial: the archive is as it was." in capsys.readouterr().out

    main(["import", str(page)])
    assert "2 added" in capsys.readouterr().out


def test_a_page_without_posts_fails_and_leaves_the_archive_as_it_was(page: Path, tmp_path: Path, capsys: Said) -> None:
    empty = tmp_path / "shopping.txt"
    empty.write_text("Milk\nBread\n", encoding="utf-8")

    assert main(["import", str(page), str(empty)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("pprnet: ")
    assert "shopping.txt" in said.err
    assert main(["import", str(page)]) == 0
    assert "2 added" in capsys.readouterr().out


def test_a_line_that_fits_no_rule_is_reported(tmp_path: Path, capsys: Said) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE.replace("November 2023\n", "Stray words before any month\nNovember 2023\n"), encoding="utf-8")

    assert main(["import", str(page)]) == 0
    said = capsys.readouterr().out
    assert "1 line fitted no rule and stayed out:" in said
    assert "page.txt:10: Stray words before any month" in said


def test_a_month_that_is_none_is_refused(page: Path, capsys: Said) -> None:
    assert main(["import", "--month", "soon", str(page)]) == 1
    assert "Write the month like 2014-01." in capsys.readouterr().err


def test_the_blog_takes_the_place_of_the_starter_archives_words(page: Path, tmp_path: Path, capsys: Said) -> None:
    main(["ask", "latest"])
    same = tmp_path / "same.txt"
    same.write_text(
        PAGE.replace("Tired therapists and their clients", "Psychotherapist burnout affects patient outcomes")
    )
    capsys.readouterr()

    main(["import", str(same)])
    assert (
        "2 posts read: 1 added and 1 replaced (the starter archive's words by the blog's)." in capsys.readouterr().out
    )


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_importing_an_export_gives_the_same_archive(
    form: str, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    main(["ask", "latest"])
    main(["import", str(page)])
    exported = tmp_path / "exported"
    if form == "markdown":
        assert main(["export", str(exported)]) == 0
    else:
        capsys.readouterr()
        assert main(["export", "--json"]) == 0
        exported.with_suffix(".jsonl").write_text(capsys.readouterr().out, encoding="utf-8")
        exported = exported.with_suffix(".jsonl")
    capsys.readouterr()
    main(["export", "--json"])
    before = capsys.readouterr().out

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'second.db'}")
    assert main(["import", str(exported)]) == 0
    capsys.readouterr()
    main(["export", "--json"])
    assert capsys.readouterr().out == before


def test_an_export_needs_a_place(capsys: Said) -> None:
    assert main(["export"]) == 1
    assert "Name a folder to write to" in capsys.readouterr().err


def test_a_post_under_a_topic_that_does_not_exist_is_refused(tmp_path: Path, capsys: Said) -> None:
    post = tmp_path / "post.md"
    post.write_text("---\ntitle: A study\nmonth: 2021-07\ntopics: [Nonsense]\n---\n\nA summary.\n")

    assert main(["import", str(post)]) == 1
    said = capsys.readouterr().err
    assert "post.md" in said
    assert "Nonsense" in said


def test_a_topic_may_be_named_by_another_word_in_any_case(tmp_path: Path, capsys: Said) -> None:
    post = tmp_path / "post.md"
    post.write_text("---\ntitle: A study\nmonth: 2021-07\ntopics: [burnout]\n---\n\nA summary.\n")

    main(["import", str(post)])
    main(["ask", "topic burnout"])
    assert "Burnout: 1 summary" in capsys.readouterr().out
