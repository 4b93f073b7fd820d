"""Village teams taken in from a list, and the board whose figures open their rows."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspections.models import AttendanceMonth, VillagePerson
from povertyaudit.answering.models import Responsibility, TeamList
from povertyaudit.answering.services import team_lists, terms
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, Several
from povertyaudit.core.models import Region, RegionAttribute, RegionMark, UnitAlias, UnitKind
from povertyaudit.core.verify import verify
from tests import factories, sheets
from tests.answering import makers
from tests.answering.test_terms import api, refusal, text, web
from tests.inspections import field_makers

pytestmark = pytest.mark.django_db
HEADS = ("所驻村", "职务", "姓名", "派出单位", "单位职务", "到村日期", "任期至")
FIRST = ("柳溪镇石桥坳村", "第一书记", "周驻村", "县农业农村局", "科员", "2025-03-01", "")
MEMBER = ("990101101201", "队员", "冯驻村", "县农业局", "", "2026年3月1日", "2027-12-31")


@pytest.fixture(autouse=True)
def bureau(people):
    return factories.unit("县农业农村局", UnitKind.DEPARTMENT)


def sheet(*rows, name="名单.xlsx"):
    out = io.BytesIO()
    titled = (("2026 年驻村工作队名单",), HEADS, *rows)
    sheets.write(out, [[cell or None for cell in row] for row in titled])
    return SimpleUploadedFile(name, out.getvalue())


def test_a_list_is_looked_through_brought_in_once_and_does_no_harm_again(
    people, django_assert_max_num_queries
):
    old = field_makers.villager(people, "周驻村", starts_on=date(2025, 3, 1))
    UnitAlias.objects.create(unit=factories.unit("县农业农村局"), name="县农业局", valid_to=date(2019, 3, 1))
    desk = web(people.patroloffice)
    assert desk.post("/team-lists/new/", {"file": sheet(FIRST, MEMBER), "basis": "7号"}).status_code == 302
    row = TeamList.objects.get()
    assert Responsibility.objects.count() == 0
    assert "有 2 人可以导入" in text(desk.get(row.get_absolute_url()))
    with django_assert_max_num_queries(90):
        assert desk.post(f"{row.get_absolute_url()}bring_in/", {}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.rows_made, row.lines) == ("imported", 2, [])
    first, member = Responsibility.objects.order_by("number")
    assert (first.village_person, first.ends_on, first.basis) == (old, date(2027, 2, 28), "7号")
    assert (member.village_person.role, member.ends_on) == ("member", date(2027, 12, 31))
    again = desk.post("/team-lists/new/", {"file": sheet(FIRST, MEMBER, name="又.xlsx")})
    assert again.status_code == 302
    second = team_lists.bring_in(TeamList.objects.latest("pk"), by=people.patroloffice)
    assert (second.rows_known, second.rows_made) == (2, 0)
    assert (Responsibility.objects.count(), VillagePerson.objects.count()) == (2, 2)
    assert verify().broken == []


def test_every_wrong_line_is_named_at_once_and_nothing_is_kept(people):
    makers.term(people, name="石驻村", starts_on=date(2025, 5, 1))
    bad = [
        ("没有这个村", "第一书记", "甲", "县农业农村局", "", "2026-01-01", ""),
        ("石桥坳村", "厨师", "乙", "没有这个局", "", "昨天", ""),
        ("柳溪镇", "队员", "丙", "县农业农村局", "", "2026-01-01", ""),
        ("石桥坳村", "队员", "丁", "县农业农村局", "", "2099-01-01", ""),
        ("石桥坳村", "队员", "戊", "县农业农村局", "", "2026-01-01", "2025-01-01"),
        ("石桥坳村", "第一书记", "己", "县农业农村局", "", "2026-01-01", ""),
        ("石桥坳村", "队员", "石驻村", "县农业农村局", "", "2026-01-01", ""),
    ]
    page = web(people.patroloffice).post("/team-lists/new/", {"file": sheet(*bad)})
    assert page.status_code == 422
    said = " ".join(page.context["form"].errors["file"])
    for words in (
        "第 3 行“村”", "第 4 行“职务”", "第 4 行“派出单位”", "第 4 行“驻村开始”", "第 5 行“村”", "第 6 行“驻村开始”",
        "第 7 行“任期至”", "第 8 行“驻村开始”：第一书记在 2025-05-01 至 2027-04-30 由石驻村担任", "第 9 行“姓名”",
    ):  # fmt: skip
        assert words in said, (words, said)
    assert not TeamList.objects.exists()
    lines = [{"region": "石桥坳村", "role": "队员", "name": "", "unit": "县农业农村局", "starts_on": ""}]
    with pytest.raises(Several):
        team_lists.take_in(by=people.patroloffice, lines=lines)
    assert refusal(lambda: team_lists.take_in(by=people.patroloffice, lines=[])).field == "lines"
    with pytest.raises(NotAllowed):
        team_lists.take_in(by=people.official, lines=lines)


def test_somebody_registered_between_the_look_and_the_act_stops_it(people):
    line = {
        "region": "石桥坳村",
        "role": "第一书记",
        "name": "周驻村",
        "unit": "县农业农村局",
        "starts_on": "2025-03-01",
    }
    made = api(people.patroloffice).post("/api/v1/team-lists/", {"lines": [line]}, format="json")
    assert (made.status_code, made.json()["waiting"]) == (201, 1), made.json()
    makers.term(people, name="石驻村")
    here = f"/api/v1/team-lists/{made.json()['id']}/"
    answer = api(people.patroloffice).post(f"{here}bring_in/", {}, format="json")
    assert answer.status_code == 422
    assert "石驻村" in answer.json()["message"]
    dropped = api(people.patroloffice).post(f"{here}drop/", {}, format="json").json()
    assert (dropped["state"], dropped["waiting"]) == ("dropped", 0)
    assert api(people.official).get(here).status_code == 404
    assert api(people.neighbour).get(here).status_code == 404


def test_each_figure_of_the_board_opens_exactly_its_rows(people, django_assert_max_num_queries):
    today = moment.today()
    RegionAttribute.objects.create(
        region=makers.place(), year=2018, mark=RegionMark.objects.get(code="poor_village")
    )
    town = Region.objects.get(code=factories.TOWN)
    other = Region.objects.create(
        code="990101101202", name="荷塘村", level=5, parent=town, path_name=f"{town.path_name} / 荷塘村"
    )
    makers.term(people, at=other.code, ends_on=today + timedelta(days=10))
    makers.term(people, "team_member", name="冯驻村", ends_on=today - timedelta(days=1))
    short = makers.term(people, "team_leader", name="陈驻村")
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    for first in (last, before):
        field_makers.month(people, short.village_person, of=f"{first:%Y-%m}", present=9)
    desk = web(people.secretary)
    with django_assert_max_num_queries(45):
        page = desk.get("/responsible/coverage/")
    assert "2 个村，1 个没有第一书记" in text(page)
    whole = page.context["total"].figures
    assert [one.value for one in whole] == [2, 1, 1, 1, 1, 0]
    for figure, name in zip(whole[:5], ("荷塘村", "石桥坳村", "周驻村", "冯驻村", "陈驻村"), strict=True):
        listed = desk.get(figure.url)
        assert name in text(listed), figure.url
        assert listed.context["count"].number == figure.value, figure.url
    AttendanceMonth.objects.filter(month=before).update(days_present=22)
    assert desk.get("/responsible/coverage/").context["total"].figures[4].value == 0
    terms.succeed(
        Responsibility.objects.get(name="周驻村"), by=people.inspector1, name="郑驻村", home_unit=short.home_unit,
        starts_on=today,
    )  # fmt: skip
    assert text(web(people.official).get("/responsible/coverage/"))
    assert web(people.sector).get("/responsible/coverage/").status_code == 403
    assert web(people.sector).get("/responsible/villages/").status_code == 403
