"""报告进度: through both doors, each report later and none smaller without a word; others have no part in it."""

from datetime import timedelta

import pytest

from funds.models import ProgressReport
from povertyaudit.core import moment
from tests.funds import project_makers as makers
from tests.funds.test_doors import api, web

pytestmark = pytest.mark.django_db


def test_the_unit_reports_how_far_it_is(people, time_machine):
    row = makers.project(people, "started")
    base, today = row.get_absolute_url(), moment.today()
    clerk = web(people.official)
    assert clerk.get(f"{base}report-progress/").status_code == 200
    said = {"reported_on": today, "percent": "40", "text": "路基完成。"}
    for wrong, words in (
        ({"percent": "101"}, "0 到 100 的整数"),
        ({"percent": "一半"}, "0 到 100 的整数"),
        ({"reported_on": today + timedelta(days=1)}, "不能"),
        ({"reported_on": row.started_on - timedelta(days=1)}, "不能早于开工日期"),
        ({"text": ""}, "完成情况"),
    ):
        refused = clerk.post(f"{base}report-progress/", said | wrong)
        assert refused.status_code in {400, 422}
        assert words in refused.content.decode(), wrong
    assert clerk.post(f"{base}report-progress/", said).status_code == 302
    again = clerk.post(f"{base}report-progress/", said | {"percent": "50"})
    assert "应晚于上一次报告" in again.content.decode()
    time_machine.move_to(f"{today + timedelta(days=9)}T09:00:00+08:00")
    town, address = api(people.official), f"/api/v1/projects/{row.public_id}/"
    less = town.post(f"{address}report_progress/", {"percent": 30, "text": "返工"}, format="json")
    assert (less.status_code, less.data["field"]) == (422, "problem")
    body = {"percent": 30, "text": "返工", "problem": "路面厚度不够，已拆除一段。"}
    assert town.post(f"{address}report_progress/", body, format="json").status_code == 200
    assert [one["percent"] for one in api(people.finance).get(f"{address}reports/").data] == [30, 40]
    page = web(people.finance).get(base).content.decode()
    assert "路面厚度不够" in page
    assert "40 %" in page
    assert api(people.finance).post(f"{address}report_progress/", body, format="json").status_code == 403
    assert web(people.neighbour).get(f"{base}report-progress/").status_code == 404
    assert ProgressReport.objects.count() == 2
