"""巡察: what rounds looked at, found, demanded and handed on. What a round still secret did is in no county figure."""

from typing import Any

from django.db.models import Q

from inspections.models import Finding, ImmediateNotice, InspectionTerm, Opinion, Round, RoundObject
from povertyaudit.reporting.indicators import ways
from povertyaudit.reporting.indicators.base import Indicator
from povertyaudit.reporting.indicators.days import Between, from_to

RULES = "中国共产党巡视工作条例、本县巡察工作办法"
BY_ROUND = ways.named("round", "按轮次", Round)


def _known(path: str) -> Any:
    return lambda: Q(**{f"{path}secret": False}) | Q(**{f"{path}finished_on__isnull": False})


def _of_round(
    code: str,
    name: str,
    unit: str,
    counts: str,
    model: Any,
    path: str,
    by: str,
    filters: str,
    period: str,
    **more: Any,
) -> Indicator:
    return Indicator(
        code=code, name=name, unit=unit, counts=counts, period=period, source=RULES, model=model, path=path,
        during=Between(by), days=from_to(filters), known=_known("" if model is Round else "round__"), **more,
    )  # fmt: skip


def _objects(code: str, name: str, kind: str) -> Indicator:
    return _of_round(
        code, name, "个", f"列入轮次的{name}个数；同一个村列入两个轮次计两次。", RoundObject, "round-objects",
        "round__starts_on", "starts", "按轮次进驻日期", narrow=lambda: Q(kind=kind), asked={"kind": kind},
        region="round__region_id",
    )  # fmt: skip


ROUNDS = _of_round(
    "rounds",
    "巡察轮次",
    "轮",
    "进驻的轮次数，常规和专项都计。",
    Round,
    "rounds",
    "starts_on",
    "starts",
    "按进驻日期",
)
VILLAGES = _objects("round_villages", "巡察的村", "village")
EXTENDED = _objects("round_extended", "延伸巡察的村", "extension_village")
FINDINGS = _of_round(
    "findings", "巡察发现问题", "个", "轮次登记的问题个数，一个问题提几条整改意见仍是一个。", Finding, "findings",
    "found_on", "found", "按发现日期", narrow=lambda: ~Q(state="withdrawn"), asked={"standing": "true"},
    ways=(
        ways.termed(
            "problem_class", "按问题大类",
            lambda: InspectionTerm.objects.filter(axis=InspectionTerm.Axis.PROBLEM_CLASS).codes(), by="class_term",
        ),
        BY_ROUND,
    ),
)  # fmt: skip


def _opinions(code: str, name: str, kind: str, state: str = "") -> Indicator:
    said = "发出并且已经采纳的" if state else "发出的"
    sent = Q(state=state) if state else ~Q(state="withdrawn")
    asked = {"kind": kind, "state": state} if state else {"kind": kind, "standing": "true"}
    return _of_round(
        code, name, "条", f"{said}{name.removeprefix('已采纳的')}条数，撤销的不计。", Opinion, "opinions", "sent_on", "sent",
        "按发出日期", narrow=lambda: Q(kind=kind) & sent, asked=asked, ways=(BY_ROUND,),
    )  # fmt: skip


OPINIONS = _opinions("opinions", "整改意见", "rectify")
ACCEPTED = _opinions("opinions_accepted", "已采纳的整改意见", "rectify", "accepted")
ADVICE = _opinions("advice", "相关职能部门意见", "advice")
AT_ONCE = _of_round(
    "immediate_notices", "立行立改", "件", "发出的立行立改通知件数。", ImmediateNotice, "immediate-notices", "issued_on",
    "issued", "按发出日期", ways=(BY_ROUND,),
)  # fmt: skip
AT_ONCE_DONE = _of_round(
    "immediate_closed", "已办结的立行立改", "件", "发出的立行立改通知中，现在已经办结的件数。", ImmediateNotice,
    "immediate-notices", "issued_on", "issued", "按发出日期，办结与否按现在", narrow=lambda: Q(state="closed"),
    asked={"state": "closed"}, ways=(BY_ROUND,),
)  # fmt: skip
INDICATORS = (ROUNDS, VILLAGES, EXTENDED, FINDINGS, OPINIONS, ACCEPTED, ADVICE, AT_ONCE, AT_ONCE_DONE)
