"""Activities of a spreadsheet: everything wrong at once with line and column; the same file again does no harm."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from povertyaudit.activities.models import Activity, ActivitySheet
from povertyaudit.activities.services import sheets
from povertyaudit.core import audit
from povertyaudit.core.errors import DomainError, NotAllowed
from povertyaudit.core.models import Job
from tests.activities import makers as make
from tests.activities.test_activities import text, web
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification.makers import api

pytestmark = pytest.mark.django_db
HEADS = "工作纪实,,,,,\n类别,名称,举办单位,日期,场次,人次,人数,参加人员\n"


def csv(*lines):
    content = HEADS + "\n".join(lines)
    return SimpleUploadedFile("活动.csv", content.encode("gb18030"), content_type="text/csv")


def test_a_file_is_looked_through_and_brought_in_once(cast):
    template = web(cast.official).get("/activity-sheets/template/").content.decode("utf-8-sig")
    assert "类别,名称,举办单位,开始日期" in template
    bad = csv(
        "政策培训,甲,,2026-01-05,1,40,50,村（社区）干部", "没有的,乙,别的单位,2026-13-05,0,-3,,外星人", "政策培训,甲,,2026-01-05,1,40,,",
        "政策培训,丙,,2035-01-05,2,40,,",
    )  # fmt: skip
    page = web(cast.official).post("/activity-sheets/new/", {"file": bad}).content.decode()
    for words in (
        "第 3 行“人数”：人数 50 大于人次 40", "第 4 行“类别”：没有这个类别", "第 4 行“举办单位”", "第 4 行“开始日期”", "第 4 行“场次”", "第 4 行“人次”",
        "第 4 行“参加人员”", "第 6 行“人数”：举办几场的",
    ):  # fmt: skip
        assert words in page, words
    twice = web(cast.official).post(
        "/activity-sheets/new/", {"file": csv(*["政策培训,丁,,2026-01-05,1,40,,"] * 2)}
    )
    assert "第 4 行“名称”：与第 3 行是同一个活动" in twice.content.decode()
    assert not ActivitySheet.objects.exists()
    known = make.held(cast, title="甲", starts_on=date(2026, 1, 5))
    good = (
        "政策培训,甲,,2026-01-05,1,40,,村（社区）干部",
        "WARN_FILM,乙,柳溪镇人民政府,2026年1月6日,2,80,45,",
    )
    post(web(cast.official), "/activity-sheets/new/", {"file": csv(*good)})
    sheet = ActivitySheet.objects.get()
    url = sheet.get_absolute_url()
    assert (sheet.rows_given, sheet.rows_known, Activity.objects.count()) == (2, 1, 1)
    shown = text(cast.unithead, url)
    assert f"已登记过，见 {known.number}" in shown
    assert "1 行可以导入" in shown
    text(cast.otherofficial, url, 404)
    text(cast.neighbour, url, 404)
    with pytest.raises(NotAllowed), transaction.atomic():
        sheets.bring_in(sheet, by=fresh(cast.otherofficial))
    post(web(cast.official), f"{url}bring-in/", {"note": ""})
    made = Activity.objects.get(title="乙")
    assert (made.state, made.times, made.persons, made.sessions, made.attended.get().persons) == (
        "held",
        80,
        45,
        2,
        45,
    )
    assert [entry.verb for entry in audit.history(sheet)] == [
        "activitysheet.bring_in",
        "activitysheet.take_in",
    ]
    post(web(cast.official), "/activity-sheets/new/", {"file": csv(*good)})
    again = ActivitySheet.objects.latest("pk")
    assert again.rows_known == 2
    with pytest.raises(DomainError, match="每一行都登记过"), transaction.atomic():
        sheets.bring_in(again, by=fresh(cast.official))
    sheets.drop(again, by=fresh(cast.official))
    assert Activity.objects.count() == 2


def test_a_long_sheet_goes_by_a_job_that_can_be_run_again(cast, client, django_assert_max_num_queries):
    lines = [make.LINE | {"title": f"第 {n} 期"} for n in range(620)]
    with django_assert_max_num_queries(80):
        sheet = make.sheet(cast, *lines)
    got = api(client, cast.official).post(f"activity-sheets/{sheet.public_id}/bring_in/", {}).json()
    assert got["state"] in {"importing", "imported"}
    lease = type("Lease", (), {"renew": lambda self, **more: None})()
    with django_assert_max_num_queries(300):
        sheets.job({"sheet": sheet.public_id}, lease)
    sheets.job({"sheet": sheet.public_id}, lease)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows_made, Activity.objects.count()) == ("imported", 620, 620)
    assert Job.objects.filter(kind="activity_sheet").count() <= 1
    with pytest.raises(DomainError, match="5000"), transaction.atomic():
        make.sheet(cast, *[make.LINE] * 5001)
