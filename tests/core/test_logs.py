"""Errors are provoked that carry a known name; neither a page, nor an answer, nor a line of the log repeats it."""

import io
import logging

import pytest
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, connection, transaction
from django.test import Client
from gunicorn.config import Config

from povertyaudit import web
from povertyaudit.core import jobs
from povertyaudit.core.models import Job
from povertyaudit.logs import DiscreetFormatter
from tests.core.machines import API, NEW_MISUSE, machine

NAME = "举报人钱某某"


@pytest.fixture
def lines():
    """What the handlers of the product write while a test runs."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(DiscreetFormatter("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield out.getvalue
    logging.getLogger().removeHandler(handler)


def refused_row(*_args, **_values):
    """A database that puts the row it refuses into its error, as PostgreSQL does."""
    try:
        raise DatabaseError(f"duplicate key value\nDETAIL:  Key (name)=({NAME}) already exists.")
    except DatabaseError as error:
        raise ValueError(f"while saving {NAME}") from error


def test_the_formatter_of_the_settings_is_the_discreet_one():
    handlers = [one for one in logging.getLogger().handlers if isinstance(one.formatter, DiscreetFormatter)]
    assert handlers
    assert not logging.getLogger("django").handlers


def test_a_fault_at_a_page_or_over_rest_is_logged_by_kind_and_place(people, lines, monkeypatch):
    monkeypatch.setattr("funds.views.NewMisuse.may_open", refused_row)
    monkeypatch.setattr("funds.services.register_misuse", refused_row)
    page, program = Client(raise_request_exception=False), machine(people.finance)
    page.force_login(people.finance)
    program.raise_request_exception = False
    answers = (
        page.post(f"/misuses/new/?q={NAME}", {"title": NAME}),
        program.post(f"{API}misuses/?note={NAME}", {**NEW_MISUSE, "title": NAME}, format="json"),
    )
    for answer in answers:
        assert answer.status_code == 500
        assert NAME not in answer.content.decode()
        assert "DETAIL" not in answer.content.decode()
    assert answers[1].json()["code"] == "fault"
    said = lines()
    assert "ValueError" in said
    assert "refused_row" in said
    assert NAME not in said


@pytest.mark.parametrize(
    ("logger", "message", "arguments"),
    [
        ("django.request", "Not Found: %s", (f"/leads/?q={NAME}",)),
        ("gunicorn.error", "Error handling request %s %s", ("GET", f"/leads/ledger.csv?q={NAME}&state=x")),
        ("celery.app.trace", "Task %s raised unexpected: %r", ("t", ValueError(NAME))),
    ],
)
def test_messages_of_others_lose_queries_and_the_words_of_errors(lines, logger, message, arguments):
    log = logging.getLogger(logger)
    before, log.propagate = log.propagate, True
    try:
        raise next((one for one in arguments if isinstance(one, Exception)), DisallowedHost("x.y"))
    except Exception:
        log.exception(message, *arguments)
    log.propagate = before
    assert NAME not in lines()
    assert logger in lines()


def test_nothing_sent_can_begin_a_line_of_its_own(lines):
    logging.getLogger("django.request").warning("Not Found: %s", "/a\r\nCRITICAL forged\u2028x\x1b[2J")
    assert len(lines().splitlines()) == 1
    assert "\x1b" not in lines()


def test_a_job_that_fails_leaves_the_kind_of_error_alone(db, lines, settings):
    settings.JOB_HANDLERS = {"breaks": "tests.core.test_logs.refused_row"}
    job = jobs.enqueue("breaks", {}, "breaks:1")
    jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).error == "ValueError"
    assert NAME not in lines()


def test_the_web_server_writes_with_the_same_formatter():
    config = Config()
    config.set("errorlog", "-")
    logger = web.Logger(config)
    assert all(isinstance(one.formatter, DiscreetFormatter) for one in logger.error_log.handlers)


@pytest.mark.servers
def test_the_databases_own_words_do_hold_the_row_and_stay_out(db, lines):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE t (name text UNIQUE)")
        cursor.execute("INSERT INTO t VALUES (%s)", [NAME])
        with pytest.raises(DatabaseError, match=NAME) as raised, transaction.atomic():
            cursor.execute("INSERT INTO t VALUES (%s)", [NAME])
    error = raised.value
    logging.getLogger("povertyaudit").error("saving failed: %s", error, exc_info=error)
    assert NAME not in lines()
    assert "t_name_key" in lines()
