"""What waits for the three officers: an account without a post, a term that ends, a reset to confirm, a lock-out."""

from contextlib import suppress
from datetime import timedelta

from povertyaudit.core import accounts, administering, granting, moment
from povertyaudit.core.errors import DomainError
from povertyaudit.demo.people import Cast

LOCKED = "official20"


def accounts_to_keep(cast: Cast) -> None:
    """Through the verbs, as everything here."""
    administering.create_account(
        by=cast.sysadmin, username="newdesk", name="温知远", phone="0990-5200101", note="信访室新进人员"
    )
    away = administering.create_account(
        by=cast.sysadmin, username="seconded", name="柏云樵", phone="0990-5200102"
    )
    administering.deactivate(away.account, by=cast.sysadmin, note="借调外单位")
    term = cast.petition2.posts.get()
    granting.change_term(
        cast.petition2,
        by=cast.secadmin,
        post=term,
        ends_on=moment.today() + timedelta(days=9),
        note="挂职期满",
    )
    administering.reset_password(cast.auditor, by=cast.sysadmin, note="本人忘记密码")
    for _ in range(accounts.MAX_ATTEMPTS):
        with suppress(DomainError):
            accounts.sign_in(LOCKED, "not the password")
