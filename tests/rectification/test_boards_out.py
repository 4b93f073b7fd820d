"""What a meeting and a week are about, taken to Excel: as of the day asked for, for whom the page opens, on the record."""

import io
import re
from datetime import timedelta
from urllib.parse import unquote

from openpyxl import load_workbook

from povertyaudit.core import moment
from povertyaudit.core.models import AuditEntry
from tests.rectification.makers import at
from tests.rectification.test_boards import page, past

PACK, WEEK = "/item-boards/pack/", "/item-boards/week/"


def lines(answer):
    return [
        [cell for cell in row if cell is not None]
        for row in load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values
    ]


def test_each_table_of_a_meeting_is_a_file_as_of_its_day(cast, client, time_machine_at):
    late = at(cast, "accepted", days=3, measures=1, problem="资金滞留三个月")
    begun = moment.today()
    with time_machine_at(days=10):
        client.force_login(cast.inspector1)
        shown = page(client, cast.inspector1, f"{PACK}?kind=week")
        assert re.findall(r"chart=([\w-]+)\"", shown) == ["late"]
        answer = client.get(f"{PACK}?kind=week&format=xlsx&chart=late")
        assert f"整改工作周调度会材料（超期事项）-{moment.today():%Y%m%d}.xlsx" in unquote(
            answer["Content-Disposition"]
        )
        title, when, _, said, heads, line = lines(answer)
        assert title == ["整改工作周调度会材料（超期事项）"]
        assert f"截至：{moment.today()} " in when[0]
        assert said == ["超期事项（1 项）"]
        assert heads == ["编号", "问题", "主责单位", "时限", "超期", "为什么"]
        assert (line[0], line[1]) == (late.number, late.title)
        told = AuditEntry.objects.filter(verb="export.board").latest("pk").changes
        assert (told["board"], told["page"], told["rows"]) == ("late", PACK, 1)
        # As of a day when nothing was late there is no such table, and a day that is none says so.
        assert client.get(f"{PACK}?day={begun}&format=xlsx&chart=late").status_code == 404
        refused = client.get(f"{PACK}?day=2099-01-01&format=xlsx&chart=late")
        assert (refused.status_code, "不能截至今天以后" in refused.content.decode()) == (400, True)
        before = lines(client.get(f"{PACK}?day={begun + timedelta(days=9)}&format=xlsx&chart=late"))
        assert f"截至：{begun + timedelta(days=9)}　" in before[1][0]
    client.force_login(cast.official)
    assert client.get(f"{PACK}?format=xlsx&chart=late").status_code == 403


def test_what_a_unit_owes_this_week_is_a_file(cast, client):
    client.force_login(cast.official)
    assert client.get(f"{WEEK}?format=xlsx&chart=week").status_code == 404
    late = at(cast, "accepted", measures=1, problem="资金滞留三个月")
    past(late, 1)
    *_, heads, line = lines(client.get(f"{WEEK}?format=xlsx&chart=week"))
    assert heads == ["日期", "要办什么", "内容", "类别", "编号", "期限"]
    assert (line[0], line[4]) == ("已过期限", late.number)
    client.force_login(cast.otherofficial)
    assert client.get(f"{WEEK}?format=xlsx&chart=week").status_code == 404
