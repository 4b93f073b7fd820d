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
