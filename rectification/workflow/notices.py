"""整改情况公开: who may do what to a notice and to a comment, in which state."""

from typing import TYPE_CHECKING, Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow
from rectification.models import CommentState, NoticeComment, NoticeState, PublicNotice
from rectification.notice_querysets import DESK, DRAFTERS, LEADERS

if TYPE_CHECKING:
    from collections.abc import Iterable

DRAFT, SUBMITTED, APPROVED, PUBLISHED, CLOSED, DISCARDED = NoticeState


def _here(row: Any, by: User, roles: frozenset[Any]) -> bool:
    return any(
        post.role in roles and row.region_id.startswith(prefix_of(post.region_id))
        for post in by.current_posts()
    )


def own_office(notice: PublicNotice, by: User) -> None:
    if not _here(notice, by, DRAFTERS):
        raise NotAllowed("notice.not_your_office", "整改情况公开由本地区的巡察办办理。")


def own_leader(notice: PublicNotice, by: User) -> None:
    if not _here(notice, by, LEADERS):
        raise NotAllowed("notice.not_your_region", "整改情况公开由本地区的领导批准。")


def another_person(notice: PublicNotice, by: User) -> None:
    """Two natural persons: one person with two accounts is one person."""
    if notice.drafted_by.person_id == by.person_id:
        raise NotAllowed("notice.own_draft", "整改情况公开的起草人和批准人不能是同一个人。")


def takes_comments(notice: PublicNotice, by: User) -> None:
    if not _here(notice, by, DRAFTERS | DESK):
        raise NotAllowed("notice.not_your_comments", "群众意见由本地区的巡察办和信访室记录。")


def own_desk(comment: NoticeComment, by: User) -> None:
    if not _here(comment, by, DESK):
        raise NotAllowed("notice_comment.not_your_desk", "信访件由本地区的信访室登记。")


def _step(
    name: str, label: str, sources: "Iterable[str]", target: str | None, roles: "Iterable[str]", **more: Any
) -> Transition:
    return Transition(
        name=name, label=label, sources=frozenset(sources), target=target, roles=frozenset(roles), **more
    )


NOTICE = Workflow("publicnotice", "整改情况公开", (
    _step("edit", "修改", {DRAFT}, None, DRAFTERS, who=(own_office,)),
    _step("reword", "改写问题", {DRAFT}, None, DRAFTERS, who=(own_office,)),
    _step("retake", "从整改事项重新取文字", {DRAFT}, None, DRAFTERS, who=(own_office,)),
    _step("withhold", "提出不公开", {DRAFT}, None, DRAFTERS, who=(own_office,)),
    _step("restore", "恢复公开", {DRAFT}, None, DRAFTERS, who=(own_office,)),
    _step("submit", "报送审批", {DRAFT}, SUBMITTED, DRAFTERS, who=(own_office,), primary=True),
    _step("discard", "作废", {DRAFT}, DISCARDED, DRAFTERS, who=(own_office,), note_required=True),
    _step("allow_withholding", "同意不公开", {SUBMITTED}, None, LEADERS, who=(own_leader,)),
    _step("approve", "批准", {SUBMITTED}, APPROVED, LEADERS, who=(own_leader, another_person), primary=True),
    _step("send_back", "退回修改", {SUBMITTED, APPROVED}, DRAFT, LEADERS, who=(own_leader,), note_required=True),
    _step("publish", "公开", {APPROVED}, PUBLISHED, DRAFTERS, who=(own_office,), primary=True),
    _step("record_comment", "记录群众意见", {PUBLISHED, CLOSED}, None, DRAFTERS | DESK, who=(takes_comments,)),
    _step("close", "结束公开", {PUBLISHED}, CLOSED, DRAFTERS, who=(own_office,), primary=True),
), others={"draft": "起草", "take_items": "取整改事项文字", "attach": "生成公开稿", "replace_file": "更换文件"})  # fmt: skip

COMMENT = Workflow("noticecomment", "群众意见", (
    _step("register", "登记信访件", {CommentState.RECEIVED}, CommentState.REGISTERED, DESK, who=(own_desk,),
          primary=True),
), others={"record": "记录", "attach": "上传文件", "replace_file": "替换文件"})  # fmt: skip
