"""公示公告 at three levels and three times: what is owed by the rule of the day, what bars 竣工公示 and 验收款, objections."""

import random
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from funds.models import FundRule, NoticeRule, Project, ProjectKind, ProjectNotice, ProjectObjection
from funds.services import building, notice_rules, notices, paying
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed
from povertyaudit.core.verify import verify
from povertyaudit.demo.papers import photo
from tests.core.machines import PDF
from tests.funds import notice_makers as hung
from tests.funds import payment_makers as payments
from tests.funds.project_makers import WAN, project
from tests.funds.test_projects import refused

pytestmark = pytest.mark.django_db


def later(time_machine, days):
    time_machine.move_to(f"{moment.today() + timedelta(days=days)}T09:00:00+08:00")


def test_the_last_notice_and_the_last_payment_wait_for_the_notices_and_the_objections(people, time_machine):
    row = payments.built(people, "accepted")
    with pytest.raises(DomainError, match="批复县级公示没有登记；.*竣工村级公示没有登记。"):
        building.publish(row, by=people.unithead)
    assert not Project.objects.filter(notice_rules.gaps_in()).exists()  # nothing is due yet
    assert Project.objects.filter(notice_rules.owing()).get() == row
    row = hung.owed(people, row)
    later(time_machine, 9)
    with pytest.raises(DomainError, match="批复村级公示只有 9 天，天数不足"):
        building.publish(row, by=people.unithead)
    later(time_machine, 1)
    assert notice_rules.gaps(row) == []
    notice = row.notices.filter(stage="approval", level="village").get()
    row = notices.record_objection(row, by=people.sector, notice=notice, objector="陶有田", text="户数不对")
    payment = payments.with_papers(people, payments.opened(people, row, 10 * WAN, "final"))
    with pytest.raises(DomainError, match="1 件异议没有答复或者没有公布结果"):
        paying.submit(payment, by=people.official)
    said = {
        "objection": row.notices.get(pk=notice.pk).objections.get(),
        "finding": "partly",
        "answer": "已更正",
    }
    with pytest.raises(NotAllowed, match="公示经办人不能自己答复"):
        notices.answer_objection(row, by=people.official, told="face", **said)
    refused("told", notices.answer_objection, row, by=people.unithead, **said)
    row = notices.answer_objection(row, by=people.unithead, told="face", **said)
    with pytest.raises(DomainError, match="1 件异议"):
        building.publish(row, by=people.unithead)
    row = notices.publish_objection(
        row, by=people.unithead, objection=said["objection"], result_place="公示栏"
    )
    payment = paying.endorse(paying.submit(payment, by=people.official), by=people.unithead, text="属实")
    payment = paying.review(payment, by=people.sector, text="同意")
    notices.record_objection(row, by=people.sector, notice=notice, text="又有一件")
    with pytest.raises(DomainError, match="1 件异议"):
        paying.pay(payment, by=people.finance, voucher_no="BK-9")
    FundRule.objects.filter(code="notice_gaps").update(amount="1")  # the county lets one gap pass
    assert paying.pay(payment, by=people.finance, voucher_no="BK-9").state == "paid"
    row.refresh_from_db()
    assert building.publish(row, by=people.unithead).state == "published"
    assert verify().broken == []


