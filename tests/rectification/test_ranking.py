"""The ranking kept each Monday, what lies still, and the paper of a meeting: as of their day, counted once."""

import io
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from docx import Document

from inspections.models import Round
from povertyaudit.core import moment
from rectification import services
from rectification.boards import still
from rectification.models import BoardRule, Item, RankedUnit, UnitRanking
from rectification.services import ranking
from tests.rectification.makers import again, at, department, finding, misuse
from tests.rectification.test_boards import cost, followed, page


def row(unit, issued, closed, late=0):
    return {"unit": unit, "n_issued": issued, "n_closed": closed, "n_ever_late": late}


def test_one_of_one_does_not_win_and_equal_units_share_a_place():
    rows = [row("a", 1, 1), row("b", 4, 3), row("c", 8, 6), row("d", 5, 2), row("e", 5, 2, 1), row("f", 3, 3)]
    found = ranking.ranked(rows, 3)
    assert [(place, one["unit"]) for place, one in found] == [
        (1, "f"), (2, "b"), (2, "c"), (4, "d"), (5, "e"), (None, "a"),
    ]  # fmt: skip
    assert ranking.last_of(found) == {"c", "d", "e"} | {"b"}, "who shares the third place from below is in it"
    assert ranking.last_of(found[:3]) == set(), "of three nobody is last"
    all_done = [(n, row(n, 3, 3)) for n in range(1, 6)]
    assert ranking.last_of(all_done) == set(), "nobody who has closed everything"


def monday():
    return ranking.monday(moment.today())


def test_a_week_is_kept_once_and_read_by_the_county(cast, client):
    units = [cast.town, *(department(f"县{name}局") for name in "甲乙丙")]
    for number, unit in enumerate(units):
        for _ in range(2):
            at(cast, "issued", main_unit=unit, measures=1)
        at(cast, "closed" if number == 0 else "issued", main_unit=unit if number else cast.town, measures=1)
    secret = at(cast, "issued", by=cast.patroloffice, source="finding", finding=finding(cast), measures=1)
    Round.objects.filter(findings__items=secret).update(secret=True, number=None)
    Item.objects.exclude(issued_on=None).update(issued_on=monday() - timedelta(days=9))
    Item.objects.filter(state="closed").update(
        accepted_on=monday() - timedelta(days=8), at_work_since=monday() - timedelta(days=8),
        closed_on=monday() - timedelta(days=3),
    )  # fmt: skip
    noon = SimpleNamespace(
        monday=timezone.make_aware(datetime.combine(monday(), datetime.min.time())), job=lambda: ranking.job(
            {"day": monday().isoformat()}, SimpleNamespace(renew=lambda: None)
        ),
    )  # fmt: skip
    assert ranking.owed(monday(), noon.monday + timedelta(hours=5)) == []
    assert ranking.owed(monday(), noon.monday + timedelta(hours=7))[0][0] == f"unit-ranking:{monday()}"
    assert ranking.owed(monday() + timedelta(days=2), noon.monday + timedelta(days=2)), (
        "a missed Monday is made up"
    )
    assert noon.job() == {"counties": 1}
    kept = list(
        UnitRanking.objects.get().lines.values_list("unit", "place", "issued", "closed", "weeks_last")
    )
    assert kept[0] == (cast.town.pk, 1, 3, 1, 0), "what a secret round found is not counted"
    assert {line[1:] for line in kept[1:]} == {(2, 3, 0, 1)}
    at(cast, "issued", main_unit=cast.town, measures=1)
    assert noon.job() == {"counties": 0}, "kept once"
    assert UnitRanking.objects.get().lines.first().issued == 3
    ranking.freeze(monday() + timedelta(days=7))
    assert set(RankedUnit.objects.filter(ranking__day__gt=monday()).values_list("weeks_last", flat=True)) == {
        0,
        2,
    }

    board = f"/item-boards/ranking/?by={monday()}"
    assert "4 个单位参加排名，后三名：" in page(client, cast.official, board)
    assert "连续 2 周" in page(client, cast.official, "/item-boards/ranking/")
    followed(client, cast.casemgr, "/item-boards/ranking/?by=now")
    followed(client, cast.casemgr, board)
    assert str(monday()) not in page(client, cast.neighbour, "/item-boards/ranking/")
    before = cost(client, cast.casemgr, "/item-boards/ranking/?by=now")
    at(cast, "issued", main_unit=department("县丁局"), measures=1)
    assert cost(client, cast.casemgr, "/item-boards/ranking/?by=now") <= before


