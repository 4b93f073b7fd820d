"""Put the demonstration together: places, people, then everything that happened, in the order it happened."""

import gc
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction

from cases.models import HotlineCall, Lead
from funds.models import Misuse, Project, Recovery
from inspections.models import Finding, Round
from povertyaudit.core import apart, channels, clock_rules, moment, notify, store
from povertyaudit.core.models import AuditEntry, Clock, ClockRule, Notification, Region, User
from povertyaudit.core.models.rules import RuleState
from povertyaudit.demo import (
    activities,
    alike,
    arranged,
    asides,
    assessments,
    big_rounds,
    boards,
    books_2018,
    bulletins,
    campaigns,
    clearing,
    escalations,
    exchange,
    field,
    filed,
    geography,
    handed,
    handovers,
    history,
    hotline,
    imported,
    intake,
    items,
    leads,
    look_backs,
    matches,
    meetings,
    money,
    money_2018,
    notices,
    officers,
    people,
    periods,
    projects,
    registers,
    regrouped,
    relapses,
    reported,
    responsible,
    rounds,
    source_papers,
    style_2018,
    summaries,
    talk,
    talks,
    vault,
    views,
    village_sheets,
    year,
)
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME, Diary, Timeline
from rectification.models import Item

READ_AFTER = timedelta(days=10)


def is_there() -> bool:
    """Whether the demo county has been made here before."""
    return Region.objects.filter(code=geography.QINGHE).exists()


@transaction.atomic
def seed(today: date, password: str) -> dict[str, int]:
    """Everything or nothing. The same `today` gives the same matters, numbers and dates. Returns counts by name."""
    with collected_later(), apart.files_of_ours(), store.settled_at_once():
        qinghe, yunping = geography.build()
        ours, theirs = people.build(qinghe, yunping, password)
        leads.load_categories()
        diary, timeline = Diary(Random(today.toordinal()), today), Timeline(today)  # noqa: S311 — a story, not a secret
        tell_all(timeline, ours, theirs, diary)
        timeline.run()
        with moment.pretend(datetime.combine(today, time(0, 5), COUNTY_TIME)):
            history.regions(ours, qinghe, today)
            history.term(ours, today)
            history.units(ours, today)
            loose_ends(ours, qinghe)
            asides.tell(ours)
            clearing.tell(ours)
            bulletins.make(ours)
            notices.make(ours)
            periods.make(ours)
            escalations.make(ours)
            talks.make(ours)
            arranged.make(ours)
            regrouped.make(ours)
            boards.make()
            campaigns.make(ours)
            village_sheets.make(ours, theirs)
            registers.make(ours)
            assessments.going_on(ours, today)
            activities.make(ours)
            responsible.make(ours)
            officers.accounts_to_keep(ours)
            imported.make(ours)
    return counts(qinghe, timeline)


