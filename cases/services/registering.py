"""登记: how a lead comes into the register, and what may be added to it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.models import (
    Axis,
    Batch,
    Category,
    Channel,
    IdentityStatus,
    Kind,
    Lead,
    OtherNumber,
    StepPaper,
)
from cases.services import conflicts
from cases.services.batches import check_batch
from cases.services.intake import start_clocks
from cases.services.people import MANY_SUBJECTS, of_registration
from cases.services.telling import tell_registry
from cases.workflow import LEAD
from povertyaudit.core import clocks, files, moment, numbering, rows, secrecy, vault
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, Several
from povertyaudit.core.models import Attachment, Post, Region, Role, User

COMPLAINTS = (
    Channel.LETTER, Channel.VISIT, Channel.CALL, Channel.WEB, Channel.SMS, Channel.PLATFORM, Channel.DROP_BOX,
    Channel.MARKET_DAY, Channel.HOTLINE,
)  # fmt: skip
FOUND = (Channel.OWN_DISCOVERY, Channel.DATA_MATCH, Channel.MEDIA, Channel.SELF_REPORT)
# 信访室 receives complaints, 案管室 all hand-overs, the offices register what they find themselves
# (监察法实施条例 2021 art. 172).
CHANNELS: dict[str, frozenset[str]] = {
    Role.PETITION: frozenset({*COMPLAINTS, Channel.SUPERIOR}),
    Role.CASE_MANAGER: frozenset(
        {Channel.SUPERIOR, Channel.INSPECTION, Channel.HANDOVER, Channel.INSTRUCTION, *FOUND}
    ),
    Role.SUPERVISION: frozenset(FOUND),
    Role.INVESTIGATION: frozenset(FOUND),
}
OLDEST = date(2000, 1, 1)


def channels_of(user: User) -> list[str]:
    """The channels this user's posts may register, in the order of the list."""
    allowed = set().union(*(CHANNELS.get(post.role, frozenset()) for post in user.current_posts()))
    return [channel for channel in Channel.values if channel in allowed]


@sensitive_variables("complainant", "subjects")
@transaction.atomic
def register(
    *,
    by: User,
    channel: str,
    received_on: date,
    title: str,
    region: Region,
    kind: str = Kind.COMPLAINT,
    identity_status: str = IdentityStatus.ANONYMOUS,
    text: str = "",
    category: Category | None = None,
    style: Category | None = None,
    amount_fen: int | None = None,
    result_due_on: date | None = None,
    batch: Batch | None = None,
    subjects: Sequence[Mapping[str, Any]] = (),
    other_numbers: Sequence[Mapping[str, str]] = (),
    complainant: Mapping[str, str] | None = None,
    petition_scans: Iterable[UploadedFile] = (),
    attachments: Iterable[UploadedFile] = (),
) -> Lead:
    """登记问题线索: numbered, recorded, its clocks started; the complainant goes into the vault and nowhere else.

    `subjects`: what `people.FIELDS` names and `id_number`; `other_numbers`: issuer, number. Raises NotAllowed, RuleBroken.
    """
    post = _post_for(channel, by)
    lead = Lead(
        region=region, channel=channel, kind=kind, identity_status=identity_status, received_on=received_on, title=title,
        text=text, category=category, style=style, amount_fen=amount_fen, result_due_on=result_due_on,
        registering_unit=post.unit, registered_by=by, acknowledgement_owed=_is_named_complaint(kind, identity_status), batch=batch,
    )  # fmt: skip
    identity = {name: value for name, value in (complainant or {}).items() if value}
    _check(lead, len(subjects), identity)
    children = [*of_registration(subjects, received_on), *(OtherNumber(**row) for row in other_numbers)]
    _refuse_identity(lead, children, identity)
    lead.number = numbering.take("lead", post.unit.region, post.unit.office_code)
    start_clocks(lead := rows.create(lead, verb="lead.register", by=by, children=children))
    conflicts.keep_out(lead, by=by)
    if lead.counts and post.role != Role.CASE_MANAGER:
        tell_registry(lead, "已登记，请提出分办意见。", by=by)
    return _keep_safe(lead, post, identity, petition_scans, attachments, by=by)


