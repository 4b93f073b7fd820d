"""反馈文件: who registers one and corrects it."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow
from rectification.models import PaperState

PAPER_DESKS = frozenset({Role.CASE_MANAGER, Role.SUPERVISION})
HERE = frozenset({PaperState.REGISTERED})


def own_desk(paper: Any, by: User) -> None:
    posts = (post for post in by.current_posts() if post.role in PAPER_DESKS)
    if not any(paper.region_id.startswith(prefix_of(post.region_id)) for post in posts):
        raise NotAllowed("source_paper.desk", "反馈文件由本地区的监督检查室或者案管室办理。")


SOURCE_PAPER = Workflow("sourcepaper", "反馈文件", (
    Transition(name="edit", label="修改", sources=HERE, target=None, roles=PAPER_DESKS, who=(own_desk,)),
    Transition(name="attach", label="上传扫描件", sources=HERE, target=None, roles=PAPER_DESKS, who=(own_desk,)),
    Transition(name="register_misuse", label="登记违规资金", sources=HERE, target=None,
               roles=frozenset({Role.SUPERVISION}), who=(own_desk,)),
    Transition(name="discard", label="作废", sources=HERE, target=PaperState.DISCARDED, roles=PAPER_DESKS,
               who=(own_desk,), note_required=True),
), others={"create": "登记", "replace_file": "替换文件"})  # fmt: skip