@contextmanager
def collected_later() -> Iterator[None]:
    """Thousands of rows are made and none are cyclic: looking for garbage meanwhile costs a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


LAST = (alike.stories, talk.beside, vault.archived, vault.requests)


def own(diary: Diary, shift: int = 0) -> Diary:
    """A diary of its own for a story, so that it does not move the others."""
    return Diary(Random(diary.today.toordinal() + shift), diary.today)  # noqa: S311 — a story, not a secret


def tell_all(timeline: Timeline, ours: Cast, theirs: Cast, diary: Diary) -> None:
    """Every story of both counties on one timeline."""
    found: dict[str, Any] = {}
    findings: list[Any] = []
    for story in [*money.stories(ours, diary, found), *money.neighbour_stories(theirs, diary)]:
        timeline.add(story)
    for make in (rounds.under_way, rounds.secret):
        timeline.add(make(ours, diary))
    for make in (big_rounds.special, books_2018.year_2018, money_2018.book, style_2018.book):
        timeline.add(make(ours, own(diary, 4)))
    timeline.add(rounds.finished(ours, diary, findings))
    for make in (handed.seventh, handed.fed_back):
        timeline.add(make(ours, diary))
    for story in (rounds.neighbour(theirs, diary), *field.stories(ours, own(diary, 4))):
        timeline.add(story)
    papers = source_papers.add_all(timeline, ours, theirs, diary)
    stories = [
        *items.feedback(ours, diary, found, papers), *items.of_round(ours, diary, findings),
        *items.singles(ours, diary, papers, money=found), relapses.relapse(ours, diary, papers), *items.singles(theirs, diary, papers, prefix="neighbour"),
    ]  # fmt: skip
    for item in stories:
        timeline.add(item.run())
    year.add_all(timeline, year.stories(ours, diary))
    year.add_all(timeline, year.neighbour_stories(theirs, diary))
    for slip in intake.slips(ours, theirs, diary):
        timeline.add(slip)
    for book in (
        *meetings.stories(ours, own(diary, 3)), *handovers.stories(ours, own(diary, 2)),
        *exchange.stories(ours, own(diary, 1)), *projects.of_both(ours, theirs, own(diary, 5)), *matches.stories(ours, own(diary, 6)),
    ):  # fmt: skip
        timeline.add(book)
    timeline.add(hotline.stories(ours, own(diary, 1)))
    year.add_all(timeline, filed.stories(ours, diary))
    timeline.add(filed.past(ours, diary.today))
    for bulletin in bulletins.stories(ours, own(diary)):
        timeline.add(bulletin)
    for drafted in (*summaries.stories(ours, diary), *reported.stories(ours, diary)):
        timeline.add(drafted)
    for tell in (*look_backs.STORIES, *assessments.STORIES, *LAST):
        timeline.add(tell(ours, own(diary)))


def loose_ends(cast: Cast, places: geography.Places) -> None:
    """Views people keep, a rule that waits for the second pair of eyes, a word for the IT officer, and old messages read."""
    views.keep(cast)
    rule = ClockRule.objects.filter(code="lead.verify", state=RuleState.CONFIRMED).latest("valid_from")
    clock_rules.propose(
        rule, by=cast.casemgr, region=places.county, amount=2, valid_from=moment.today() + timedelta(days=30),
        valid_to=None, source="县纪委监委办案时限规定（本县）", note="本县要求初步核实两个月内完成。",
    )  # fmt: skip
    outside_channels(cast)
    notify.tell(
        [cast.sysadmin],
        "demo:made",
        kind="system",
        text="演示数据已生成，请查看系统运行情况。",
        url="/notifications/",
    )
    old = Notification.objects.filter(read_at=None, created_at__lt=moment.now() - READ_AFTER)
    old.update(read_at=moment.now())


def outside_channels(cast: Cast) -> None:
    """Two receivers on this machine: one waits for the second officer, one was switched off. Nothing leaves."""
    old = channels.propose(
        by=cast.sysadmin, name="信访室群机器人", kind="wecom", unit=cast.units["信访室"],
        url="http://127.0.0.1:9080/cgi-bin/webhook/send?key=demo", note="供信访室值班人员及时查看。",
    )  # fmt: skip
    used = channels.confirm(old, by=cast.secadmin, note="已核对。")
    channels.switch_off(used, by=cast.secadmin, note="群成员有变动，先停用。")
    channels.propose(
        by=cast.sysadmin, name="政务平台消息网关", kind="webhook", url="http://127.0.0.1:9081/notices",
        secret=secrets.token_urlsafe(32), note="由县政务平台转发到个人，消息里只有编号和链接。",
    )  # fmt: skip


def counts(places: geography.Places, timeline: Timeline) -> dict[str, int]:
    """What was made, for the last lines of the command."""
    return {
        "乡镇": len(places.towns), "村": len(places.villages), "其中贫困村": len(places.poor), "账号": User.objects.count(),
        "问题线索": Lead.objects.count(), "整改事项": Item.objects.count(), "巡察轮次": Round.objects.count(),
        "发现问题": Finding.objects.count(), "项目": Project.objects.count(), "违规使用资金": Misuse.objects.count(), "追缴清退": Recovery.objects.count(),
        "专线来电": HotlineCall.objects.count(), "期限": Clock.objects.count(), "消息": Notification.objects.count(), "操作记录": AuditEntry.objects.count(),
        "办理动作": timeline.acts,
    }  # fmt: skip
