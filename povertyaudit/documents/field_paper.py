"""The fields of every kind of document, as a part of docs/documents.md."""

from povertyaudit.documents.engine.fields import Field
from povertyaudit.documents.kinds import Kind, kinds

BEGIN, END = "<!-- fields: written by manage.py write_documents -->", "<!-- /fields -->"


def text() -> str:
    """Chinese Markdown: a table for each kind."""
    return "\n".join(line for kind in kinds().values() for line in _of(kind))


def placed(paper: str) -> str:
    """`paper` with the fields as they are now between the two marks. Raises ValueError where the marks are not there."""
    head, rest = paper.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{text()}\n{END}{tail}"


def _of(kind: Kind) -> list[str]:
    asked = "、".join(f"{one.label}{'' if one.required else '（可不填）'}" for one in kind.asked())
    rows = [f"| {_written(field)} | {_meaning(field)} | {field.sample} |" for field in kind.fields.all]
    made = "、".join(str(source.model._meta.verbose_name) for source in kind.sources)
    return [
        f"### {kind.label}（`{kind.code}`）", "", f"由{made}生成。生成时填写：{asked}。", "",
        "| 写法 | 填入什么 | 例如 |", "|---|---|---|", *rows, "",
    ]  # fmt: skip


def _written(field: Field) -> str:
    return f"`{{% for 行 in {field.name} %}}`" if field.rows else f"`{{{{ {field.name} }}}}`"


def _meaning(field: Field) -> str:
    parts = "；".join(f"`{{{{ 行.{part.name} }}}}` {part.meaning}" for part in field.rows)
    return f"{field.meaning}：{parts}" if parts else field.meaning
