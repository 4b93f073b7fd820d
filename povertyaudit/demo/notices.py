"""整改情况公开 of the finished round: one published with comments, one to publish, two before the leader, one in draft."""

from typing import Any

from inspections.models import Round
from povertyaudit.demo.people import Cast
from rectification.models import NoticeGround, PublicNotice
from rectification.services import commenting, notices

WAY: dict[str, Any] = {
    "address": "青禾县城关镇人民路 1 号县委巡察办", "phone": "0990-5123450", "mailbox": "xunchaban@qinghe.example",
    "days": 15,
}  # fmt: skip
PREFACE = "根据县委巡察工作领导小组部署，现将巡察反馈问题的整改进展情况予以公布。"
COMMENTS = (
    ("call", "公布的到户奖补还有三户没有拿到，请再核对名册。"),
    ("letter", "公示牌补设了，但是没有写明施工单位，建议补上。"),
)
# The unit's town (none: the whole round), and how far the notice is.
STAGES: tuple[tuple[int | None, tuple[str, ...]], ...] = (
    (2, ("submit", "approve", "publish")),
    (3, ("submit", "approve")),
    (2, ("submit", "agree")),
    (None, ("submit",)),
    (None, ()),
)


def make(cast: Cast) -> None:
    """As far as the round's items have measures and results."""
    round_ = Round.objects.filter(name__contains="第十二届县委第六轮").first()
    if round_ is None or not notices.items_of(round_, None, cast.patroloffice).exists():
        return
    for town, steps in STAGES:
        unit = cast.town_unit(town) if town else None
        if not notices.items_of(round_, unit, cast.patroloffice).exists():
            continue
        whose = unit.name if unit else "全县"
        row = notices.draft(
            by=cast.patroloffice, round=round_, unit=unit, title=f"{whose}关于专项巡察整改进展情况的通报", preface=PREFACE,
            **WAY,
        )  # fmt: skip
        row = _keep_back(row, cast, also=2 if steps == ("submit",) else 0)
        for step in steps:
            row = _step(row, step, cast)
    _comment(cast)


def _keep_back(row: PublicNotice, cast: Cast, also: int) -> PublicNotice:
    """Problems that have no result yet are not told, nor is number `also`."""
    ground = NoticeGround.objects.on().get(code="case_open")
    for problem in row.problems.prefetch_related("lines"):
        open_ = any(not line.result for line in problem.lines.all())
        if open_ or problem.ordinal == also:
            row = notices.withhold(
                row,
                by=cast.patroloffice,
                problem=problem,
                ground=ground,
                ground_note="相关问题正在核查，尚未公开。",
            )
    return row


def _step(row: PublicNotice, step: str, cast: Cast) -> PublicNotice:
    if step in ("agree", "approve"):
        for problem in row.problems.filter(ground__isnull=False, allowed_by=None):
            row = notices.allow_withholding(row, by=cast.secretary, problem=problem)
    if step == "agree":
        return row
    act: Any = getattr(notices, step)
    done: PublicNotice = act(row, by=cast.secretary if step == "approve" else cast.patroloffice)
    return done


def _comment(cast: Cast) -> None:
    """Two comments on the published one; of the second a petition is registered."""
    row = PublicNotice.objects.filter(state="published").first()
    if row is None:
        return
    for channel, text in COMMENTS:
        row = commenting.record_comment(row, by=cast.patroloffice, channel=channel, text=text)
    commenting.register(row.comments.latest("pk"), by=cast.petition)
