"""Lists of regions: every spelling that circulates, what changed, and what has to be asked."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from povertyaudit.core import moment, verify
from povertyaudit.core.models import AuditEntry, Region, RegionChange, RegionLoad, RegionName
from tests.factories import OTHER_TOWN, QINGHE, TOWN, VILLAGE, YUNPING, cast

pytestmark = pytest.mark.django_db

COUNTY = (
    (QINGHE, "青禾县"), (TOWN, "柳溪镇"), (VILLAGE, "石桥坳村"), ("990101101202", "荻花湾村"), (OTHER_TOWN, "白杨乡"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def places():
    cast()


@pytest.fixture
def load(tmp_path):
    """Load lines (or bytes, or anything JSON) by the command; returns what it says."""

    def run(content, *options, **more):
        file = tmp_path / "list"
        if isinstance(content, tuple):
            content = "code,name\n" + "\n".join(",".join(line) for line in content)
        if isinstance(content, str):
            content = content.encode()
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        said = io.StringIO()
        call_command("load_regions", str(file), *options, stdout=said, **more)
        return said.getvalue()

    return run


def names():
    return dict(Region.objects.filter(code__startswith="990101").values_list("code", "name"))


NESTED = [
    {"code": "99", "name": "安岚省", "children": [{"code": "9901", "name": "澄江市", "children": [
        {"children": [{"id": 990101103, "label": "苇荡镇", "sub": [{"value": "990101103201", "title": "芦根村"}]}],
         "code": "990101", "name": "青禾县"}]}]},
]  # fmt: skip
FLAT = "code,name,parent\n990101103,苇荡镇,990101\n990101103201,芦根村,990101103\n"


@pytest.mark.parametrize(
    "content",
    [
        FLAT,
        FLAT.encode("utf-8-sig"),
        FLAT.encode("gb18030"),
        FLAT.encode("utf-16"),
        FLAT.replace(",", "\t"),
        "990101103000,苇荡镇\r\n990101103201,芦根村\r\n",
        "统计用区划代码,城乡分类代码,名称\n990101103000,121,苇荡镇\n990101103201,121,芦根村",
        NESTED,
        {"990101103": "苇荡镇", "990101103201": "芦根村"},
        {"990101": {"990101103": "苇荡镇"}, "990101103": {"990101103201": "芦根村"}},
    ],
    ids=["utf8", "bom", "gb18030", "utf16", "tabs", "no head", "statistics", "nested", "map", "map of maps"],
)
def test_every_spelling_of_a_list_is_read(load, content):
    load(content, "--accept-good")
    village = Region.objects.get(code="990101103201")
    assert (village.name, village.level, village.parent_id) == ("芦根村", 5, "990101103000")
    assert village.path_name.endswith("青禾县 / 苇荡镇 / 芦根村")


def test_a_second_run_changes_nothing_and_the_record_counts_each(load):
    assert "新增 1" in load(COUNTY)
    before = list(Region.objects.order_by("code").values())
    said = load(COUNTY)
    assert "新增 0，更名 0，恢复 0，撤销 0" in said
    assert "没有变化 5" in said
    assert list(Region.objects.order_by("code").values()) == before
    entries = AuditEntry.objects.filter(verb="region.load").order_by("id")
    assert [entry.changes["new"] for entry in entries] == [1, 0]
    assert RegionLoad.objects.count() == 2
    assert verify.verify().broken == []


def test_a_rename_keeps_the_old_name_with_its_days_and_paths_follow(load):
    with moment.pretend(moment.now()):
        load((*COUNTY[:1], (TOWN, "柳溪新镇"), *COUNTY[2:]), "--as-of", "2026-03-01")
        load((*COUNTY[:1], (TOWN, "柳城街道"), *COUNTY[2:]), "--as-of", "2026-06-01")
    assert Region.objects.get(code=VILLAGE).path_name.endswith("柳城街道 / 石桥坳村")
    kept = RegionName.objects.filter(region=TOWN).order_by("valid_to")
    assert [(x.name, x.valid_from, x.valid_to) for x in kept] == [
        ("柳溪镇", None, date(2026, 2, 28)),
        ("柳溪新镇", date(2026, 3, 1), date(2026, 5, 31)),
    ]
    assert Region.objects.named("柳溪镇").get().code == TOWN


def test_what_vanished_is_ended_and_a_person_is_asked_only_where_rows_name_it(load, people):
    load(COUNTY)
    said = load((*COUNTY[:1], *COUNTY[4:]), "--as-of", str(moment.today()))
    assert "撤销 3" in said
    assert "1 个撤销的地区还有记录引用" in said  # the township has units and posts, its villages have nothing
    town = Region.objects.get(code=TOWN)
    assert town.ends_on < moment.today()
    assert not Region.objects.current().filter(code__in=[TOWN, VILLAGE]).exists()
    assert RegionChange.objects.get().region_id == TOWN
    assert "恢复 3" in load(COUNTY)
    assert not RegionChange.objects.exists()
    assert Region.objects.current().filter(code=VILLAGE).exists()


def test_named_successors_are_taken_and_wrong_ones_refused_with_their_line(load, tmp_path):
    load(COUNTY)
    without = [line for line in COUNTY if line[0] not in {TOWN, VILLAGE, "990101101202"}]
    asked = tmp_path / "successors.csv"
    asked.write_text(f"old,new\n{TOWN},{OTHER_TOWN}\n{VILLAGE},990101199000\n{OTHER_TOWN},{TOWN}\n")
    with pytest.raises(CommandError) as refused:
        load(tuple(without), "--successors", str(asked))
    assert "承接文件第 3 行" in str(refused.value)
    assert "承接文件第 4 行" in str(refused.value)
    asked.write_text(f"{TOWN},{OTHER_TOWN}\n")
    assert "其中并入其他地区 1" in load(tuple(without), "--successors", str(asked))
    assert Region.objects.get(code=TOWN).successor_id == OTHER_TOWN
    assert not RegionChange.objects.exists()


def test_a_county_file_leaves_the_rest_of_the_country_alone(load):
    load(COUNTY)
    assert Region.objects.current().filter(code__startswith=YUNPING[:6]).count() == 2
    said = load("code,name\n990101101000,柳溪镇\n990101101201,石桥坳村", "--within", QINGHE)
    assert "撤销 2" in said
    assert not Region.objects.current().filter(code=OTHER_TOWN).exists()
    assert Region.objects.current().filter(code=QINGHE).exists()


def test_a_list_of_counties_abolishes_villages_only_with_their_county(load):
    said = load("99,安岚省\n9901,澄江市\n990101,青禾县\n")
    assert "撤销 2" in said
    assert not Region.objects.current().filter(code__startswith=YUNPING[:6]).exists()
    assert Region.objects.current().filter(code=VILLAGE).exists()


BAD = """code,name,parent
990101101000,柳溪镇,
9901011,短码村,
9.9E+11,表格改坏的码,
990101101203,,
990101199201,无主村,
990101101204,错挂村,990102
990101101000,重复镇,
000000000000,全零,
"""


def test_all_mistakes_are_said_at_once_and_nothing_is_half_loaded(load):
    before = names()
    with pytest.raises(CommandError) as refused:
        load(BAD)
    said = str(refused.value)
    for line, word in (
        (3, "9901011"), (4, "9.9E+11"), (5, "没有名称"), (6, "990101199000"), (7, "不一致"), (8, "重复"), (9, "0000"),
    ):  # fmt: skip
        assert f"第 {line} 行" in said
        assert word in said
    assert names() == before
    assert not RegionLoad.objects.exists()


def test_accepting_the_good_lines_abolishes_nothing_a_wrong_line_may_have_meant(load):
    load(COUNTY)
    bad_name = COUNTY[:2] + ((VILLAGE, ""),) + COUNTY[3:]
    assert "撤销 0" in load(bad_name, "--accept-good")
    unreadable = (*COUNTY[:2], ("99O101101201", "石桥坳村"), *COUNTY[3:])
    said = load(unreadable, "--accept-good")
    assert "撤销 0" in said
    assert "没有载入的行 1" in said
    assert Region.objects.get(code=VILLAGE).ends_on is None


def test_a_dry_run_says_all_and_saves_nothing(load):
    said = load((*COUNTY[:1], (TOWN, "新柳镇")), "--dry-run")
    assert "试运行" in said
    assert "柳溪镇 → 新柳镇" in said
    assert names()[TOWN] == "柳溪镇"
    assert not AuditEntry.objects.filter(verb="region.load").exists()


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (b"[{\"code\": \"99\"", ()), (b"", ()), (b"\x00\xff\xfe\x81", ()), ("a,b\nc,d\n", ()),
        (COUNTY, ("--as-of", "2099-01-01")), (COUNTY, ("--within", "123")), (COUNTY, ("--within", "110000")),
        (COUNTY, ("--by", "nobody")), (COUNTY, ("--by", "casemgr")),
    ],
)  # fmt: skip
def test_what_cannot_be_loaded_is_refused_with_a_sentence(load, content, options):
    with pytest.raises(CommandError, match="。"):
        load(content, *options)


def test_an_older_list_is_not_loaded_over_a_newer_one(load):
    load(COUNTY, "--as-of", "2026-06-01")
    with pytest.raises(CommandError, match="更早"):
        load(COUNTY, "--as-of", "2026-05-31")
