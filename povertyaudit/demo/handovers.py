"""What goes to other bodies and comes from them: a receipt that falls short, one returned, one overdue, one half registered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from cases import services
from cases.models import Category, Handover, Lead, PartnerBody
from cases.services import partners
from povertyaudit.core import moment
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

FOUND = (
    {"title": "村集体鱼塘租金三年未入账", "persons": "费守拙", "amount_fen": 4_860_000},
    {"title": "农机购置补贴重复申领", "persons": "廉初霁、邬月溪", "amount_fen": 1_920_000},
    {"title": "自来水管网维修质量投诉", "persons": "", "amount_fen": None},
)


def stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    return [short(cast, diary), returned(cast, diary), unanswered(cast, diary), from_audit(cast, diary),
            answered(cast, diary), *(reported(cast, diary, last) for last in _twentieths(diary))]  # fmt: skip


def _twentieths(diary: Diary) -> list[date]:
    """Of the last two months that were over."""
    first, last = partners.over(diary.today - timedelta(days=1))
    return [first - timedelta(days=1), last]


REPORTS = (
    ("finance", 3, 1, "县财政局"),
    ("audit", 2, 0, ""),
    ("civil_affairs", 1, 2, "县民政局"),
    ("police", 0, 4, ""),
)


def reported(cast: Cast, diary: Diary, last: date) -> Iterator[datetime]:
    """What four of the eighteen members reported by a 20th; the others said nothing."""
    yield diary.on(last - timedelta(days=3))
    for code, handed_over, under_way, unit in REPORTS:
        partners.report(
            by=cast.casemgr, body=PartnerBody.objects.get(code=code), unit=cast.units.get(unit), last_day=last,
            handed_over=handed_over, under_way=under_way,
        )  # fmt: skip


def send(cast: Cast, body: str, document: str, leads: Any, unit: str = "") -> Handover:
    return services.open_handover(
        by=cast.casemgr, direction="out", body=PartnerBody.objects.get(code=body), unit=cast.units.get(unit),
        document=document, handed_on=moment.today(), leads=leads, text="现将有关问题线索移送你单位依法处理。",
    )  # fmt: skip


def ours(count: int, skip: int = 0) -> list[Lead]:
    """Leads of the county, the oldest first."""
    rows = Lead.objects.filter(kind="complaint", region__code__startswith="990101").order_by("pk")
    return list(rows[skip : skip + count])


def again(row: Handover) -> Handover:
    return Handover.objects.get(pk=row.pk)


def short(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Four leads to the police, of which their receipt names three."""
    yield diary.ago(70)
    row = send(cast, "police", "县纪委监委移送函（公安）", ours(4))
    yield diary.ago(66)
    services.record_handover_receipt(
        again(row), by=cast.casemgr, receipt_by="县公安局法制大队", receipt_number="公收 31", missed=[row.rows.all()[3]],
        note="电话核对，对方称没有收到第四件的材料，已补送。",
    )  # fmt: skip


def returned(cast: Cast, diary: Diary) -> Iterator[datetime]:
    yield diary.ago(40)
    row = send(cast, "civil_affairs", "县纪委监委移送函（民政）", ours(2, 4), "县民政局")
    yield diary.ago(36)
    services.send_handover_back(
        again(row), by=cast.casemgr, note="反映的低保问题已由乡镇人民政府处理完毕，民政部门退回。"
    )


def unanswered(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """No receipt after two weeks."""
    yield diary.ago(15)
    send(cast, "housing", "县纪委监委移送函（住建）", ours(1, 6), "县住房和城乡建设局")


def take(cast: Cast, body: str, document: str, number: str, items: Any, unit: str = "") -> Handover:
    return services.open_handover(
        by=cast.casemgr, direction="in", body=PartnerBody.objects.get(code=body), unit=cast.units.get(unit),
        document=document, their_number=number, handed_on=moment.today(), entries=items,
    )  # fmt: skip


def from_audit(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Three found by the audit: one registered, one refused, one still to be looked at."""
    yield diary.ago(6)
    town = cast.places.towns[1]
    items = [{**item, "region": town} for item in FOUND]
    row = take(cast, "audit", "审计移送处理书", f"审移〔{moment.today().year}〕5 号", items)
    yield diary.ago(5)
    first, _, last = row.rows.all()
    services.register_row(
        again(row), by=cast.casemgr, row=first, title=f"反映{town.name}{FOUND[0]['title']}", region=town,
        category=Category.objects.get(code="embezzle"), amount_fen=4_860_000, text="审计发现租金收入未入村集体账。",
    )  # fmt: skip
    services.refuse_row(
        again(row), by=cast.casemgr, row=last, note="属于工程质量投诉，已告知审计机关转住建部门。"
    )


def answered(cast: Cast, diary: Diary) -> Iterator[datetime]:
    yield diary.ago(100)
    row = send(cast, "finance", "县纪委监委移送函（财政）", ours(2, 7), "县财政局")
    yield diary.ago(97)
    services.record_handover_receipt(
        again(row), by=cast.casemgr, receipt_by="县财政局监督股", receipt_number="财收 8"
    )
    yield diary.ago(30)
    services.answer_handover(again(row), by=cast.casemgr, answer_text="已收回违规资金并通报，整改完毕。")
    yield diary.ago(20)
    send(cast, "finance", "县纪委监委移送函（财政二）", ours(1, 9), "县财政局")
    yield diary.ago(17)
    last = Handover.objects.order_by("-pk").filter(body__code="finance")[0]
    services.record_handover_receipt(
        last, by=cast.casemgr, receipt_by="县财政局监督股", receipt_number="财收 11"
    )
