"""An item is split, or merged into another: nothing is lost, nothing is counted twice."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification, Recusal
from povertyaudit.core.verify import verify
from rectification import services, standing
from rectification.boards import still
from rectification.models import Item, Measure, PeriodReport, Regrouping
from rectification.services import escalating, escalation_letters, opening_periods, periods
from rectification.tree import lines_of, tree_of
from rectification.workflow import ITEM
from rectification.workflow.apart import hindrance
from rectification.workflow.extending import standing as extended
from rectification.workflow.simple import not_simple
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification import makers
from tests.rectification.makers import again, api, at
from tests.rectification.test_periods import BEGIN, at_day

TWO = [{"problem": "补助没有兑付。", "measures": [1]}, {"problem": "没有制度。", "measures": [2, 3]}]


def figures(cast, day=None):
    """Every figure of the boards, today or as of a day."""
    words = [word for word in standing.WORDS if day is None or word not in standing.NOW_ONLY]
    return Item.objects.visible_to(cast.casemgr).aggregate(**standing.counts(*words, through=day))


def split(item, parts, by, decider):
    services.request_split(item, by=by, parts=parts, reason="责任不同")
    services.decide_regrouping(again(item), by=decider, granted=True)
    return list(item.parts.order_by("pk"))


def merge(item, into, by, decider):
    services.request_merge(item, by=by, into=into, reason="同一问题")
    return services.decide_regrouping(again(item), by=decider, granted=True)


def test_a_unit_asks_another_decides_and_everything_goes_along(cast, client):
    """Asked on the page, refused and granted over the API; measures, results, files, money, dates, who stands aside."""
    money = makers.misuse(cast, back=1_000_000)
    item = at(cast, "rectifying", measures=3, misuses=[money], paper=makers.paper(cast))
    services.request_extension(item, by=cast.official, until=item.due_on + timedelta(days=9), reason="汛期")
    item = services.decide_extension(again(item), by=cast.inspector1, granted=True)
    before = figures(cast)
    Recusal.objects.create(
        person=cast.investigator.person, target_label="rectification.item", target_id=item.pk, reason="亲属",
        declared_by=cast.investigator,
    )  # fmt: skip
    url, path = item.get_absolute_url(), f"items/{item.public_id}/"
    client.force_login(cast.inspector1)
    assert str(money) in client.get(f"{url}request_split/").content.decode()
    client.force_login(cast.unithead)
    page = client.get(f"{url}request_split/").content.decode()
    assert "第3条措施" in page
    client.force_login(cast.sector)  # may not know of the money: it goes with the first part
    assert "归入的违规资金" not in client.get(f"{url}request_split/").content.decode()
    client.force_login(cast.unithead)
    rows = {"parts-TOTAL_FORMS": 2, "parts-INITIAL_FORMS": 0, "reason": "责任不同"}
    rows |= {"parts-0-problem": "补助没有兑付。", "parts-0-measures": [1], "parts-1-problem": "没有制度。"}
    said = post(client, f"{url}request_split/", rows | {"parts-1-measures": [2]}).content.decode()
    assert "第 3 条措施还没有归入" in said
    rows |= {"parts-1-measures": [2, 3]}
    assert post(client, f"{url}request_split/", rows).status_code == 302
    assert Item.objects.visible_to(cast.inspector1).waiting_for(cast.inspector1).get() == item
    with pytest.raises(RuleBroken, match="还没有批复"):
        services.request_transfer(
            again(item), by=cast.official, kind="lead", new_unit=makers.department("县水利局"), reason="职责"
        )
    door = api(client, cast.inspector1)
    empty = door.post(f"{path}decide_regrouping/", {"granted": False})
    assert (empty.status_code, empty.json()["field"]) == (422, "note")
    assert door.post(f"{path}decide_regrouping/", {"granted": False, "note": "再核"}).status_code == 200
    body = {"parts": TWO, "reason": "责任不同"}
    assert api(client, cast.sector).post(f"{path}request_split/", body).status_code == 200
    client.force_login(cast.inspector2)
    assert "补助没有兑付。" in client.get(f"{url}decide_regrouping/").content.decode()
    assert post(client, f"{url}decide_regrouping/", {"granted": "yes", "note": "同意"}).status_code == 302
    row = again(item)
    assert (row.state, row.regrouped_on, row.measures.count()) == ("split", moment.today(), 3)
    first, second = row.parts.order_by("pk")
    assert [(m.no, m.text) for m in second.measures.all()] == [(1, "第2条措施"), (2, "第3条措施")]
    lines = lines_of(second)
    assert [(line.measure.no, [r.no for r in line.results]) for line in lines] == [(1, [1]), (2, [2])]
    assert [r.text for r in first.results.filter(measure=None)] == ["举一反三排查"]
    assert list(first.misuse_links.values_list("misuse", flat=True)) == [money.pk]
    assert not second.misuse_links.exists()
    old, new = (
        sorted(e.attachment.sha256 for one in which for e in one.evidence.all())
        for which in ([row], [first, second])
    )
    assert old == new
    assert (first.due_on, first.source, first.paper, extended(first)[1]) == (
        row.due_on,
        "audit",
        row.paper,
        1,
    )
    assert Clock.objects.of(second).running().get().due_on == row.due_on
    assert not Clock.objects.of(row).open().exists()
    assert Recusal.objects.filter(target_id=second.pk, person=cast.investigator.person).exists()
    assert Notification.objects.filter(user=cast.official, number=second.number).exists()
    assert "签收" in hindrance(second, "verify", cast.official)  # on the item it was split from
    now = figures(cast)
    assert (now["n_issued"], now["n_open"]) == (before["n_issued"] + 1, before["n_open"] + 1)
    client.force_login(cast.official)
    page = client.get(url).content.decode()
    assert "本事项只供查阅" in page
    assert second.number in page
    assert client.get(first.evidence.first().attachment.get_absolute_url()).status_code == 200
    assert item.number not in client.get("/items/").content.decode()
    assert item.number in client.get("/items/?state=split").content.decode()
    told = api(client, cast.official).get(path).json()
    assert (told["parts"], told["regroupings"][0]["state"]) == ([first.public_id, second.public_id], "done")
    assert api(client, cast.official).get(f"items/{second.public_id}/").json()["split_from"] == item.public_id
    assert not ITEM.offered(row, cast.official) + ITEM.offered(row, cast.leader)
    with pytest.raises(WrongState):
        services.report(row, by=cast.official, text="还在报")
    assert verify().broken == []


def test_nothing_is_counted_twice_or_lost_through_split_merge_and_reopening(cast, time_machine_at):
    """Of two items one is split in two, one part goes into the other item, that is closed and opened again."""
    paid = makers.misuse(cast, back=1_000_000)
    one = at(cast, "rectifying", measures=2, misuses=[paid])
    other = at(cast, "rectifying", measures=2, days=90)
    shorter = one.due_on

    def everything():
        """What lists and sums are made of, of the items that count."""
        rows = Item.objects.standing()
        return [
            sorted(m.text for m in Measure.objects.standing()),
            sorted(r.text for i in rows for r in i.results.all()),
            sorted(e.attachment.sha256 for i in rows for e in i.evidence.all()),
            sorted(link.misuse.number for i in rows for link in i.misuse_links.all()),
        ]

    start, yesterday = everything(), moment.today()
    with time_machine_at(days=1):
        parts = [{"problem": "甲", "measures": [1], "misuses": [paid]}, {"problem": "乙", "measures": [2]}]
        first, second = split(one, parts, fresh(cast.unithead), fresh(cast.leader))
        assert everything() == start
        merge(second, other, fresh(cast.sector), fresh(cast.inspector2))
        assert everything() == start
        assert (again(second).state, again(second).merged_into) == ("merged", other)
        assert [line.measure.no for line in lines_of(other) if line.measure] == [1, 2, 4]
        assert other.measures.get(no=4).due_on == shorter  # the earlier day stays
        assert [r.no for r in other.results.filter(measure__no=4)] == [4]
        now = figures(cast)
        assert (now["n_issued"], now["n_open"], now["n_closed"]) == (2, 2, 0)
        assert figures(cast, yesterday)["n_issued"] == 2  # as it was then: the item not yet split
        tree = tree_of(cast.casemgr, paper=other.paper)
        assert (tree.items, tree.measures) == (2, 4)
        assert [why.message for why in not_simple(again(other)) if "由拆分、合并产生" in why.message]
        assert not still.still(Item.objects.all(), moment.today() + timedelta(days=20)).exists()
        services.apply(again(other), by=fresh(cast.unithead))
        services.review(again(other), by=fresh(cast.sector))
        services.verify(again(other), by=fresh(cast.inspector2), **makers.SEEN)
        assert (figures(cast)["n_issued"], figures(cast)["n_closed"]) == (2, 1)
        services.reopen(
            again(other), by=fresh(cast.leader), note="反弹", due_on=other.due_on + timedelta(days=9)
        )
        now = figures(cast)
        assert (now["n_issued"], now["n_open"], now["n_closed"]) == (2, 2, 0)
        assert everything() == start
        for verb in ("request_split", "request_merge"):
            with pytest.raises(RuleBroken, match="销过号"):
                ITEM.begin(again(other), verb, by=fresh(cast.unithead))
        with pytest.raises(WrongState):
            services.reopen(again(one), by=fresh(cast.leader), note="反弹", due_on=other.due_on)
        with pytest.raises(RuleBroken, match="现为“已并入”") as refused:
            services.request_merge(again(first), by=fresh(cast.unithead), into=again(second), reason="并")
        assert refused.value.field == "into"
        assert verify().broken == []


def test_reports_letters_and_figures_go_along(cast):
    """Days that were told stay told, days not yet told are told by the parts; the ladder goes on where it was."""
    with at_day(BEGIN):
        item = at(cast, "accepted", days=40, measures=2)
    with at_day(date(2026, 12, 1)):
        opening_periods.open_batch([item.pk], date(2026, 12, 1))
        report = item.period_reports.get()
        periods.fill(report, by=fresh(cast.official), text="已核对。", figures=[])
        periods.sign(report, by=fresh(cast.unithead))
    late = item.due_on + timedelta(days=20)
    with at_day(late):
        opening_periods.open_batch([item.pk], late)
        asked = {
            "parts": [{"problem": "甲", "measures": [1]}, {"problem": "乙", "measures": [2]}],
            "reason": "分开",
        }
        escalating.take_batch([item.pk], late)
        letter = item.escalations.get()
        escalation_letters.send(letter, by=fresh(cast.inspector1))
        with pytest.raises(RuleBroken, match="督办"):
            services.request_split(item, by=fresh(cast.unithead), **asked)
        escalation_letters.reply(letter, by=fresh(cast.unithead), text="月底完成。")
        services.pause_pressing(item, by=fresh(cast.leader), until=late + timedelta(days=9), note="停工")
        with pytest.raises(RuleBroken, match="暂停督办"):
            services.request_split(again(item), by=fresh(cast.unithead), **asked)
        services.resume_pressing(again(item), by=fresh(cast.leader))
        services.request_split(again(item), by=fresh(cast.unithead), **asked)
        services.add_measure(again(item), by=fresh(cast.official), text="又一条")
        with pytest.raises(RuleBroken, match="有增减"):
            services.decide_regrouping(again(item), by=fresh(cast.inspector2), granted=True)
        services.remove_measure(
            again(item), by=fresh(cast.official), measure=item.measures.get(no=3), note="重复"
        )
        with pytest.raises(NotAllowed) as refused:
            services.decide_regrouping(again(item), by=fresh(cast.unithead), granted=True)
        assert refused.value.code == "decide_regrouping.role"
        services.decide_regrouping(again(item), by=fresh(cast.inspector2), granted=True)
        first = item.parts.order_by("pk").first()
        assert first.at_work_since == report.last_day + timedelta(days=1)
        assert not item.period_reports.open().exists()
        escalating.take_batch([item.pk, first.pk], late + timedelta(days=1))
        assert first.escalations.get().step == letter.step
        assert (
            PeriodReport.objects.last_signed(None).get() == report
        )  # its figures are counted where they were told


BREAKING = {
    "item_regrouped_iff_dated": {"regrouped_on": None},
    "item_merged_names_the_other": {"merged_into": None},
    "item_split_from_another": {"split_from": F("id")},
}
ASKED = {
    "regrouping_has_reason": {"reason": ""},
    "regrouping_names_the_other": {"into": None},
    "regrouping_decided_by_another": {"decided_by": F("asked_by")},
    "regrouping_decided_iff_signed": {"decided_on": None},
}


def test_the_database_refuses_what_no_verb_would_write(cast):
    one, other = at(cast, "accepted"), at(cast, "accepted")
    merge(one, other, cast.unithead, cast.inspector2)
    for model, cases in ((Item.objects.filter(pk=one.pk), BREAKING), (Regrouping.objects.all(), ASKED)):
        for name, values in cases.items():
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                model.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():  # one_regrouping_at_a_time
        Regrouping.objects.create(item=one, kind="merge", into=other, reason="再并", asked_by=cast.unithead)


def test_one_measure_is_not_offered_to_be_split(cast, client):
    """Nor is the button to papers shown to who can have none."""
    one, two = at(cast, "accepted", measures=1), at(cast, "accepted", measures=2)
    office = api(client, cast.inspector1)
    offered = {row["id"]: row["actions"] for row in office.get("items/").data["results"]}
    assert "request_split" not in offered[one.public_id]
    assert "request_split" in offered[two.public_id]
    with pytest.raises(WrongState, match="措施不到两条"):
        services.request_split(again(one), by=cast.inspector1, parts=TWO, reason="责任不同")
    for who, shown in ((cast.inspector1, True), (cast.unithead, True), (cast.patroloffice, False)):
        client.force_login(who)
        assert ("/source-papers/" in client.get("/items/").content.decode()) is shown
