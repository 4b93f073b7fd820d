"""督办阶梯 and 期限灯颜色: dated rules of a place, changed by 案管 and confirmed by 安全保密."""

from collections.abc import Sequence
from typing import Any

from povertyaudit.core import region_rules
from povertyaudit.core.forms.base import OpinionForm
from povertyaudit.core.forms.region_rules import LightForm, ReminderForm, StepForm
from povertyaudit.core.models import LadderStep, LightScheme, Role
from povertyaudit.core.models.ladder import LadderKind
from povertyaudit.core.views.acts import ActPage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Missing, Tab
from povertyaudit.core.views.records import RecordPage

LADDER, LIGHTS = ("督办阶梯", "/ladder-steps/"), ("期限灯颜色", "/light-schemes/")


def _dated(*columns: Column) -> tuple[Column, ...]:
    return (
        *columns,
        Column("place", "适用地区", phone="sub"),
        Column("valid_from", "施行日期", kind="date", order="valid_from"),
        Column("state", "状态", kind="state"),
    )


class RuleList(ListPage):
    tabs: Any = (Tab("", "全部"), Tab("waiting", "待确认", lambda rows, user: rows.waiting()))
    empty, empty_hint = "没有待确认的规则。", "案管室打开一条规则提出修改，由安全保密管理员确认。"


class LadderList(RuleList):
    queryset = LadderStep.objects.for_list()
    section, title = "ladder", "督办阶梯"
    order = "-days_left"
    columns: Any = _dated(
        Column("step", "步骤", kind="link", value=str, phone="main"),
        Column("when", "何时", order="days_left", phone="first"),
        Column("told_words", "告知", kind="wrap", phone="hide"),
        Column("channel", "方式", value=lambda row: row.get_channel_display(), phone="hide"),
        Column("reply_words", "回复期限", phone="hide"),
        Column("is_decided", "须由领导决定", phone="hide"),
    )


class LightList(RuleList):
    queryset = LightScheme.objects.for_list()
    section, title = "lights", "期限灯颜色"
    order = "-valid_from"
    columns: Any = _dated(
        Column("title", "颜色", kind="link", phone="main"),
        Column("source", "依据", kind="wrap", phone="hide"),
    )


class RulePage(RecordPage):
    workflow = region_rules.REGION_RULE
    named_by_heading = True

    def clocks(self) -> list[Any]:
        """A rule has no clock of its own."""
        return []

    def facts(self) -> Sequence[Facts]:
        return says(self.object)

    def missing(self) -> Sequence[Missing]:
        if self.object.state != "draft" or self.verbs():
            return []
        return [Missing("规则须由安全保密管理员确认后才生效，修改人和确认人不能是同一个人。")]


def says(rule: Any) -> Sequence[Facts]:
    """What a rule says and by whose word, whole: also what is confirmed."""
    own = _of_step(rule) if isinstance(rule, LadderStep) else _of_scheme(rule)
    basis = [
        Fact("适用地区", rule.place),
        Fact("施行日期", rule.valid_from, "date"),
        Fact("依据", rule.source, wide=True),
        Fact("修改人", rule.changed_by),
        Fact("确认人", rule.confirmed_by),
        Fact("说明", rule.note, wide=True),
    ]
    return [Facts(str(rule._meta.verbose_name), own), Facts("依据", basis)]


def _of_step(step: LadderStep) -> list[Fact]:
    return [
        Fact("步骤", str(step)),
        Fact("何时", step.when),
        Fact("告知", step.told_words),
        Fact("方式", step.get_channel_display()),
        Fact("回复期限", step.reply_words),
        Fact("重复", f"每隔 {step.repeat_days} 天"),
        Fact("须由领导决定", step.is_decided),
    ]


def _of_scheme(scheme: LightScheme) -> list[Fact]:
    names = ("first", "second", "third", "done")
    fields = [scheme._meta.get_field(name) for name in names]
    return [
        Fact(str(field.verbose_name), getattr(scheme, f"get_{field.name}_display")())  # type: ignore[union-attr]
        for field in fields
    ]


class LadderPage(RulePage):
    queryset = LadderStep.objects.for_list()
    section, parent = "ladder", LADDER


class LightPage(RulePage):
    queryset = LightScheme.objects.for_list()
    section, parent = "lights", LIGHTS


class Propose(ActPage):
    """修改规则: opens with the present values, for one's own region."""

    workflow, verb = region_rules.REGION_RULE, "propose"
    perform: Any = staticmethod(region_rules.propose)
    done = "修改已提出，等待安全保密管理员确认。"

    def get_initial(self) -> dict[str, Any]:
        rule, post = self.object, self.user.post_as({Role.CASE_MANAGER})
        found = {name: getattr(rule, name) for name in rule.content if name != "valid_from"}
        return found | {"region": rule.region or (post.region if post else None)}


class ProposeStep(Propose):
    queryset, section = LadderStep.objects.for_list(), "ladder"

    def get_form_class(self) -> Any:
        return ReminderForm if self.object.step == LadderKind.REMIND else StepForm

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"days_late": -self.object.days_left}


class ProposeColours(Propose):
    queryset, section, form_class = LightScheme.objects.for_list(), "lights", LightForm


class Decide(ActPage):
    """确认规则 / 不予确认: shows what is confirmed."""

    workflow = region_rules.REGION_RULE
    form_class: Any = OpinionForm
    signs: Any = staticmethod(says)


class DecideStep(Decide):
    queryset, section = LadderStep.objects.for_list(), "ladder"


class DecideColours(Decide):
    queryset, section = LightScheme.objects.for_list(), "lights"
