"""账号: what may be done with one, by which officer. None acts on an account of his own person; the auditor on none."""

from typing import Any

from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import KEEPERS, OFFICERS, AccountState, PasswordReset, Role, User
from povertyaudit.core.scope import prefix_of
from povertyaudit.core.workflow import Transition, Workflow

IN_USE = frozenset({AccountState.ACTIVE, AccountState.WAITING, AccountState.LOCKED})
ANY = IN_USE | {AccountState.INACTIVE}
TECHNICAL, RIGHTS = frozenset({Role.SYSADMIN}), frozenset({Role.SECADMIN})


def in_charge(account: Any, by: User) -> None:
    """An officer looks after the accounts of his region and of what lies below it."""
    code = account.region_id or "-"
    if not any(
        code.startswith(prefix_of(post.region_id)) for post in by.current_posts() if post.role in KEEPERS
    ):
        raise NotAllowed("account.region", "这个账号不属于您管理的地区。")


def another_person(account: Any, by: User) -> None:
    if account.person_id == by.person_id:
        raise NotAllowed("account.self", "这是您本人的账号，请由另一位管理员办理。")


def neither_asked(account: Any, by: User) -> None:
    """The second pair of eyes on a reset is not the first."""
    waiting = pending_reset(account)
    if waiting is not None and waiting.requester_id == by.person_id:
        raise NotAllowed("reset.requester", "申请重置的人不能自己确认，请由另一位安全保密管理员确认。")


def pending_reset(account: Any) -> PasswordReset | None:
    """The reset of this account that waits for confirmation."""
    return next((reset for reset in account.resets.all() if reset.state == "pending"), None)


def is_officer(account: User) -> bool:
    """Today or from a later day on."""
    return bool({post.role for post in account.open_posts()} & OFFICERS)


def reset_waits(account: Any) -> bool:
    return pending_reset(account) is not None


def was_locked(account: Any) -> bool:
    """Locked now, or locked lately and not signed in since."""
    return account.locked_until is not None


def has_post(account: Any) -> bool:
    return bool(account.open_posts())


def _verb(
    name: str, label: str, roles: frozenset[Role], sources: frozenset[AccountState], **more: Any
) -> Transition:
    who = (in_charge, another_person, *more.pop("who", ()))
    return Transition(name=name, label=label, sources=sources, target=None, roles=roles, who=who, **more)


ACCOUNT = Workflow(
    "account",
    "账号",
    (
        _verb("amend", "修改联系方式", TECHNICAL, ANY),
        _verb("unlock", "解除锁定", TECHNICAL, IN_USE, when=was_locked, primary=True),
        _verb("reset_password", "重置密码", TECHNICAL, IN_USE),
        _verb("end_sessions", "结束登录", TECHNICAL, ANY),
        _verb("deactivate", "停用", TECHNICAL, IN_USE, note_required=True),
        _verb("reactivate", "启用", TECHNICAL, frozenset({AccountState.INACTIVE}), note_required=True),
        _verb("confirm_reset", "确认重置密码", RIGHTS, IN_USE, who=(neither_asked,), when=reset_waits, primary=True),
        _verb("refuse_reset", "不同意重置", RIGHTS, IN_USE, who=(neither_asked,), when=reset_waits, note_required=True),
        _verb("grant", "授予任职", RIGHTS, IN_USE),
        _verb("change_term", "调整任期", RIGHTS, ANY, when=has_post),
        _verb("end_post", "解除任职", RIGHTS, ANY, when=has_post),
        _verb("hand_over", "移交工作", RIGHTS, ANY, when=has_post),
    ),
    others={
        "create": "开设账号",
        "sign_in": "登录",
        "sign_in_failed": "登录失败",
        "locked": "连续失败，账号锁定",
        "token": "取得接口令牌",
        "issue_token": "签发接口授权",
        "revoke_token": "作废接口授权",
        "sign_out": "退出",
        "change_password": "修改密码",
        "end_session": "退出一处登录",
        "end_others": "退出其他登录",
        "notices": "修改提醒方式",
        "ask_reset": "申请重置管理人员密码",
        "server_reset": "在服务器上重置密码",
        "term_ending": "任期届满提醒",
    },
)  # fmt: skip

# What officers did to accounts, for the auditor: sign-ins apart.
KEEPING = tuple(
    f"account.{name}"
    for name in (*ACCOUNT.transitions, "create", "ask_reset", "server_reset", "issue_token", "revoke_token")
)
