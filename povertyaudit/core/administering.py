"""账号的技术管理, by 系统管理员: open, unlock, new password, close. None of it lets anybody do anything: posts are granted
by 安全保密管理员. A password is shown once to whoever asked for it and stands nowhere; see docs/decisions/012-three-officers."""

import re
import secrets
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from povertyaudit.core import audit, moment, notify, sessions
from povertyaudit.core.account_flow import (
    ACCOUNT,
    TECHNICAL,
    another_person,
    in_charge,
    is_officer,
    pending_reset,
)
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import PasswordReset, Person, Post, Role, User
from povertyaudit.core.models.resets import ResetState
from povertyaudit.core.scope import prefix_of

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no look-alikes: it is read out or written on paper
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


class Issued(NamedTuple):
    """An account and its one-time password: to be shown once and then forgotten."""

    account: User
    password: str


def one_time_password() -> str:
    """Four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


@sensitive_variables("password")
@transaction.atomic
def create_account(
    *, by: User, username: str, name: str = "", phone: str = "", email: str = "", same_as: User | None = None,
    note: str = "",
) -> Issued:  # fmt: skip
    """开设账号 for a new natural person, or with `same_as` for the person behind another account. It can do nothing
    until a post is granted. Raises NotAllowed, RuleBroken."""
    post = by.post_as(TECHNICAL)
    if post is None:
        raise NotAllowed("create.role", "账号由系统管理员开设。")
    wanted = username.strip().lower()
    if not USERNAME.fullmatch(wanted):
        raise RuleBroken(
            "create.username",
            "账号用 3 至 60 个小写字母、数字、点、短横，以字母或数字开头。",
            field="username",
        )
    if User.objects.filter(username__iexact=wanted).exists():
        raise RuleBroken("create.taken", f"账号“{wanted}”已有人使用，请换一个。", field="username")
    if same_as is not None:
        in_charge(same_as, by)
        another_person(same_as, by)
    elif not name.strip():
        raise RuleBroken("create.name", "请填写姓名，或者选择此人已有的账号。", field="name")
    person = same_as.person if same_as else Person.objects.create(name=name.strip(), phone=phone.strip())
    password = one_time_password()
    account = User.objects.create_user(
        wanted, password, person=person, email=email.strip(), region=post.region, must_change_password=True
    )
    about = {"name": (None, person.name), "phone": (None, person.phone), "email": (None, account.email)}
    audit.record(
        "account.create", account, by=by, note=note, changes={k: v for k, v in about.items() if v[1]}
    )
    return Issued(account, password)


@transaction.atomic
def amend(
    account: User, *, by: User, phone: str = "", email: str = "", note: str = "", expected_version: int | None = None
) -> User:  # fmt: skip
    """修改联系方式: telephone of the person, e-mail of the account."""
    row = ACCOUNT.begin(account, "amend", by=by, note=note, expected_version=expected_version)
    person, old = row.person, row.person.phone
    person.phone = phone.strip()
    person.save(update_fields=["phone"])
    return write(row, "amend", by=by, note=note, told={"phone": (old, person.phone)}, email=email.strip())


@transaction.atomic
def unlock(account: User, *, by: User, note: str = "", expected_version: int | None = None) -> User:
    """解除锁定."""
    row = ACCOUNT.begin(account, "unlock", by=by, note=note, expected_version=expected_version)
    return write(row, "unlock", by=by, note=note, failed_attempts=0, locked_until=None)


@sensitive_variables("password")
@transaction.atomic
def reset_password(account: User, *, by: User, note: str = "", expected_version: int | None = None) -> Issued:
    """重置密码. That of one of the three officers only waits: 安全保密 must confirm it, or the officer who can reset
    would stand in for the one he resets. Raises WrongState when one waits already."""
    row = ACCOUNT.begin(account, "reset_password", by=by, note=note, expected_version=expected_version)
    password = one_time_password()
    if not is_officer(row):
        done = _new_password(row, "reset_password", make_password(password), by=by, note=note)
        return Issued(done, password)
    if pending_reset(row) is not None:
        raise WrongState(
            "reset.waiting", "这个账号已有一次重置等待安全保密管理员确认，请先由其确认或者不同意。"
        )
    PasswordReset.objects.create(
        user=row, target=row.person, requester=by.person, requested_at=moment.now(), password=make_password(password)
    )  # fmt: skip
    done = write(row, "ask_reset", by=by, note=note)
    tell_officers(done, Role.SECADMIN, "申请重置管理人员密码，请确认。", but=(by, done))
    return Issued(done, password)


@transaction.atomic
def confirm_reset(account: User, *, by: User, note: str = "", expected_version: int | None = None) -> User:
    """确认重置密码 of an officer: the password that was handed out begins to work."""
    row = ACCOUNT.begin(account, "confirm_reset", by=by, note=note, expected_version=expected_version)
    waiting = _decide(row, ResetState.CONFIRMED, by)
    return _new_password(row, "confirm_reset", waiting, by=by, note=note)


@transaction.atomic
def refuse_reset(account: User, *, by: User, note: str = "", expected_version: int | None = None) -> User:
    """不同意重置: the old password stays."""
    row = ACCOUNT.begin(account, "refuse_reset", by=by, note=note, expected_version=expected_version)
    _decide(row, ResetState.REFUSED, by)
    return write(row, "refuse_reset", by=by, note=note)


def _decide(row: User, state: ResetState, by: User) -> str:
    """Close the reset that waits; the hash it held."""
    reset = row.resets.select_for_update().get(state=ResetState.PENDING)
    held: str = reset.password
    reset.state, reset.decider, reset.decided_at, reset.password = state, by.person, moment.now(), ""
    reset.save(update_fields=["state", "decider", "decided_at", "password"])
    return held


def _new_password(row: User, verb: str, hashed: str, *, by: User | None, note: str = "") -> User:
    row.password, row.must_change_password = hashed, True
    row.save(update_fields=["password", "must_change_password"])
    done = write(
        row, verb, by=by, note=note, facts={"ended": sessions.close_all(row)}, failed_attempts=0, locked_until=None
    )  # fmt: skip
    _tell(done, [done], "您的密码已由管理员重置；如非您本人要求，请立即告知安全保密管理员。")
    return done


@sensitive_variables("password")
@transaction.atomic
def reset_on_server(username: str) -> Issued:
    """The last resort, from the server's own console: recorded as such, and every officer of the county is told.

    Raises RuleBroken when there is no such account.
    """
    account = User.objects.select_for_update(of=("self",)).filter(username=username).first()
    if account is None:
        raise RuleBroken("reset.unknown", f"没有账号“{username}”。")
    password = one_time_password()
    done = _new_password(account, "server_reset", make_password(password), by=None)
    for role in (Role.SECADMIN, Role.AUDITOR):
        tell_officers(done, role, "在服务器上重置了密码，请核实是否经过批准。", but=(done,))
    return Issued(done, password)


@transaction.atomic
def deactivate(account: User, *, by: User, note: str = "", expected_version: int | None = None) -> User:
    """停用: nothing opens any more, and what is open ends at once."""
    row = ACCOUNT.begin(account, "deactivate", by=by, note=note, expected_version=expected_version)
    return write(
        row, "deactivate", by=by, note=note, facts={"ended": sessions.close_all(row)}, is_active=False
    )


@transaction.atomic
def reactivate(account: User, *, by: User, note: str = "", expected_version: int | None = None) -> User:
    """启用 again; what it may do still follows from its posts."""
    row = ACCOUNT.begin(account, "reactivate", by=by, note=note, expected_version=expected_version)
    return write(row, "reactivate", by=by, note=note, is_active=True, failed_attempts=0, locked_until=None)


@transaction.atomic
def end_sessions(account: User, *, by: User, note: str = "", expected_version: int | None = None) -> User:
    """结束登录: every session and token of the account."""
    row = ACCOUNT.begin(account, "end_sessions", by=by, note=note, expected_version=expected_version)
    return write(row, "end_sessions", by=by, note=note, facts={"ended": sessions.close_all(row)})


def write(
    row: User, verb: str, *, by: User | None, note: str = "", facts: dict[str, Any] | None = None,
    told: dict[str, tuple[Any, Any]] | None = None, **changes: Any,
) -> User:  # fmt: skip
    """Set columns of a locked account and leave its one entry; never a password."""
    diff = {
        name: (getattr(row, name), value) for name, value in changes.items() if getattr(row, name) != value
    }
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=["version", *changes])
    diff |= {name: pair for name, pair in (told or {}).items() if pair[0] != pair[1]}
    row._last_entry = audit.record(f"account.{verb}", row, by=by, note=note, changes=diff, facts=facts)  # type: ignore[attr-defined]
    return row


def tell_officers(account: User, role: str, text: str, *, but: tuple[User, ...] = ()) -> None:
    """Tell the officers of this role in whose region the account lies, other than the persons `but`."""
    code = account.region_id or ""
    above = [code[:size].ljust(12, "0") for size in (2, 4, 6, 9, 12) if code]
    posts = Post.objects.current().filter(role=role, region_id__in=above)
    people = User.objects.filter(pk__in=posts.values("user_id")).exclude(
        person_id__in=[user.person_id for user in but]
    )
    near = people.filter(posts__region_id=prefix_of(code)[:6].ljust(12, "0")).distinct()
    _tell(account, near or people, text, number=True)


def _tell(account: User, people: Any, text: str, *, number: bool = False) -> None:
    entry = account._last_entry  # type: ignore[attr-defined]
    name = account.username if number else ""
    url = account.get_absolute_url() if number else "/account/"
    notify.tell(
        people, f"{entry.verb}:{entry.public_id}", kind="account", number=name, text=f"{name} {text}".strip(), url=url
    )  # fmt: skip