def test_what_does_not_fit_is_refused_at_its_field(people, time_machine):
    row, early = project(people, "approved"), date(2020, 1, 1)
    tomorrow = moment.today() + timedelta(days=1)
    first = hung.posted(people, row)
    text = SimpleUploadedFile("公示.pdf", PDF, content_type="application/pdf")
    said = {"by": people.official, "stage": "approval", "level": "village", "place": "组长家门口"}
    for field, act, more in (
        ("stage", notices.post_notice, said | {"stage": "x"}), ("level", notices.post_notice, said | {"level": "x"}),
        ("stage", notices.post_notice, said | {"stage": "completion"}), ("up_on", notices.post_notice, said | {"up_on": early}),
        ("up_on", notices.post_notice, said | {"up_on": tomorrow}), ("down_on", notices.post_notice, said | {"down_on": early}),
        ("place", notices.post_notice, said | {"place": hung.PLACE}), ("file", notices.post_notice, said | {"file": text}),
        ("file", notices.add_notice_photo, {"notice": first, "file": text}),
        ("notice", notices.take_down_notice, {"notice": ProjectNotice()}),
        ("down_on", notices.take_down_notice, {"notice": first, "down_on": early}),
        ("text", notices.record_objection, {"notice": first, "text": " "}),
        ("received_on", notices.record_objection, {"notice": first, "text": "x", "received_on": early}),
    ):  # fmt: skip
        with transaction.atomic():
            refused(field, act, row, **{"by": people.official, **more})
            transaction.set_rollback(True)
    row = notices.take_down_notice(row, by=people.official, notice=first)
    refused("notice", notices.take_down_notice, row, by=people.official, notice=first)
    row = notices.void_notice(row, by=people.official, notice=first, note="录错")
    again = hung.posted(
        people, row, file=photo("公示", 3, after=True)
    )  # the same place and day, once the wrong one is void
    row.refresh_from_db()
    row = notices.record_objection(row, by=people.official, notice=again, text="没有写投诉电话")
    objection = ProjectObjection.objects.get()
    refused("notice", notices.void_notice, row, by=people.official, notice=again, note="录错")
    answer = {"objection": objection, "finding": "upheld", "answer": "已补上"}
    for field, act, more in (
        ("objection", notices.publish_objection, {"objection": objection, "result_place": "公示栏"}),
        ("finding", notices.answer_objection, answer | {"finding": "x"}),
        ("answer", notices.answer_objection, answer | {"answer": " "}),
        ("answered_on", notices.answer_objection, answer | {"answered_on": early}),
        ("objection", notices.answer_objection, answer | {"objection": ProjectObjection()}),
    ):
        with transaction.atomic():
            refused(field, act, row, **{"by": people.sector, **more})
            transaction.set_rollback(True)
    row = notices.answer_objection(row, by=people.sector, **answer)
    refused("objection", notices.answer_objection, row, by=people.sector, **answer)
    said = {"by": people.sector, "objection": objection}
    refused("result_place", notices.publish_objection, row, **said, result_place=" ")
    refused("result_on", notices.publish_objection, row, **said, result_place="公示栏", result_on=early)
    other = notices.record_objection(row, by=people.official, notice=again, text="字太小")
    row = notices.publish_objection(other, **said, result_place="公示栏")
    refused("objection", notices.publish_objection, row, **said, result_place="公示栏")


def test_the_list_and_the_page_find_the_same_gaps_by_the_rule_of_the_day(people):
    rows = [project(people, "completed", place=f"{n}组") for n in range(3)]
    rule, today = FundRule.objects.get(code="start_village"), moment.today()
    FundRule.objects.filter(pk=rule.pk).update(valid_to=today - timedelta(days=40))
    rule.pk, rule.public_id, rule.amount, rule.valid_from = None, "x" * 22, "0", today - timedelta(days=39)
    rule.save()
    NoticeRule.objects.create(code="a", name="a", cell="start_county", kind="ROADS", about="a", amount="7")
    NoticeRule.objects.create(code="b", name="b", cell="start_county", from_wan=30, about="b", amount="0")
    NoticeRule.objects.create(
        code="c",
        name="c",
        cell="approval_village",
        kind="ROADS",
        from_wan=40,
        about="c",
        amount="0",
        valid_from=today - timedelta(days=75),
    )
    kinds = ProjectKind.objects.filter(code__in=("ROADS", "WATER"))
    dice, seen = random.Random(7), set()  # noqa: S311 — cases, not secrets
    for _ in range(60):
        ProjectObjection.objects.all().delete()
        ProjectNotice.objects.all().delete()
        for row in rows:
            approved = today - timedelta(days=dice.randrange(60, 90))
            started = approved + timedelta(days=dice.randrange(50))
            completed = started + timedelta(days=dice.randrange((today - started).days + 1))
            days = {"approved_on": approved, "started_on": started, "completed_on": completed}
            size = dice.choice((20, 35, 60)) * WAN
            now = {"kind": dice.choice(kinds), "approved_fen": size, "stored_on": approved}
            Project.objects.filter(pk=row.pk).update(**days, **now)
            kept = [cell for cell in hung.CELLS if dice.randrange(12)]
            ProjectNotice.objects.bulk_create(_notice(people, row, cell, days, dice) for cell in kept)
        listed = set(Project.objects.filter(notice_rules.gaps_in()).values_list("pk", flat=True))
        owed = set(Project.objects.filter(notice_rules.owing()).values_list("pk", flat=True))
        for row in Project.objects.all():
            cells = notice_rules.cells(row)
            assert (row.pk in listed) == any(cell.failed for cell in cells), cells
            assert (row.pk in owed) == any(cell.gap() and not cell.up for cell in cells), cells
            seen |= {(row.pk in listed, row.pk in owed)}
    assert seen == {(True, True), (False, True), (False, False)}


def _notice(people, row, cell, days, dice):
    stage, level = cell
    up = days[notice_rules.EVENTS[stage]] + timedelta(days=dice.randrange(3))
    down = up + timedelta(days=8 + dice.randrange(30)) if dice.randrange(3) else None
    return ProjectNotice(
        project=row, stage=stage, level=level, place="公示栏", up_on=up, full_on=up + timedelta(days=10), down_on=down,
        unit=row.responsible_unit, posted_by=people.official,
    )  # fmt: skip
