"""Words for where an item stands, where it came from and how far the work is."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    ISSUED = "issued", "已下发"
    ACCEPTED = "accepted", "已签收"
    RECTIFYING = "rectifying", "整改中"
    CLOSURE_APPLIED = "closure_applied", "已申请销号"
    SECTOR_REVIEWED = "sector_reviewed", "牵头单位已审核"
    PUBLIC_NOTICE = "public_notice", "公示中"
    CLOSED = "closed", "已销号"
    LONG_TERM = "long_term", "长期坚持"
    SPLIT = "split", "已拆分"
    MERGED = "merged", "已并入"
    VOIDED = "voided", "已作废"


# Over without being crossed off, and counted nowhere: what the split and merged were about goes on in other items and is
# counted there; the voided should never have been registered. Every list, board and clock asks these groups.
REGROUPED = (State.SPLIT, State.MERGED)
UNCOUNTED = (*REGROUPED, State.VOIDED)
# Not handed to anybody: those outside the body that registers them know of none.
UNSENT = (State.DRAFT, State.VOIDED)


class Source(models.TextChoices):
    FINDING = "finding", "巡察发现"
    LEAD = "lead", "问题线索"
    AUDIT = "audit", "审计反馈"
    MISUSE = "misuse", "违规资金"
    ASSESSMENT = "assessment", "考核评估"
    SUPERIOR = "superior", "上级反馈"
    LOOK_BACK = "look_back", "回头看发现"
    MEETING = "meeting", "会议议定"


# What a paper of another body asked for: the item names the paper.
PAPERED = (Source.AUDIT, Source.ASSESSMENT, Source.SUPERIOR)


class Completion(models.TextChoices):
    """How far the work is. 完成 is not 基本完成, and neither is 销号 or 长期坚持."""

    NOT_STARTED = "not_started", "未启动"
    ONGOING = "ongoing", "正在整改"
    MOSTLY = "mostly_done", "基本完成"
    DONE = "done", "完成"


class Step(models.TextChoices):
    """The three signatures of a close-out, in their order."""

    APPLY = "apply", "申请销号"
    REVIEW = "review", "牵头单位审核"
    VERIFY = "verify", "复核验收"
