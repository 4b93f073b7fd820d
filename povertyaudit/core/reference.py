"""Reference rows the kernel cannot work without: register-number schemes. Clock rules: `reference_clocks`."""

from typing import Any

# code, name, pattern, digits. {county} is the six-digit code, {office} the office's letters.
NUMBER_SCHEMES = (
    ("lead", "问题线索", "{county}-{office}-{year}-{seq}", 4),
    ("round", "巡察轮次", "{county}-XC-{year}-{seq}", 2),
    ("finding", "巡察发现问题", "{county}-WT-{year}-{seq}", 4),
    ("misuse", "资金问题", "{county}-ZJ-{year}-{seq}", 4),
    ("item", "整改事项", "{county}-ZG-{year}-{seq}", 4),
)


def install_number_schemes(model: Any) -> None:
    """Insert the schemes that are not there; `model` is NumberScheme, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    model.objects.bulk_create(
        model(code=code, name=name, pattern=pattern, width=width)
        for code, name, pattern, width in NUMBER_SCHEMES
        if code not in known
    )


# code, name, anchor: what a region may be marked as, year by year.
REGION_MARKS = (
    ("poor_village", "贫困村", "建档立卡"),
    ("deep_poor_village", "深度贫困村", "深度贫困地区脱贫攻坚部署"),
    ("extreme_poor_township", "极贫乡镇", "地方划定"),
)


def install_region_marks(model: Any) -> None:
    """Insert the marks that are not there; `model` is RegionMark, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=anchor, order=order, public_id=new_id())
        for order, (code, name, anchor) in enumerate(REGION_MARKS, 1)
        if code not in known
    )
