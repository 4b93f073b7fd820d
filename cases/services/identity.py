"""查看反映人 by somebody who is not of the desk: asked with a reason, decided by a second person, read for a while."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from cases.models import IdentityRequest, Lead
from cases.roles import DESK, LEADERS, OFFICES
from cases.workflow import IDENTITY_REQUEST, LEAD
from povertyaudit.core import moment, notify, rows, vault
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, Post, Role, User
from povertyaudit.core.scope import region_under


@transaction.atomic
def request_identity(
    lead: Lead, *, by: User, reason: str, note: str = "", expected_version: int | None = None
) -> IdentityRequest:
    """申请查看反映人. The lead itself does not change. Raises NotAllowed for the desk, RuleBroken, WrongState."""
    row: Lead = LEAD.begin(lead, "request_identity", by=by, note=note, expected_version=expected_version)
    if not reason.strip():
        raise RuleBroken("identity.reason", "请写明为什么需要查看反映人。", field="reason")
    if not vault.kept_for(row):
        raise RuleBroken("identity.nothing", "该件没有登记反映人信息，不必申请。")
    if row.identity_requests.filter(requester=by.person_id, state="requested").exists():
        raise WrongState("identity.asked", "您已经提出申请，正在等待审批。")
    request = IdentityRequest(lead=row, requested_by=by, requester=by.person, reason=reason)
    entry = rows.beside(row, request, verb="identityrequest.request", by=by)
    notify.tell_of(
        request, _deciders(request), "有人申请查看反映人，请审批。", by=None, entry=entry, target=request.lead
    )
    return request


@transaction.atomic
def approve(
    request: IdentityRequest, *, by: User, note: str = "", expected_version: int | None = None
) -> IdentityRequest:
    """批准查看: from now on, for `VAULT_READ_MINUTES`, its reader alone."""
    until = moment.now() + timedelta(minutes=settings.VAULT_READ_MINUTES)
    done: Any = _decide(request, "approve", by, note, expected_version, expires_at=until)
    words = f"查看反映人的申请已批准，请在 {settings.VAULT_READ_MINUTES} 分钟内查看。"
    _tell(done, [done.requested_by], words, done.entry)
    _tell_desk(done, "已批准承办人员查看反映人。", done.entry)
    made: IdentityRequest = done
    return made


@transaction.atomic
def refuse(
    request: IdentityRequest, *, by: User, note: str = "", expected_version: int | None = None
) -> IdentityRequest:
    """不予批准, with the reason."""
    done: Any = _decide(request, "refuse", by, note, expected_version)
    _tell(done, [done.requested_by], "查看反映人的申请未获批准。", done.entry)
    made: IdentityRequest = done
    return made


@transaction.atomic
def withdraw(
    request: IdentityRequest, *, by: User, note: str = "", expected_version: int | None = None
) -> IdentityRequest:
    """撤回申请 while nobody has decided: by who asked."""
    return _write(_begin(request, "withdraw", by, note, expected_version), "withdraw", by, note)


@transaction.atomic
def end(
    request: IdentityRequest, *, by: User, note: str = "", expected_version: int | None = None
) -> IdentityRequest:
    """结束查看 of what was approved, before its time: by the reader, the desk, or who may decide."""
    return _write(_begin(request, "end", by, note, expected_version), "end", by, note)


@sensitive_variables()
@transaction.atomic
def read(request: IdentityRequest, *, by: User, expected_version: int | None = None) -> dict[str, str]:
    """What the vault holds, for the one reader, within his time. Each look is an entry of the record, and the desk is told.

    Raises NotAllowed for anybody else and when the lead is no longer in his sight, WrongState after the time.
    """
    row = _begin(request, "read", by, "", expected_version)
    plain, entry = vault.reveal_granted(row.lead, by=by, reason=row.reason, grant=row.public_id)
    _tell_desk(row, "经批准的承办人员查看了反映人。", entry)
    return plain


def _begin(
    request: IdentityRequest, verb: str, by: User, note: str, expected_version: int | None
) -> IdentityRequest:
    row: IdentityRequest = IDENTITY_REQUEST.begin(
        request, verb, by=by, note=note, expected_version=expected_version
    )
    if not Lead.objects.visible_to(by).filter(pk=row.lead_id).exists():
        raise NotAllowed("identity.out_of_sight", "这件线索已不在您的办理范围，不能办理。")
    return row


def _decide(
    request: IdentityRequest, verb: str, by: User, note: str, version: int | None, **values: Any
) -> IdentityRequest:
    row = _begin(request, verb, by, note, version)
    row.decided_by, row.decider, row.decided_at, row.decision = by, by.person, moment.now(), note
    for name, value in values.items():
        setattr(row, name, value)
    return _write(row, verb, by, note)


def _write(row: IdentityRequest, verb: str, by: User, note: str) -> IdentityRequest:
    row.state = str(IDENTITY_REQUEST.transitions[verb].target)
    said = {"note": note} if note else {}
    row.entry = rows.beside(row.lead, row, verb=f"identityrequest.{verb}", by=by, personal=said)  # type: ignore[attr-defined]
    return row


def _deciders(request: IdentityRequest) -> Any:
    """主要负责人 of the desk's body, and the lead's 分管领导 if he is of it; never the one who asks."""
    body = request.lead.registering_unit.region.county_code()
    posts = Post.objects.current().filter(region_under("region_id", body), role__in=LEADERS)
    who = posts.filter(Q(role=Role.SECRETARY) | Q(user=request.lead.leader_id))
    return User.objects.filter(pk__in=who.values("user")).exclude(person=request.requester_id)


def _tell_desk(request: IdentityRequest, text: str, entry: Any) -> None:
    desk = User.objects.holding(DESK | OFFICES, unit=request.lead.registering_unit)
    _tell(request, desk, text, entry)


def _tell(request: IdentityRequest, users: Iterable[User], text: str, entry: AuditEntry) -> None:
    notify.tell_of(request, users, text, by=None, entry=entry, target=request.lead)
