"""A list too large for one answer is written in the background, as whoever ordered it sees it, for him alone, until it expires."""

import io
from datetime import timedelta

import pytest
import time_machine
from openpyxl import load_workbook

from povertyaudit.core import jobs, moment
from povertyaudit.core.models import AuditEntry, Job, Notification
from povertyaudit.exchange.models import LedgerFile
from povertyaudit.exchange.services import files
from tests.funds import project_makers
from tests.imports.makers import text, web

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings, tmp_path):
    settings.LEDGER_ROWS_AT_ONCE, settings.DATA_DIR = 1, tmp_path


def test_a_large_list_is_written_by_a_job_told_fetched_and_thrown_away(people):
    names = [project_makers.stored(people, title=title).title for title in ("=甲", "乙", "丙")]
    desk = web(people.finance)
    answer = desk.get("/projects/?format=xlsx&columns=number,title&ordering=-plan_end")
    file = LedgerFile.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/files/{file.public_id}/")
    assert AuditEntry.objects.get(verb="export.list").changes["rows"] == 3
    assert "正在写 0 / 3 行" in text(desk.get(answer.url))
    assert desk.get(f"{answer.url}content/").status_code == 409
    assert jobs.run(Job.objects.get(kind=files.JOB).pk) == "done"
    assert Notification.objects.get(user=people.finance).url == answer.url
    assert "已经写好，共 3 行" in text(desk.get(answer.url))
    sheet = load_workbook(io.BytesIO(b"".join(desk.get(f"{answer.url}content/").streaming_content))).active
    assert sorted(sheet.cell(line, 2).value for line in (4, 5, 6)) == sorted(names)
    assert web(people.official).get(answer.url).status_code == 404
    assert "/projects/" in text(desk.get("/files/"))
    with time_machine.travel(moment.now() + timedelta(days=4)):
        assert web(people.finance).get(answer.url).status_code == 404


def test_an_order_may_be_taken_back_before_it_is_written(people):
    project_makers.stored(people), project_makers.stored(people, title="乙")
    desk = web(people.finance)
    url = desk.get("/projects/?format=xlsx").url
    assert desk.post(url).status_code == 302
    assert not LedgerFile.objects.exists()
    assert jobs.run(Job.objects.get(kind=files.JOB).pk) == "done"
    assert not list(files.folder().glob("*.xlsx"))
