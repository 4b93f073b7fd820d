"""What rules, calendar and reminders hand to the rail and the home page of those who keep them."""

from collections.abc import Callable
from typing import Any

from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.home import LIMIT, Entry, RailEntry, Section
from povertyaudit.core.models import ClockRule, LadderStep, LightScheme, Role
from povertyaudit.core.moment import today

KEEPERS = frozenset({Role.CASE_MANAGER, Role.SECADMIN, Role.SYSADMIN})
NOTICE_MONTH = 11  # the State Council publishes next year's notice in November as a rule


def _to_confirm(user: Any) -> Any:
    return ClockRule.objects.visible_to(user).waiting().exclude(changed_by__person_id=user.person_id)


def _waiting_count(user: Any) -> int:
    return int(_to_confirm(user).count()) if Role.SECADMIN in user.roles else 0


def _proposed(user: Any, model: type[Any]) -> Any:
    """Proposals for a place that wait for the user's word."""
    return model.objects.visible_to(user).waiting().exclude(changed_by__person_id=user.person_id)


def _count_of(model: type[Any]) -> Callable[[Any], int]:
    return lambda user: int(_proposed(user, model).count()) if Role.SECADMIN in user.roles else 0


RAIL = (
    RailEntry(
        "rules",
        "期限规则",
        "/clock-rules/",
        KEEPERS,
        count=_waiting_count,
    ),
    RailEntry("ladder", "督办阶梯", "/ladder-steps/", KEEPERS, count=_count_of(LadderStep)),
    RailEntry("lights", "期限灯颜色", "/light-schemes/", KEEPERS, count=_count_of(LightScheme)),
    RailEntry("calendar", "工作日历", "/calendar/", frozenset({Role.CASE_MANAGER, Role.SYSADMIN})),
    RailEntry("reminders", "提醒运行情况", "/reminders/", frozenset({Role.SYSADMIN, Role.AUDITOR})),
)


def rules_to_confirm(user: Any) -> Section | None:
    """待确认的期限规则, for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    rows = _to_confirm(user)
    entries = [
        Entry(rule.name, rule.title, rule.get_absolute_url(), "确认规则", None, rule)
        for rule in rows.for_list()[:LIMIT]
    ]
    return Section("待确认的期限规则", "/clock-rules/?tab=waiting", entries, rows.count())


def region_rules_to_confirm(user: Any) -> Section | None:
    """Steps of the ladder and colours that wait for 安全保密."""
    if Role.SECADMIN not in user.roles:
        return None
    steps, schemes = (_proposed(user, model).for_list()[:LIMIT] for model in (LadderStep, LightScheme))
    rows = [*steps, *schemes]
    if not rows:
        return None
    lines = [Entry(str(row), row.title, row.get_absolute_url(), "确认规则", None, row) for row in rows]
    address = "/ladder-steps/" if steps else "/light-schemes/"
    return Section("待确认的督办阶梯和灯色", f"{address}?tab=waiting", lines, len(lines))


def notice_to_load(user: Any) -> Section | None:
    """From November on: next year's holiday notice is still to be loaded."""
    day = today()
    year = day.year + 1 if day.month >= NOTICE_MONTH else day.year
    if Role.SYSADMIN not in user.roles or NationalCalendar().is_published(year):
        return None
    line = Entry(
        f"{year} 年",
        "放假安排通知公布后请及时载入，跨年的到期日现为暂定。",
        "/calendar/load/",
        "载入放假安排",
    )
    return Section("待载入的放假安排", "/calendar/", [line], 1)
