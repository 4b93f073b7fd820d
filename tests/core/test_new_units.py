"""New units: proposed and confirmed by two officers, or loaded from a file on the server."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from povertyaudit.core import moment, unit_changes, verify
from povertyaudit.core.models import AuditEntry, Region, Role, Unit, UnitAlias, UnitChange, UnitKind
from tests import factories
from tests.core.machines import API, assert_refusal, machine
from tests.core.test_clock_pages import post
from tests.factories import OTHER_TOWN, QINGHE, TOWN, VILLAGE

pytestmark = pytest.mark.django_db
HEADS = "单位名称,类别,区划代码,上级单位,编号代字,成立日期"


def asked(**changes):
    return {
        "name": "县供销合作社联合社", "kind": "department", "region": QINGHE, "parent": "县农业农村局", "office_code": "GX",
        "effective_on": str(moment.today()), "basis": "县委编委批复", "note": "",
    } | changes  # fmt: skip


def over_rest(user, **changes):
    return machine(user).post(f"{API}units/", asked(**changes), format="json")


def test_a_new_unit_is_proposed_on_a_page_confirmed_by_another_then_chosen_and_given_a_post(client, people):
    client.force_login(people.casemgr)
    assert "设立单位" in client.get("/units/").content.decode()
    assert post(client, "/units/new/", asked()).status_code == 302
    change = UnitChange.objects.get()
    assert client.get("/choose/units/?q=供销").json()["results"] == []
    assert post(client, f"{change.get_absolute_url()}confirm/", {"note": ""}).status_code == 403
    client.force_login(people.secadmin)
    assert "县供销合作社联合社" in client.get("/").content.decode()
    shown = client.get(f"{change.get_absolute_url()}confirm/").content.decode()
    assert all(word in shown for word in ("县直部门", "县农业农村局", "GX", "青禾县"))
    assert post(client, f"{change.get_absolute_url()}confirm/", {"note": ""}).status_code == 302
    unit = Unit.objects.get(name="县供销合作社联合社")
    assert (unit.parent.name, unit.office_code, unit.starts_on) == ("县农业农村局", "GX", moment.today())
    assert "设立县供销合作社联合社，自" in client.get(change.get_absolute_url()).content.decode()
    assert [row["text"] for row in client.get("/choose/units/?q=供销").json()["results"]] == [unit.name]
    term = {"unit": unit.public_id, "role": Role.LIAISON, "region": QINGHE, "starts_on": str(moment.today())}
    address = f"{API}accounts/{people.otherofficial.public_id}/grant/"
    assert machine(people.secadmin).post(address, term, format="json").status_code == 200
    assert [entry.verb for entry in AuditEntry.objects.of(change).order_by("seq")] == [
        "unit_change.found",
        "unit_change.confirm",
    ]
    assert verify.verify().broken == []


def test_a_program_proposes_a_unit_and_another_person_confirms_it_on_its_day(people, time_machine):
    later = moment.today() + timedelta(days=3)
    made = over_rest(people.casemgr, parent=None, effective_on=str(later))
    assert made.status_code == 201, made.json()
    row = made.json()
    assert (row["act"], row["new_name"], row["number"], row["region"]) == (
        "found", "县供销合作社联合社", None, QINGHE,
    )  # fmt: skip
    address = f"{API}unit-changes/{row['id']}/confirm/"
    assert_refusal(machine(people.secadmin).post(address, {}, format="json"), 422)
    time_machine.move_to(f"{later}T09:00:00+08:00")
    answer = machine(people.secadmin).post(address, {}, format="json").json()
    assert answer["number"] == Unit.objects.get(name=row["new_name"]).public_id


def test_a_refused_proposal_leaves_no_unit_and_may_be_made_again(people):
    change = over_rest(people.casemgr).json()
    assert_refusal(over_rest(people.casemgr), 422)
    address = f"{API}unit-changes/{change['id']}/refuse/"
    answer = machine(people.secadmin).post(address, {"note": "依据不全。"}, format="json")
    assert answer.json()["state"] == "refused"
    assert not Unit.objects.filter(name=change["new_name"]).exists()
    assert over_rest(people.casemgr).status_code == 201


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "县财政局"}, "青禾县已有“县财政局”"),
        ({"name": "县扶贫办"}, "“县扶贫办”是“县农业农村局”的曾用名"),
        ({"name": "县老干部局"}, "已经撤销"),
        ({"kind": "township"}, "“乡镇”类单位应设在乡镇一级"),
        ({"kind": "village", "region": TOWN}, "“村（社区）”类单位应设在村一级"),
        ({"region": TOWN}, "“县直部门”类单位应设在省、市、县一级"),
        ({"region": "990100000000"}, "只能在您管辖的地区内设立"),
        ({"parent": "柳溪镇人民政府"}, "不在青禾县或者它的上级地区"),
        ({"office_code": "供销"}, "编号代字由 1 至 8 个大写字母"),
    ],
)
def test_what_cannot_be_a_unit_is_refused_with_a_sentence_through_both_doors(client, people, wrong, sentence):
    UnitAlias.objects.create(unit=Unit.objects.get(name="县农业农村局"), name="县扶贫办")
    gone = factories.unit("县老干部局", UnitKind.DEPARTMENT)
    Unit.objects.filter(pk=gone.pk).update(ends_on=moment.today() - timedelta(days=1))
    answer = over_rest(people.casemgr, **wrong)
    assert_refusal(answer, 422)
    assert sentence in str(answer.json())
    client.force_login(people.casemgr)
    page = post(client, "/units/new/", asked(**wrong))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not UnitChange.objects.exists()


def test_several_mistakes_are_told_at_once(people):
    answer = over_rest(people.casemgr, name="县财政局", kind="village", office_code="一")
    assert {"name", "region", "office_code"} <= {one["field"] for one in answer.json()["errors"]}


def test_a_name_taken_meanwhile_is_not_confirmed(people):
    change = over_rest(people.casemgr).json()
    factories.unit(change["new_name"], UnitKind.DEPARTMENT)
    answer = machine(people.secadmin).post(f"{API}unit-changes/{change['id']}/confirm/", {}, format="json")
    assert_refusal(answer, 422)
    assert "请不予确认后重新提出" in answer.json()["message"]


@pytest.mark.parametrize(("name", "status"), [("official", 403), ("secadmin", 403), ("neighbour", 400)])
def test_nobody_else_proposes_a_unit(client, people, name, status):
    """A neighbouring case manager knows no region of this county."""
    assert_refusal(over_rest(getattr(people, name), parent=None), status)
    client.force_login(getattr(people, name))
    if status == 403:
        assert client.get("/units/new/").status_code == 403
        assert "/units/new/" not in client.get("/units/").content.decode()
    assert not UnitChange.objects.exists()


def test_the_database_holds_what_a_founding_is(people):
    change = unit_changes.found(
        by=people.casemgr, name="县供销社", kind=UnitKind.DEPARTMENT, region=Region.objects.get(pk=QINGHE),
        effective_on=moment.today(),
    )  # fmt: skip
    rows, bureau = UnitChange.objects.filter(pk=change.pk), Unit.objects.get(name="县农业农村局")
    for wrong in (
        {"unit": bureau}, {"new_name": ""}, {"kind": ""}, {"old_name": "县供销社"},
        {"state": "confirmed", "confirmed_by": people.secadmin}, {"act": "abolish"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    change.pk, change.public_id = None, "x" * 22
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()


# the command


@pytest.fixture
def loaded(people, tmp_path):
    """Runs the command on a file of these lines."""

    def run(*lines, encoding="utf-8", heads=HEADS, **options):
        file = tmp_path / "units.csv"
        file.write_text("\n".join([heads, *lines]), encoding)
        out = StringIO()
        call_command("load_units", str(file), stdout=out, **options)
        return out.getvalue()

    return run


GOOD = (
    f"县水利局,县直部门,{QINGHE},,SL,2019-01-01",
    "县水利工程站,department,990101,县水利局,,2020年3月1日",
    f"石桥坳村村民委员会,村（社区）,{VILLAGE},柳溪镇人民政府,,",
    f"县财政局,县直部门,{QINGHE},,CZ,",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_loaded_once_and_again_changes_nothing(loaded, encoding):
    assert "共 4 行：新增 3，已有 1" in loaded(*GOOD, encoding=encoding)
    station, village = Unit.objects.get(name="县水利工程站"), Unit.objects.get(region=VILLAGE)
    assert (station.parent.name, str(station.starts_on)) == ("县水利局", "2020-03-01")
    assert (village.kind, village.parent.region_id) == (UnitKind.VILLAGE, TOWN)
    assert "共 4 行：新增 0，已有 4" in loaded(*GOOD, encoding=encoding)
    entries = AuditEntry.objects.filter(verb="unit.load").order_by("id")
    assert [(e.changes["added"], e.changes["unchanged"]) for e in entries] == [(3, 1), (0, 4)]
    assert {e.region_code for e in entries} == {QINGHE}
    assert verify.verify().broken == []


def test_english_heads_in_any_order_are_read(loaded):
    heads = "region,name,kind,starts_on,office_code,parent"
    loaded(f"{QINGHE},县水利局,department,2019-01-01,SL,", heads=heads)
    assert Unit.objects.get(name="县水利局").office_code == "SL"


def test_all_mistakes_are_told_with_their_lines_and_nothing_is_loaded(loaded):
    UnitAlias.objects.create(unit=Unit.objects.get(name="县农业农村局"), name="县扶贫办")
    with pytest.raises(CommandError) as refused:
        loaded(
            GOOD[0],
            f",局,{QINGHE},,sl9999999,昨天",
            "县林业局,县直部门,990999000000,,,",
            f"柳溪镇林业站,乡镇,{QINGHE},无此单位,,",
            f"县水利局,县直部门,{QINGHE},,,",
            f"县扶贫办,县直部门,{QINGHE},,,",
        )
    told = str(refused.value)
    for sentence in (
        "第 3 行：单位名称：", "第 3 行：编号代字：", "第 3 行：成立日期：", "第 3 行：类别“局”", "第 4 行：系统中没有地区",
        "第 5 行：没有找到上级单位", "第 5 行：“乡镇”类单位", "第 6 行：“县水利局”与第 2 行重复", "第 7 行：“县扶贫办”是",
    ):  # fmt: skip
        assert sentence in told
    assert not Unit.objects.filter(name="县水利局").exists()
    assert not AuditEntry.objects.filter(verb="unit.load").exists()


def test_a_column_that_is_not_there_is_named_once_instead_of_refusing_every_line(loaded):
    with pytest.raises(CommandError, match="文件里没有“类别”“区划代码”列，请核对列名后再载入。"):
        loaded("县水利局,县直部门,SL", "县林业局,县直部门,LY", heads="单位名称,类型,编号代字")


def test_a_dry_run_tells_and_keeps_nothing(loaded):
    assert "试运行" in loaded(*GOOD, dry_run=True)
    assert not Unit.objects.filter(name="县水利局").exists()
    assert not AuditEntry.objects.filter(verb="unit.load").exists()


def test_townships_and_villages_get_the_offices_they_lack(people):
    factories.unit("县纪委监委", UnitKind.COMMISSION)
    for code, name, level, parent in (
        ("990101103000", "东关街道", 4, QINGHE), ("990101104000", "青禾农场", 4, QINGHE),
        ("990101103001", "北门社区", 5, "990101103000"), ("990101102201", "上河村委会", 5, OTHER_TOWN),
    ):  # fmt: skip
        Region.objects.create(code=code, name=name, level=level, parent_id=parent, path_name=name)
    UnitAlias.objects.create(unit=Unit.objects.get(name="白杨乡人民政府"), name="白杨公社")
    out = StringIO()
    call_command("load_units", from_regions=True, stdout=out)
    assert "按地区新增 4" in out.getvalue()
    assert "青禾农场" in out.getvalue()
    new = {"东关街道办事处", "北门社区居民委员会", "上河村民委员会", "石桥坳村村民委员会"}
    assert set(Unit.objects.filter(name__in=new).values_list("name", flat=True)) == new
    assert Unit.objects.filter(region=TOWN).count() == 1
    assert not Unit.objects.filter(region__code__startswith="990102", name__endswith="村民委员会").exists()
    again = StringIO()
    call_command("load_units", from_regions=True, stdout=again)
    assert "按地区新增 0" in again.getvalue()


def test_a_township_office_under_another_name_is_not_made_twice(people):
    unit = Unit.objects.get(name="柳溪镇人民政府")
    UnitAlias.objects.create(unit=unit, name=unit.name)
    Unit.objects.filter(pk=unit.pk).update(name="柳溪管委会")
    call_command("load_units", from_regions=True, stdout=StringIO())
    assert Unit.objects.filter(region=TOWN).count() == 1


def test_a_load_of_many_lines_asks_no_more_than_of_few(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        loaded(*(f"县第{n}服务中心,县直部门,{QINGHE},县财政局,,2020-01-01" for n in range(300)))


def test_without_a_file_or_a_county_the_command_says_what_to_do(people, tmp_path):
    with pytest.raises(CommandError, match="请写单位文件"):
        call_command("load_units")
    with pytest.raises(CommandError, match="读不到文件"):
        call_command("load_units", str(tmp_path / "none.csv"))
    Unit.objects.filter(kind=UnitKind.COMMISSION).update(kind=UnitKind.OUTSIDE)
    with pytest.raises(CommandError, match="init_county"):
        call_command("load_units", from_regions=True)
