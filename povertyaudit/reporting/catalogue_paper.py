"""docs/indicators.md: the catalogue as a paper, written from the code."""

from povertyaudit.reporting.indicators import GROUPS, RATES

OPENING = """# 指标目录

由 `manage.py write_indicators` 按代码生成，请勿手改。看板、报表、接口（`/api/v1/indicators/`）和测试都只用这里的指标；每个数都能打开它所计的行。
金额在系统中以分记账，表中单位写“元”，看板和报表显示万元。
"""


def text() -> str:
    lines = [OPENING]
    for heading, found in GROUPS.items():
        lines += [
            f"## {heading}",
            "",
            "| 代码 | 名称 | 单位 | 计什么 | 期间 | 依据 | 打开 |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [
            f"| `{one.code}` | {one.name} | {one.unit} | {one.counts} | {one.period} | {one.source} | `/{one.path}/` |"
            for one in found
        ]
        lines.append("")
    lines += ["## 比率", "", "| 代码 | 名称 | 分子 | 分母 | 依据 |", "|---|---|---|---|---|"]
    lines += [
        f"| `{one.code}` | {one.name} | {one.part.name}（`{one.part.code}`） | {one.whole.name}（`{one.whole.code}`） | {one.source} |"
        for one in RATES.values()
    ]
    return "\n".join([*lines, ""])
