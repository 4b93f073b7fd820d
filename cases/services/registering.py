"""登记: how a lead comes into the register, and what may be added to it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.models import (
    Batch,
    Category,
    Channel,
    IdentityStatus,
    Kind,
    Lead,
    OtherNumber,
    StepPaper,
)
from cases.services import conflicts, repeats
from cases.services.batches import check_batch
from cases.services.checking import broken_rules, details, doubts, nameless, unexplained
from cases.services.intake import start_clocks
from cases.services.people import of_registration
from cases.services.telling import tell_registry
from cases.workflow import LEAD
from povertyaudit.core import files, numbering, rows, secrecy, vault
from povertyaudit.core.errors import NotAllowed, RuleBroken, raise_all
from povertyaudit.core.models import Attachment, Post, Region, Role, Row, User

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


def channels_of(user: User) -> list[str]:
    """The channels this user's posts may register, in the order of the list."""
    allowed = set().union(*(CHANNELS.get(post.role, frozenset()) for post in user.current_posts()))
    return [channel for channel in Channel.values if channel in allowed]


def likely_number(by: User, channel: str) -> str:
    """The number the next lead of this channel will probably get; takes none. Raises NotAllowed, RuleBroken."""
    unit = post_for(channel, by).unit
    return numbering.peek("lead", unit.region, unit.office_code)


@sensitive_variables("complainant", "subjects")
@transaction.atomic
def register(
    *, by: User, channel: str, received_on: date, title: str, region: Region, kind: str = Kind.COMPLAINT,
    identity_status: str = IdentityStatus.ANONYMOUS, text: str = "", category: Category | None = None,
    style: Category | None = None, amount_fen: int | None = None, result_due_on: date | None = None,
    batch: Batch | None = None, subjects: Sequence[Mapping[str, Any]] = (),
    other_numbers: Sequence[Mapping[str, str]] = (), complainant: Mapping[str, str] | None = None,
    petition_scans: Iterable[UploadedFile] = (), attachments: Iterable[UploadedFile] = (),
    intake: Mapping[str, Any] | None = None, check_note: str | None = None,
) -> Lead:  # fmt: skip
    """登记问题线索: numbered, recorded, its clocks started; the complainant goes into the vault and nowhere else.

    `subjects`: what `people.FIELDS` names and `id_number`; `intake`: what the channel asks (`models.ASKED`); `check_note`:
    why what looks like a slip is none (None: the caller cannot say, the doubt stays open). Raises NotAllowed, RuleBroken.
    """
    post = post_for(channel, by)
    lead = Lead(
        region=region, channel=channel, kind=kind, identity_status=identity_status, received_on=received_on, title=title,
        text=text, category=category, style=style, amount_fen=amount_fen, result_due_on=result_due_on,
        registering_unit=post.unit, registered_by=by, acknowledgement_owed=is_named_complaint(kind, identity_status),
        check_note=check_note or "", batch=batch,
    )  # fmt: skip
    identity = {name: value for name, value in (complainant or {}).items() if value}
    children = [
        *_judged(lead, subjects, identity, intake, check_note),
        *(OtherNumber(**row) for row in other_numbers),
    ]
    _refuse_identity(lead, children, identity)
    lead.number = numbering.take("lead", post.unit.region, post.unit.office_code)
    start_clocks(lead := repeats.index(rows.create(lead, verb="lead.register", by=by, children=children)))
    if lead.counts and post.role != Role.CASE_MANAGER:
        tell_registry(lead, "已登记，请提出分办意见。", by=by)
    return _keep_safe(conflicts.keep_out(lead, by=by), post, identity, petition_scans, attachments, by=by)


@sensitive_variables("subjects", "identity")
def _judged(
    lead: Lead, subjects: Sequence[Mapping[str, Any]], identity: Mapping[str, str],
    intake: Mapping[str, Any] | None, check_note: str | None,
) -> list[Row]:  # fmt: skip
    """What stands below the lead — where it came from, the persons — once nothing is wrong and every doubt explained."""
    found = broken_rules(lead, len(subjects), identity)
    detail = details(lead, intake, found)
    raise_all(found)
    if lead.batch is not None:
        check_batch(lead.batch, lead)
    persons = of_registration(subjects, lead.received_on)
    raise_all(unexplained([*doubts(lead, persons), *nameless(lead, identity)], check_note))
    return [*([detail] if detail else []), *persons]


@sensitive_variables()
def _refuse_identity(lead: Lead, children: Iterable[Any], identity: Mapping[str, str]) -> None:
    """What is registered may not name who complained."""
    told = {
        "title": lead.title,
        "text": lead.text,
        "check_note": lead.check_note,
        "subjects": "\n".join(secrecy.texts_of(children).values()),
    }
    secrecy.refuse_of(identity, told, desk=True, places={"subjects": "被反映人、来件情况或外部编号里"})


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


def post_for(channel: str, by: User) -> Post:
    """The post by which `by` registers this channel."""
    roles = [role for role, channels in CHANNELS.items() if channel in channels]
    if not by.roles & set(CHANNELS):
        raise NotAllowed("register.role", "您的岗位不登记问题线索。")
    post = by.post_as(roles)
    if post is None:
        names = "、".join(str(Role(role).label) for role in roles)
        raise RuleBroken("register.channel", f"这一来源渠道由{names or '其他部门'}登记。", field="channel")
    return post


def is_named_complaint(kind: str, identity_status: str) -> bool:
    return kind in (Kind.COMPLAINT, Kind.APPEAL) and identity_status != IdentityStatus.ANONYMOUS


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
