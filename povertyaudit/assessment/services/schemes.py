"""提出考核办法, or a successor to one: 案管室 proposes, 安全保密 confirms, in the catalogue of terms."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from povertyaudit.assessment.counting import CATALOGUE
from povertyaudit.assessment.models import AssessmentScheme, Indicator, Judged, Way
from povertyaudit.assessment.models.schemes import WHOLE
from povertyaudit.core import terms
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import Region, Unit, User

MOST = 30  # indicators


def propose(
    *, by: User, code: str, name: str, region: Region, judged: str, period: str, indicators: Iterable[Mapping[str, Any]],
    valid_from: date, adjust_most: int = 5, anchor: str = "", note: str = "",
) -> AssessmentScheme:  # fmt: skip
    """提出新增, or 提出修改 where a scheme of this code is in force: the one before then ends on the day before.

    `indicators`: {"code", "name", "weight", "way", "measure", "full_at", "zero_at", "per_case", "scorers": [Unit]}.
    Raises NotAllowed, RuleBroken at the field.
    """
    told = [_indicator(one) for one in indicators]
    raise_all([*_together(told, judged), *(error for one in told for error in _of_one(one, judged))])
    scheme = AssessmentScheme(
        code=code, name=name, region=region, judged=judged, period=period, adjust_most=adjust_most, anchor=anchor,
        indicators=[one.as_json() for one in told], weight_sum=sum(one.weight for one in told),
    )  # fmt: skip
    if adjust_most > 20:
        raise RuleBroken("scheme.adjust_most", "加减分合计最多 20 分。", field="adjust_most")
    present = AssessmentScheme.objects.named().filter(code=code, valid_to=None).first()
    if present is None:
        return cast("AssessmentScheme", terms.propose(scheme, by=by, valid_from=valid_from, note=note))
    if (present.region_id, present.judged, present.period) != (region.pk, judged, period):
        text = f"代码“{code}”的办法考核对象和周期不同，修改办法不能改变它们；另定办法请换一个代码。"
        raise RuleBroken("scheme.taken", text, field="code")
    return cast("AssessmentScheme", terms.replace(present, scheme, by=by, valid_from=valid_from, note=note))


def _indicator(said: Mapping[str, Any]) -> Indicator:
    off: Decimal | None = said.get("per_case")
    return Indicator(
        code=said["code"], name=said["name"], weight=said["weight"], way=said["way"], measure=said.get("measure") or "",
        full_at=said.get("full_at") or 0, zero_at=said.get("zero_at") or 0, per_case=str(off) if off else "",
        scorers=tuple(unit.pk for unit in said.get("scorers") or ()),
        offices=tuple(unit.name for unit in said.get("scorers") or ()),
    )  # fmt: skip


def _together(told: list[Indicator], judged: str) -> list[DomainError]:
    whole = sum(one.weight for one in told)
    found: list[DomainError] = []
    if not told or len(told) > MOST:
        found.append(RuleBroken("scheme.indicators", f"请填写 1 至 {MOST} 项指标。", field="indicators"))
    elif whole != WHOLE:
        text = f"各项指标的权重合计是 {whole}，应是 {WHOLE}，请修改。"
        found.append(RuleBroken("scheme.weights", text, field="indicators"))
    if len({one.code for one in told}) != len(told):
        found.append(RuleBroken("scheme.code_twice", "指标代码不能重复。", field="indicators"))
    return found


def _of_one(one: Indicator, judged: str) -> list[DomainError]:
    text = ""
    if not terms.A_CODE.fullmatch(one.code):
        text = "代码由 2 至 30 个英文字母、数字和下划线组成，以字母开头"
    elif one.way == Way.COUNTED:
        text = _counted(one, judged)
    elif one.measure:
        text = "只有按台账计数的指标选择计数口径"
    elif one.way == Way.SCORED and not one.scorers:
        text = "请选择评分单位"
    elif one.way == Way.REVERSE and (one.scorers or judged != Judged.DEPARTMENT):
        text = "逆向考评由各乡镇评县直部门，不另选评分单位"
    return [RuleBroken("scheme.indicator", f"指标“{one.name}”：{text}。", field="indicators")] if text else []


def _counted(one: Indicator, judged: str) -> str:
    measure = CATALOGUE.get(one.measure)
    if measure is None:
        return "请选择计数口径"
    if measure.only_towns and judged != Judged.TOWNSHIP:
        return f"“{measure.name}”只能用于考核乡镇"
    if one.scorers:
        return "按台账计数的不选评分单位"
    if not one.per_case and one.full_at == one.zero_at:
        return "请填写得满分和得 0 分的数，两个数不能相同；或者填写每件扣几分"
    return ""


def offices(region: Region) -> Any:
    """Units that may be asked to score: those of the county today."""
    return Unit.objects.current().filter(region__code__startswith=region.prefix).exclude(kind="outside")
