"""群众意见 on a published notice: taken down without a name, and registered as a petition without typing it again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.models import Category, IdentityStatus, Kind
from cases.services.registering import register as register_lead
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.core.scope import prefix_of
from rectification.models import NoticeComment, PublicNotice
from rectification.notice_querysets import DESK
from rectification.services.telling import tell
from rectification.workflow.notices import COMMENT, NOTICE

SUMMARY = 40


@transaction.atomic
def record_comment(
    notice: PublicNotice, *, by: User, channel: str, text: str, received_on: date | None = None, note: str = "",
    expected_version: int | None = None,
) -> PublicNotice:  # fmt: skip
    """记录群众意见 on a published notice, without who said it. 信访室 is told. Raises RuleBroken."""
    row = NOTICE.begin(notice, "record_comment", by=by, note=note, expected_version=expected_version)
    day = received_on or moment.today()
    if not row.published_on <= day <= moment.today():
        words = f"收到日期应在公开日期 {row.published_on} 和今天之间，请核对。"
        raise RuleBroken("comment.received_on", words, field="received_on")
    comment = NoticeComment(
        region=row.region, notice=row, received_on=day, channel=channel, text=text, recorded_by=by,
        number=numbering.take("notice_comment", row.region),
    )  # fmt: skip
    made = rows.create(comment, verb="noticecomment.record", by=by, note=note)
    here = [
        user
        for user in User.objects.holding(DESK).exclude(pk=by.pk)
        if any(
            post.role in DESK and row.region_id.startswith(prefix_of(post.region_id))
            for post in user.current_posts()
        )
    ]
    tell(made, here, "收到群众意见，请登记信访件。", kind="notice_comment")
    done: PublicNotice = NOTICE.finish(
        row, "record_comment", by=by, note=note, facts={"comment:number": made.number}
    )
    return done


@sensitive_variables("complainant", "identity")
@transaction.atomic
def register(
    comment: NoticeComment, *, by: User, kind: str = Kind.SUGGESTION, title: str = "", text: str = "",
    category: Category | None = None, style: Category | None = None,
    complainant: Mapping[str, str] | None = None, note: str = "", expected_version: int | None = None,
) -> NoticeComment:  # fmt: skip
    """登记信访件 by the one registering verb: day, channel and words as they were taken down. Who said it goes into the
    vault of the petition. A `text` given replaces the comment's too, for one that says who wrote it."""
    row: NoticeComment = COMMENT.begin(
        comment, "register", by=by, note=note, expected_version=expected_version
    )
    identity = {name: value for name, value in (complainant or {}).items() if value}
    words = text.strip() or row.text
    lead = register_lead(
        by=by, channel=row.channel, kind=kind, received_on=row.received_on, region=row.region,
        title=title.strip() or _summary(words), text=words, category=category, style=style,
        identity_status=IdentityStatus.CLAIMED if identity else IdentityStatus.ANONYMOUS,
        complainant=identity, other_numbers=[{"issuer": "整改情况公开", "number": row.number or ""}],
    )  # fmt: skip
    changes: dict[str, Any] = {"lead": lead, "text": words}
    done: NoticeComment = COMMENT.finish(
        row, "register", by=by, note=note, changes=changes, facts={"lead:number": lead.number}
    )
    return done


def _summary(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SUMMARY else f"{line[:SUMMARY]}…"
