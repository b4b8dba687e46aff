"""Log lines: one sentence each, and nothing that a person typed."""

import json
import logging

import pytest

from adapters.logs import JsonLines, TextLines, configure
from bot.settings import LogFormat


def _record(message: str = "done", **extra: object) -> logging.LogRecord:
    try:
        raise ValueError("my secret worry")
    except ValueError as error:
        record = logging.LogRecord("pprnet", logging.INFO, "", 0, message, None, (type(error), error, None))
    record.__dict__.update(extra)
    return record


def test_a_line_is_time_level_action_and_sentence() -> None:
    line = TextLines().format(_record("two\nlines", action="import.done"))

    assert line.endswith(" INFO import.done: two lines (ValueError)")


def test_a_line_for_machines_has_the_same_parts() -> None:
    line = json.loads(JsonLines().format(_record()))

    assert line["action"] == "pprnet"
    assert line["message"] == "done (ValueError)"
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize("form", [TextLines(), JsonLines()])
def test_what_an_exception_quotes_stays_out(form: logging.Formatter) -> None:
    assert "secret" not in form.format(_record())


@pytest.mark.parametrize("log_format", list(LogFormat))
def test_lines_go_to_standard_error_in_the_form_asked_for(
    log_format: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(log_format)
    logging.getLogger("pprnet").info("started", extra={"action": "run.started"})
    said = capsys.readouterr()

    assert said.out == ""
    assert ("run.started" in said.err) is (log_format is not LogFormat.OFF)
    assert said.err.startswith("{") is (log_format is LogFormat.JSON)