def test_what_lies_still_tells_since_when_and_who_was_last(cast, client, time_machine_at):
    moved, lying, new = (at(cast, "accepted", measures=1) for _ in range(3))
    services.report(lying, by=cast.official, text="开始核对")
    with time_machine_at(days=20):
        services.report(moved, by=cast.official, text="核对完毕")
        services.press(lying, by=cast.inspector1, note="请抓紧")
        services.request_extension(
            lying, by=cast.official, until=lying.due_on + timedelta(days=9), reason="汛期"
        )
    Item.objects.filter(pk=new.pk).update(
        at_work_since=moment.today() + timedelta(days=15), accepted_on=moment.today() + timedelta(days=15)
    )
    with time_machine_at(days=31):
        assert list(still.still(Item.objects.all())) == [again(lying)], "being pressed is no movement"
        shown = page(client, cast.inspector1, "/item-boards/still/")
        assert "31 天" in shown
        assert f"{cast.official.display_name} 报告进展" in shown
        before = cost(client, cast.inspector1, "/item-boards/still/")
    BoardRule.objects.filter(code="still_days").update(amount="10")
    with time_machine_at(days=31):
        assert still.still(Item.objects.all()).count() == 3
        assert cost(client, cast.inspector1, "/item-boards/still/") <= before
        assert still.still(Item.objects.all(), moment.today() - timedelta(days=31)).count() == 0, (
            "as of that day"
        )
    client.force_login(cast.official)
    assert client.get("/item-boards/still/").status_code == 403


def test_the_paper_of_a_meeting_stands_as_of_its_day(cast, client, time_machine_at):
    money = misuse(cast, fen=4_250_000_00)
    late = at(cast, "accepted", days=3, measures=1, misuses=[money], problem="资金滞留三个月")
    kept = at(cast, "long_term", measures=1)
    begun = moment.today()
    with time_machine_at(days=10):
        shown = page(client, cast.inspector1, "/item-boards/pack/")
        for words in (
            "整改工作周调度会材料", "已下发整改事项 2 项，已销号 0/2（0%）；未销号 1 项，其中已超期 1 项。", "超期事项（1 项）",
            "1 条措施均未启动。关联的违规资金尚有 1 笔", late.number, "尚差 425 万元", "7 天", "您", "没有参加排名的单位",
        ):  # fmt: skip
            assert words in shown or words == "您", words
        then = page(client, cast.inspector1, f"/item-boards/pack/?kind=quarter&day={begun}")
        assert "未销号 1 项，其中已超期 0 项。" in then
        assert "截至现在" in then
        assert kept.number in then
        file = client.get(f"/item-boards/pack/?kind=week&day={begun}&format=docx")
        text = "\n".join(p.text for p in Document(io.BytesIO(file.content)).paragraphs)
        assert "整改工作周调度会材料" in text
        assert "没有超期的事项。" in text
        for day, words in (("2099-01-01", "不能截至今天以后"), ("昨天", "wrong-text")):
            client.force_login(cast.inspector1)
            refused = client.get(f"/item-boards/pack/?day={day}")
            assert (refused.status_code, words in refused.content.decode()) == (400, True)
        before = cost(client, cast.inspector1, "/item-boards/pack/")
        for _ in range(3):
            at(cast, "accepted", measures=1)
        assert cost(client, cast.inspector1, "/item-boards/pack/") <= before
    client.force_login(cast.official)
    assert client.get("/item-boards/pack/").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"issued": 0}, {"closed": 9}, {"late": 9}, {"weeks_last": 1, "place": None},
    ],
    ids=str,
)  # fmt: skip
def test_the_tables_refuse(cast, wrong):
    kept = UnitRanking.objects.create(region=cast.town.region, day=date(2026, 11, 23), least=3)
    good = {"ranking": kept, "unit": cast.town, "place": 1, "issued": 3, "closed": 1, "late": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        RankedUnit.objects.create(**(good | wrong))
    RankedUnit.objects.create(**good)
    for again_ in (
        lambda: RankedUnit.objects.create(**good),
        lambda: UnitRanking.objects.create(region=cast.town.region, day=kept.day, least=3),
        lambda: UnitRanking.objects.create(region=cast.town.region, day=date(2026, 11, 30), least=0),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again_()
    line = RankedUnit.objects.filter(ranking=kept)
    ranking = UnitRanking.objects.filter(pk=kept.pk)
    for change in (
        lambda: line.update(closed=3),
        lambda: line.delete(),
        lambda: ranking.update(least=1),
        lambda: ranking._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="a kept ranking does not change"), transaction.atomic():
            change()
