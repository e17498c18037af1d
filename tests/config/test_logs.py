import io
import json
import logging
import logging.config
import uuid
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import logs

TOKEN = "987654321:AAHfiqksKZ8WmR2zMnQdLk3vXy7-aBcD_Ef"
SECRET = 'hook"secret\\with-odd$chars'


@pytest.fixture(params=["console", "json"])
def style(request):
    return request.param


@pytest.fixture
def written(style):
    """Log through the real configuration and return what was written."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logging.config.dictConfig(logs.configuration(style, "DEBUG", [SECRET, "short"]))
    stream = io.StringIO()
    (handler,) = root.handlers
    handler.setStream(stream)
    yield stream.getvalue
    root.handlers[:], root.level = before
    for name in logs.QUIETEST:
        logging.getLogger(name).setLevel(logging.NOTSET)


log = logging.getLogger("bots.example")


@pytest.mark.parametrize(
    "say",
    [
        lambda: log.info("GET https://api.telegram.org/bot%s/getMe", TOKEN),
        lambda: log.info(f"bot{TOKEN}"),  # noqa: G004
        lambda: log.info("url %s", TOKEN.replace(":", "%3A")),
        lambda: log.info("called", extra={"url": f"http://x/bot{TOKEN}/y"}),
        lambda: log.info("secret %s", SECRET),
        lambda: log.info("secret", extra={"secret": SECRET}),
        lambda: log.error("failed", exc_info=ValueError(f"no {TOKEN} and {SECRET}")),
        lambda: log.info({"token": TOKEN}),
        lambda: logging.getLogger("telegram.Bot").warning("bot %s", TOKEN),
        lambda: logging.getLogger("django.request").error("Not Found: /%s", SECRET),
    ],
)
def test_no_secret_is_written_whatever_way_it_came(written, say):
    say()
    out = written()
    assert out
    assert TOKEN.split(":")[1] not in out
    assert "odd$chars" not in out
    assert logs.HIDDEN in out


def test_secrets_in_causes_and_groups_are_hidden_too(written):
    several = ExceptionGroup("several", [RuntimeError(SECRET)])
    several.__cause__ = ValueError(TOKEN)
    log.error("failed", exc_info=several)
    out = written()
    assert "ExceptionGroup" in out
    assert TOKEN.split(":")[1] not in out
    assert "odd$chars" not in out


def test_the_rows_a_database_error_quotes_are_left_out(written):
    error = ValueError("duplicate key\nDETAIL:  Failing row contains (call the dentist)")
    log.error("failed", exc_info=error)
    assert "duplicate key" in written()
    assert "dentist" not in written()


def test_a_message_cannot_forge_a_line_or_colour_the_terminal(written):
    log.info("name %s", "x\n2026-01-01 INFO forged\r\x1b[31m\u202egnp\u2028", extra={"who": "a\nb"})
    out = written()
    assert out.count("\n") == 1
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\\n2026-01-01" in out


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "telegram.ext.ExtBot", "temporalio"])
def test_libraries_that_log_what_people_wrote_are_held_back_even_at_debug(written, name):
    logging.getLogger(name).debug("sendMessage text=call the dentist")
    assert written() == ""


def test_a_quoted_answer_is_cut_after_its_secrets_are_hidden(written):
    log.error("not JSON: %s", "x" * (logs.LONGEST_VALUE - 40) + TOKEN + "y" * 9000)
    assert len(written()) < 800
    assert TOKEN.split(":")[1][:10] not in written()


def test_httpx_writes_no_line_per_request(written):
    logging.getLogger("httpx").info("HTTP Request: POST ...")
    assert written() == ""


def test_a_lower_level_is_not_raised_by_the_limits():
    loggers = logs.configuration("console", "ERROR", [])["loggers"]
    assert loggers["telegram"]["level"] == "ERROR"


def test_console_lines_carry_time_level_logger_event_and_ids():
    record = logging.makeLogRecord(
        {"name": "bots.inbox", "msg": "update_stored", "levelname": "INFO", "update": 7}
    )
    record.created = datetime(2026, 11, 23, 18, 0, 0, 500_000, tzinfo=UTC).timestamp()
    assert logs.SafeFormatter().format(record) == (
        "2026-11-23T18:00:00.500Z INFO    bots.inbox update_stored update=7"
    )


def test_json_lines_are_objects_with_utc_time_and_ids():
    one = uuid.uuid4()
    record = logging.makeLogRecord(
        {
            "name": "bots.inbox",
            "msg": "stored %d",
            "args": (1,),
            "levelname": "INFO",
            "update": 7,
            "chat": None,
            "request_id": one,
            "due": datetime(2026, 1, 1, tzinfo=UTC),
            "request": object(),
        }
    )
    record.created = 0.25
    assert json.loads(logs.JsonFormatter().format(record)) == {
        "time": "1970-01-01T00:00:00.250Z",
        "level": "INFO",
        "logger": "bots.inbox",
        "event": "stored 1",
        "update": 7,
        "chat": None,
        "request_id": str(one),
        "due": "2026-01-01 00:00:00+00:00",
    }


def test_an_id_cannot_replace_a_standard_field():
    record = logging.makeLogRecord({"msg": "said", "level": "forged", "event": "forged"})
    assert json.loads(logs.JsonFormatter().format(record))["event"] == "said"


def test_every_configured_handler_passes_the_self_test(written, monkeypatch):
    root = logging.getLogger()
    ours = [handler for handler in root.handlers if type(handler) is logging.StreamHandler]
    assert ours
    monkeypatch.setattr(root, "handlers", ours)
    logging.getLogger("third.party").addHandler(logging.NullHandler())
    logs.check_redaction([SECRET])


@pytest.mark.parametrize("where", [None, "third.party"])
def test_a_handler_that_goes_round_the_formatter_stops_the_start(written, where):
    handler = logging.StreamHandler(io.StringIO())
    logging.getLogger(where).addHandler(handler)
    try:
        with pytest.raises(ImproperlyConfigured, match="secret would appear"):
            logs.check_redaction()
    finally:
        logging.getLogger(where).removeHandler(handler)


def test_last_words_of_a_dying_process_go_through_the_formatter(written, monkeypatch):
    import sys
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.log_uncaught()
    logging.captureWarnings(capture=False)
    sys.excepthook(ValueError, ValueError(TOKEN), None)
    assert "uncaught" in written()
    assert TOKEN.split(":")[1] not in written()