@sensitive_variables()
def _refuse_identity(lead: Lead, children: Iterable[Any], identity: Mapping[str, str]) -> None:
    """What is registered may not name who complained."""
    told = {
        "title": lead.title,
        "text": lead.text,
        "subjects": "\n".join(secrecy.texts_of(children).values()),
    }
    secrecy.refuse_of(identity, told, desk=True, places={"subjects": "被反映人或外部编号里"})


@sensitive_variables("identity")
def _keep_safe(
    lead: Lead,
    post: Post,
    identity: Mapping[str, str],
    scans: Iterable[Any],
    papers: Iterable[Any],
    *,
    by: User,
) -> Lead:
    """The complainant into the vault, the originals for the desk alone, other papers for who sees the lead."""
    if identity:
        vault.put(lead, post.unit, identity, by=by)
    for scan in scans:
        files.attach(lead, scan, by=by, kind="petition_scan", title="来信来访材料", desk_unit=post.unit)
    for paper in papers:
        files.attach(lead, paper, by=by, kind="material")
    lead.refresh_from_db()
    return lead


def _post_for(channel: str, by: User) -> Post:
    """The post by which `by` registers this channel."""
    roles = [role for role, channels in CHANNELS.items() if channel in channels]
    if not by.roles & set(CHANNELS):
        raise NotAllowed("register.role", "您的岗位不登记问题线索。")
    post = by.post_as(roles)
    if post is None:
        names = "、".join(str(Role(role).label) for role in roles)
        raise RuleBroken("register.channel", f"这一来源渠道由{names or '其他部门'}登记。", field="channel")
    return post


def _is_named_complaint(kind: str, identity_status: str) -> bool:
    return kind in (Kind.COMPLAINT, Kind.APPEAL) and identity_status != IdentityStatus.ANONYMOUS


def _check(lead: Lead, persons: int, identity: Mapping[str, str]) -> None:
    """What must be true of a registration, all broken rules at once."""
    today = moment.today()
    found: list[DomainError] = []

    def broken(code: str, text: str, field: str) -> None:
        found.append(RuleBroken(f"register.{code}", text, field=field))

    if lead.received_on > today:
        broken("future", "受理日期不能晚于今天，请核对。", "received_on")
    elif lead.received_on < OLDEST:
        broken("absurd", f"受理日期早于 {OLDEST.year} 年，请核对年份。", "received_on")
    if lead.result_due_on and lead.result_due_on < lead.received_on:
        broken("due", "报结果日期不能早于受理日期，请核对。", "result_due_on")
    _check_categories(lead, today, broken)
    if lead.batch is not None:
        check_batch(lead.batch, lead)
    if lead.counts and not lead.text.strip() and not persons:
        broken("empty", "请写明反映的主要问题，或者登记被反映人。", "text")
    if persons > MANY_SUBJECTS:
        broken("subjects", f"一件线索最多登记 {MANY_SUBJECTS} 名被反映人，请分件登记。", "subjects")
    if identity and lead.identity_status == IdentityStatus.ANONYMOUS:
        broken("anonymous", "匿名件不登记反映人信息；已知反映人的，请把署名情况改为实名。", "identity_status")
    if found:
        raise found[0] if len(found) == 1 else Several(found)


def _check_categories(lead: Lead, today: date, broken: Any) -> None:
    """A lead falls under a category on at least one axis; a category must stand on its own axis and be in use."""
    for name, axis in (("category", Axis.CORRUPTION), ("style", Axis.STYLE)):
        category = getattr(lead, name)
        if category is None:
            continue
        if category.axis != axis:
            broken("axis", f"“{category.name}”不属于{axis.label}，请在对应的一栏选择。", name)
        elif (then := Category.objects.of_day(category, lead.received_on)) is not None:
            setattr(lead, name, then)  # in the words of the day
        else:
            broken("category_ended", f"类别“{category.name}”在受理时没有启用，请改选。", name)
    if lead.counts and lead.category is None and lead.style is None:
        broken("category", "请选择问题类别或作风问题，至少一项。", "category")


