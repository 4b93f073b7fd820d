"""Reference data of rectification: the terms a new installation starts with. Dated rows; add, never rename."""

from typing import Any

# 不公开理由 (domain §3.3: 党内通报和社会公开「双公开」 with five grounds against it, each approved).
NOTICE_GROUNDS = (
    ("state_secret", "涉及国家秘密"),
    ("case_open", "相关问题正在初步核实或者立案审查调查，尚未公开"),
    ("hype", "公开后可能引发负面炒作"),
    ("mass_petition", "公开后可能引发群体性事件"),
    ("sensitive", "问题特别敏感"),
)
ANCHOR = "巡视工作条例关于进驻、反馈、整改情况公开的规定；各地做法不同，可停用、新增"


def install_grounds(model: Any) -> None:
    """Insert the grounds that are not there; `model` is NoticeGround, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=ANCHOR, order=order, public_id=new_id())
        for order, (code, name) in enumerate(NOTICE_GROUNDS, 1)
        if code not in known
    )


# kind of item, 报告周期 (domain §4.5: 周调度, 旬报 of rounds (seed 002), 月报); U, local: changed as dated terms.
RHYTHMS = (
    ("finding", "ten_days", "巡察发现问题的整改事项：旬报"),
    ("other", "month", "其他来源的整改事项：月报"),
)
RHYTHM_ANCHOR = "周调度、旬报、月报见于各地整改方案；周期各地不同，可改变"
# What published reports count (domain §4.1 number 5); the unit stands in the name.
FIGURES = (
    ("trained", "培训干部群众（人次）"),
    ("visited", "走访群众（户）"),
    ("recovered", "追缴资金（元）"),
    ("repaid", "兑付退还群众（元）"),
    ("projects", "完成项目（个）"),
    ("rules", "制定修改制度（项）"),
    ("dealt_with", "处理人员（人）"),
)
FIGURE_ANCHOR = "整改情况公开常用的数据；各地不同，可停用、新增"


def install_periods(rhythms: Any, figures: Any) -> None:
    """Insert the rhythms and kinds of figure that are not there; the models may be in their historical form."""
    new_id = rhythms._meta.get_field("public_id").default
    known = set(rhythms.objects.values_list("code", flat=True))
    rhythms.objects.bulk_create(
        rhythms(
            code=kind,
            kind=kind,
            cadence=cadence,
            name=name,
            anchor=RHYTHM_ANCHOR,
            order=order,
            public_id=new_id(),
        )
        for order, (kind, cadence, name) in enumerate(RHYTHMS, 1)
        if kind not in known
    )
    known = set(figures.objects.values_list("code", flat=True))
    figures.objects.bulk_create(
        figures(code=code, name=name, anchor=FIGURE_ANCHOR, order=order, public_id=new_id())
        for order, (code, name) in enumerate(FIGURES, 1)
        if code not in known
    )


# Figures of boards: local usage (零搁置; 销号率排名), changed as dated terms.
BOARD_RULES = (("still_days", "30"), ("rank_least", "3"))
BOARD_ANCHOR = "各地零搁置、排名的做法不同，可改变"


def install_board_rules(model: Any, named: Any) -> None:
    """Insert the rules that are not there; `model` is BoardRule, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=kind, kind=kind, amount=amount, name=named(kind, amount), anchor=BOARD_ANCHOR, order=order,
            public_id=new_id(),
        )
        for order, (kind, amount) in enumerate(BOARD_RULES, 1)
        if kind not in known
    )  # fmt: skip
