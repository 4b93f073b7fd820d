"""期限规则 and 日历: pages of the rules (案管 changes, 安全保密 confirms) and of the working calendar."""

from collections.abc import Sequence
from typing import Any

from povertyaudit.core import clock_rules, holiday_notice
from povertyaudit.core.forms.base import OpinionForm, RequiredOpinionForm
from povertyaudit.core.forms.clocks import NoticeForm, RuleForm
from povertyaudit.core.models import CalendarDay, ClockRule, Role
from povertyaudit.core.views.acts import ActPage, CreatePage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Missing, Tab
from povertyaudit.core.views.records import RecordPage

RULES = ("期限规则", "/clock-rules/")


class RuleList(ListPage):
    queryset = ClockRule.objects.for_list()
    section, title = "rules", "期限规则"
    order = "code"
    columns = (
        Column("name", "事项", kind="link", order="code", phone="main"),
        Column("length", "期限", phone="first"),
        Column("basis", "依据", phone="sub"),
        Column("region", "适用地区", value=lambda rule: rule.region or "普遍适用"),
        Column("valid_from", "施行日期", kind="date", order="valid_from"),
        Column("confidence", "把握程度", value=lambda rule: rule.get_confidence_display()),
        Column("state", "状态", kind="state"),
    )
    tabs = (Tab("", "全部"), Tab("waiting", "待确认", lambda rows, user: rows.waiting()))
    empty, empty_hint = "没有期限规则。", "待确认的规则处理完后，这里就是空的。"


class RulePage(RecordPage):
    queryset = ClockRule.objects.for_list()
    section, workflow, parent = "rules", clock_rules.RULE, RULES

    def get_title(self) -> str:
        return f"期限规则 {self.object.name}"

    def get_heading(self) -> str:
        return f"{self.object.name}：{self.object.length}"

    def clocks(self) -> list[Any]:
        """A rule has no clock of its own."""
        return []

    def facts(self) -> Sequence[Facts]:
        rule = self.object
        extension = (
            f"每次最多 {rule.extension_amount} {rule.get_extension_unit_display()}"
            if rule.extension_amount
            else ""
        )
        return [
            Facts(
                "期限",
                [
                    Fact("事项", rule.name),
                    Fact("期限", rule.length),
                    Fact("起算", rule.start_event),
                    Fact("开始当日不计入", rule.exclude_start),
                    Fact("没有对应日的以月末为届满日", rule.month_end_clip),
                    Fact("届满日为休息日的顺延", rule.roll_over),
                    Fact("延长", extension),
                    Fact("延长的规定", rule.extension_note, wide=True),
                ],
            ),
            Facts(
                "依据",
                [
                    Fact("文件和条款", rule.basis, wide=True),
                    Fact("把握程度", rule.get_confidence_display()),
                    Fact("适用地区", rule.region or "普遍适用"),
                    Fact("施行日期", rule.valid_from, "date"),
                    Fact("废止日期", rule.valid_to, "date"),
                    Fact("修改人", rule.changed_by),
                    Fact("确认人", rule.confirmed_by),
                    Fact("说明", rule.note, wide=True),
                ],
            ),
        ]

    def missing(self) -> Sequence[Missing]:
        if self.object.state != "draft" or self.verbs():
            return []
        return [Missing("规则须由安全保密管理员确认后才生效，修改人和确认人不能是同一个人。")]


class ProposeRule(ActPage):
    """修改规则: opens with the present values."""

    queryset = ClockRule.objects.for_list()
    section, workflow, verb = "rules", clock_rules.RULE, "propose"
    form_class, perform = RuleForm, staticmethod(clock_rules.propose)
    done = "修改已提出，等待安全保密管理员确认。"

    def get_initial(self) -> dict[str, Any]:
        rule, names = self.object, set(RuleForm.base_fields) - {"valid_from", "note"}
        post = self.user.post_as({Role.CASE_MANAGER})
        return {name: getattr(rule, name) for name in names} | {
            "region": rule.region or (post.region if post else None)
        }


class DecideRule(ActPage):
    """确认规则 / 不予确认: shows what is confirmed."""

    queryset = ClockRule.objects.for_list()
    section, workflow = "rules", clock_rules.RULE
    form_class: Any = OpinionForm

    @staticmethod
    def signs(rule: Any) -> Sequence[Facts]:
        return [
            Facts(
                "所确认的规则",
                [
                    Fact("事项", rule.name),
                    Fact("期限", rule.length),
                    Fact("依据", rule.basis, wide=True),
                    Fact("适用地区", rule.region or "普遍适用"),
                    Fact("施行日期", rule.valid_from, "date"),
                    Fact("修改人", rule.changed_by),
                ],
            )
        ]


class RefuseRule(DecideRule):
    form_class = RequiredOpinionForm


class CalendarList(ListPage):
    queryset = CalendarDay.objects.all()
    section, title = "calendar", "工作日历"
    order = "-day"
    columns = (
        Column("day", "日期", kind="date", order="day", phone="main"),
        Column("weekday", "星期"),
        Column("kind", "类别", value=lambda day: day.get_kind_display()),
        Column("name", "名称"),
        Column("source", "来源", phone="hide"),
    )
    create_url, create_label = "/calendar/load/", "载入放假安排"
    empty = "还没有载入过放假安排。"
    empty_hint = "2026 年及以前的放假和调休随产品提供；新一年的通知公布后，请系统管理员在这里载入。"

    def may_create(self) -> bool:
        return Role.SYSADMIN in self.user.roles


class LoadNotice(CreatePage):
    """载入放假安排: the file is taken whole or not at all."""

    queryset = CalendarDay.objects.all()
    section, title, label, parent = "calendar", "载入放假安排", "载入", ("工作日历", "/calendar/")
    form_class, perform = NoticeForm, staticmethod(holiday_notice.load)
    intro = "文件有错误时一天也不会载入，并逐行说明错在哪里。载入后会重新计算受影响的到期日。"

    def may_open(self) -> bool:
        return Role.SYSADMIN in self.user.roles

    def done_sentence(self, record: Any) -> str:
        return str(record)

    def success_address(self, record: Any) -> str:
        return "/calendar/"