@transaction.atomic
def amend(
    lead: Lead, *, by: User, expected_version: int | None = None, note: str = "", **changes: Any
) -> Lead:
    """修改登记内容. Accepts title, text, kind, region, category, style, amount_fen; anything else is a TypeError."""
    if unknown := set(changes) - {"title", "text", "kind", "region", "category", "style", "amount_fen"}:
        raise TypeError(f"not amendable: {sorted(unknown)}")
    row = LEAD.begin(lead, "amend", by=by, note=note, expected_version=expected_version)
    region = changes.get("region")
    if region is not None and region.code[:6] != row.region_id[:6]:
        raise RuleBroken(
            "amend.region", "问题属地只能在本县范围内更正；属于其他县的请办理转办。", field="region"
        )
    kind = changes.get("kind", row.kind)
    if kind != row.kind and row.state != "registered":
        raise RuleBroken("amend.kind", "分办以后不能再改类型，请先退回案管室。", field="kind")
    probe = Lead(
        received_on=row.received_on, kind=kind, text=changes.get("text", row.text),
        category=changes.get("category", row.category), style=changes.get("style", row.style),
    )  # fmt: skip
    _check(probe, row.subjects.count(), {})
    changes |= {name: getattr(probe, name) for name in ("category", "style") if name in changes}
    counted = row.counts
    if kind != row.kind:
        changes["acknowledgement_owed"] = row.acknowledged_on is None and _is_named_complaint(
            kind, row.identity_status
        )
    done: Lead = LEAD.finish(row, "amend", by=by, note=note, changes=changes)
    if counted and not done.counts:
        clocks.stop_all(done, moment.today(), "lead.amend")
    elif done.counts and not counted:
        start_clocks(done)
        tell_registry(done, "改按问题线索登记，请提出分办意见。", by=by)
    conflicts.apply(done, by=by)
    return done


@transaction.atomic
def add_number(
    lead: Lead, *, by: User, issuer: str, number: str, note: str = "", expected_version: int | None = None
) -> Lead:
    """登记外部编号: the number another level or office gave the same lead."""
    row = LEAD.begin(lead, "add_number", by=by, note=note, expected_version=expected_version)
    other = OtherNumber(lead=row, issuer=issuer, number=number)
    done: Lead = LEAD.finish(row, "add_number", by=by, note=note, saved=[other])
    return done


@transaction.atomic
def attach(
    lead: Lead, *, by: User, file: UploadedFile, title: str = "", desk_only: bool = False, step: int | None = None,
    expected_version: int | None = None,
) -> Attachment:  # fmt: skip
    """上传材料. `desk_only`: an original of the complaint, seen by the registering desk alone. `step`: the ordinal of
    the disposition step it belongs to."""
    row: Lead = LEAD.begin(lead, "attach", by=by, expected_version=expected_version)
    desk = row.registering_unit if desk_only else None
    if desk is not None and desk.pk not in by.unit_ids:
        raise NotAllowed("attach.desk", "来信来访原件由登记单位上传和保管。")
    if step is not None:
        return _attach_to_step(row, step, file, by=by, title=title, desk_only=desk_only)
    kind = "petition_scan" if desk_only else "material"
    return files.attach(row, file, by=by, kind=kind, title=title, desk_unit=desk)


def _attach_to_step(
    lead: Lead, ordinal: int, file: UploadedFile, *, by: User, title: str, desk_only: bool
) -> Attachment:
    step = lead.steps.filter(ordinal=ordinal).first()
    if step is None:
        raise RuleBroken("attach.step", "没有这个步骤，请重新选择。", field="step")
    if desk_only:
        raise RuleBroken("attach.desk_step", "来信来访原件不属于处置步骤，请只选其中一项。", field="step")
    paper = files.prepare(lead, file, by=by, kind="step_paper", title=title)
    said = {"file": paper.public_id, "sha256": paper.sha256, "step": ordinal}
    LEAD.finish(lead, "attach", by=by, saved=[paper, StepPaper(step=step, attachment=paper)], facts=said)
    return paper
