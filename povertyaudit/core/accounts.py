"""Signing in, out and changing a password. Every attempt leaves an entry; neither password nor reason is told apart."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from povertyaudit.core import audit, limits, moment, sessions
from povertyaudit.core.addresses import network_of
from povertyaudit.core.errors import DomainError, RuleBroken, Several
from povertyaudit.core.limits import FAILURES_OF_ADDRESS, TooMany
from povertyaudit.core.models import User

MAX_ATTEMPTS = 5
LOCK_FOR = timedelta(minutes=15)
STRANGER_KEPT = 24 * 3600  # seconds
CHANGE_FIRST = "初始密码由他人设置，请先登录网页，在“我的账号—修改密码”（/account/password/）改成自己的密码，然后再办理。"
WRONG = "账号或密码不正确。连续输错 5 次将锁定 15 分钟。"


class LockedOut(TooMany):
    """Too many wrong passwords; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        minutes = max(1, -(-retry_after // 60))
        text = f"密码连续输错，账号已锁定，请 {minutes} 分钟后再试。"
        super().__init__("sign_in.locked", text, retry_after)


def sign_in(username: str, password: str, *, by_token: bool = False, address: str = "") -> User:
    """The user, if the password is right. Raises TooMany or RuleBroken (one sentence for every other reason).

    A name nobody has answers like one somebody has: as slowly, and locked after as many attempts.
    """
    network = network_of(address)
    FAILURES_OF_ADDRESS.check(network)
    user: User | None = User.objects.select_related("person").filter(username=username.strip()).first()
    _refuse_locked(user, username)
    if user is None or not _is_right(user, password):
        FAILURES_OF_ADDRESS.count(network)
        if user is None:
            make_password(password)
            _count_stranger(username)
        else:
            _count_failure(user)
        raise RuleBroken("sign_in.wrong", WRONG, field="username")
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=None, last_login=moment.now())
        audit.record("account.token" if by_token else "account.sign_in", user, by=user)
    return user


def _is_right(user: User, password: str) -> bool:
    """The password is checked first and always: an account that is closed must not answer faster."""
    right = user.check_password(password)
    return right and user.is_active and bool(user.current_posts())


def _refuse_locked(user: User | None, username: str) -> None:
    if user is None:
        left = limits.seconds_left(_stranger("locked", username))
    else:
        left = int((user.locked_until - moment.now()).total_seconds()) + 1 if user.locked_until else 0
    if left > 0:
        raise LockedOut(left)


def _count_failure(user: User) -> None:
    """Count in the database, not on the instance: guesses may come in parallel."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(failed_attempts=F("failed_attempts") + 1)
        fresh = User.objects.get(pk=user.pk)
        locked = fresh.failed_attempts >= MAX_ATTEMPTS
        if locked:
            User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=moment.now() + LOCK_FOR)
        audit.record("account.locked" if locked else "account.sign_in_failed", user, by=None)
    if locked:
        raise LockedOut(int(LOCK_FOR.total_seconds()))


def _count_stranger(username: str) -> None:
    """The same for a name that nobody has."""
    key, wait = _stranger("failed", username), int(LOCK_FOR.total_seconds())
    if limits.count(key, STRANGER_KEPT)[0] >= MAX_ATTEMPTS:
        limits.forget(key)
        limits.count(_stranger("locked", username), wait)
        raise LockedOut(wait)


def _stranger(what: str, username: str) -> str:
    """A keyed digest: what is typed as a name by mistake may be a password."""
    return f"{what}:{salted_hmac('povertyaudit.stranger', username.strip().lower(), algorithm='sha256').hexdigest()}"


@transaction.atomic
def change_password(user: User, old: str, new: str) -> User:
    """Ends every session and token of the account; the caller renews his own. Raises RuleBroken at `old` or `new`."""
    if not user.check_password(old):
        raise RuleBroken("password.old", "原密码不正确，请重新输入。", field="old")
    if old == new:
        raise RuleBroken("password.same", "新密码不能与原密码相同，请换一个。", field="new")
    try:
        validate_password(new, user)
    except ValidationError as refused:
        problems: list[DomainError] = [
            RuleBroken("password.weak", text, field="new") for text in refused.messages
        ]
        raise Several(problems) from refused
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    sessions.close_all(user)
    audit.record("account.change_password", user, by=user)
    return user


def sign_out(user: User) -> None:
    audit.record("account.sign_out", user, by=user)
