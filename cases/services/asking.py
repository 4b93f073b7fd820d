"""打听干预 and 问责: registered, decided, carried out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from cases.asking_querysets import REPORTERS
from cases.models import Accountability, Interference, Lead, Responsible
from cases.models.accountability import OF_BODIES, OF_PERSONS
from cases.services.checking import check_day
from cases.services.telling import serving
from cases.workflow import ACCOUNTABILITY, INTERFERENCE, OPENERS
from povertyaudit.core import moment, notify, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Role, User


@transaction.atomic
def record_interference(
    *, by: User, asker: str, asked_on: date, way: str, text: str, asker_post: str = "", lead: Lead | None = None,
    note: str = "",
) -> Interference:  # fmt: skip
    """报告打听干预; the registry is told that there is one, not what. `lead` must be one the reporter may see."""
    post = by.post_as(REPORTERS)
    if post is None:
        raise NotAllowed("interference.role", "打听干预由纪检监察机关的人员报告。")
    if way not in Interference.Way.values:
        raise RuleBroken("interference.way", "请选择方式。", field="way")
    check_day(asked_on, "asked_on", code="interference.day", what="打听干预的时间")
    if lead is not None and not Lead.objects.visible_to(by).filter(pk=lead.pk).exists():
        raise RuleBroken("interference.lead", "没有找到这件线索，请核对编号。", field="lead")
    county = Region.objects.get(code=post.region.county_code())
    row = Interference(
        region=county, asker=asker, asker_post=asker_post, asked_on=asked_on, way=way, text=text, lead=lead,
        reported_by=by, reported_on=moment.today(), number=numbering.take("interference", county),
    )  # fmt: skip
    made: Interference = rows.create(row, verb="interference.record", by=by, note=note)
    notify.tell_of(made, serving({Role.CASE_MANAGER}, county.code), "有新的打听干预报告，请处理。", by=by)
    return made


def handle(
    row: Interference, *, by: User, handling: str, expected_version: int | None = None
) -> Interference:
    """登记处理, by the registry or the head, not by who reported it."""
    if not handling.strip():
        raise RuleBroken("interference.handling", "请写明处理情况。", field="handling")
    done: Interference = INTERFERENCE.apply(
        row, "handle", by=by, expected_version=expected_version, handling=handling, handled_by=by,
        handled_on=moment.today(),
    )  # fmt: skip
    return done


@transaction.atomic
def open_accountability(
    *, by: User, lead: Lead, title: str, responsible: Sequence[Mapping[str, Any]], own_staff: bool = False, note: str = "",
) -> Accountability:  # fmt: skip
    """启动问责 from a lead the opener may see; those who answer come with it. Raises NotAllowed, RuleBroken."""
    if by.post_as(OPENERS) is None:
        raise NotAllowed("accountability.role", "问责由承办部门或案管室启动。")
    if not Lead.objects.visible_to(by).filter(pk=lead.pk).exists():
        raise RuleBroken("accountability.lead", "没有找到这件线索，请核对编号。", field="lead")
    office = lead.acting_unit or lead.handling_unit
    if office is None:
        raise RuleBroken(
            "accountability.not_dispatched", "线索还没有分办，分办以后再启动问责。", field="lead"
        )
    if not responsible:
        raise RuleBroken("accountability.nobody", "请至少登记一个问责对象。", field="responsible")
    county = Region.objects.get(code=office.region.county_code())
    row = Accountability(
        region=county, lead=lead, title=title, own_staff=own_staff, handling_unit=office, opened_by=by,
        opened_on=moment.today(), number=numbering.take("accountability", county),
    )  # fmt: skip
    children = [Responsible(accountability=row, **one) for one in responsible]
    made: Accountability = rows.create(row, verb="accountability.open", by=by, note=note, children=children)
    return made


@transaction.atomic
def add_responsible(
    row: Accountability, *, by: User, kind: str, name: str, duty: str, post_text: str = "", measure: str = "",
    note: str = "", expected_version: int | None = None,
) -> Accountability:  # fmt: skip
    """增加问责对象."""
    root = ACCOUNTABILITY.begin(row, "add_responsible", by=by, note=note, expected_version=expected_version)
    one = Responsible(
        accountability=root, kind=kind, name=name, post_text=post_text, duty=duty, measure=measure
    )
    done: Accountability = ACCOUNTABILITY.finish(root, "add_responsible", by=by, note=note, saved=[one])
    return done


@transaction.atomic
def set_measure(
    row: Accountability, *, by: User, responsible: Responsible, measure: str, note: str = "",
    expected_version: int | None = None,
) -> Accountability:  # fmt: skip
    """拟定问责方式 of one of those who answer: 检查 and 改组 are for bodies, 诫勉 and sanctions for persons."""
    root = ACCOUNTABILITY.begin(row, "set_measure", by=by, note=note, expected_version=expected_version)
    one = root.objects_of.filter(pk=responsible.pk).first()
    if one is None:
        raise RuleBroken("responsible.unknown", "没有这个问责对象，请重新选择。", field="responsible")
    allowed = OF_PERSONS if one.kind == "person" else OF_BODIES
    if measure not in allowed:
        text = "检查、改组用于单位和地方，诫勉、组织处理和处分用于个人，请改选。"
        raise RuleBroken("responsible.measure", text, field="measure")
    one.measure = measure
    done: Accountability = ACCOUNTABILITY.finish(root, "set_measure", by=by, note=note, saved=[one])
    return done


@transaction.atomic
def decide(
    row: Accountability, *, by: User, document: str, note: str = "", expected_version: int | None = None
) -> Accountability:
    """作出决定, by the head, once every one of those who answer has a measure (不予问责 is one)."""
    root = ACCOUNTABILITY.begin(row, "decide", by=by, note=note, expected_version=expected_version)
    if not document.strip():
        raise RuleBroken("accountability.document", "请填写决定文号。", field="document")
    left = root.objects_of.filter(measure="").count()
    if left:
        raise RuleBroken("accountability.open_ones", f"还有 {left} 个问责对象没有拟定问责方式，请先补齐。")
    changes = {"decided_by": by, "decided_on": moment.today(), "document": document}
    done: Accountability = ACCOUNTABILITY.finish(root, "decide", by=by, note=note, changes=changes)
    return done


def carry_out(
    row: Accountability, *, by: User, result: str, note: str = "", expected_version: int | None = None
) -> Accountability:
    """登记落实."""
    if not result.strip():
        raise RuleBroken("accountability.result", "请写明落实情况。", field="result")
    done: Accountability = ACCOUNTABILITY.apply(
        row, "carry_out", by=by, note=note, expected_version=expected_version, result=result,
        carried_out_on=moment.today(),
    )  # fmt: skip
    return done
