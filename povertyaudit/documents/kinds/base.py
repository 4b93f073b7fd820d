"""A kind of document: of which rows it is made, by whom, from which values, and how its own template looks.

    PRESS = Kind(code="press_letter", label="督办函", scheme="press_letter", fields=…, asks=("addressee", "demand", …),
                 blocks=(Words("…{{ 事项 }}…"), …), sources=(Source("rectification.item", ROLES, values, first, when=open_item),))

Values are texts; what they say comes from the row and from what was typed (`Said`), never from anywhere else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils import timezone

from povertyaudit.core.models import Region, Role, User
from povertyaudit.core.papers import day_words
from povertyaudit.core.scope import follow, lies_under
from povertyaudit.documents.engine.fields import Field, Fields
from povertyaudit.documents.engine.layout import Block, built

ANSWERING = frozenset({Role.LIAISON, Role.UNIT_HEAD})


@dataclass(frozen=True)
class Ask:
    """What is typed when a document is made, and the field of the template it fills."""

    name: str
    field: str
    label: str
    kind: str = "line"  # line, text (paragraphs), day, moment
    required: bool = True
    most: int = 100
    help: str = ""


ASKS = {
    one.name: one
    for one in (
        Ask("addressee", "主送", "主送单位"),
        Ask("demand", "要求", "要求", "text", most=2000, help="每段一行。"),
        Ask("opening", "正文", "正文", "text", required=False, most=4000, help="每段一行；不填的不写。"),
        Ask("reply_by", "回复时限", "回复时限", "moment"),
        Ask("contact", "联系人", "联系人和电话", required=False),
        Ask("place", "地点", "地点", required=False),
        Ask("signed", "落款", "落款"),
        Ask("dated", "日期", "日期", "day"),
    )
}
PARAGRAPH = (Field("内容", "一段文字"),)
COMMON = (
    Field("标题", "文书的标题", "关于整改事项的督办函"),
    Field("文号", "文号；没有的为空", "督函〔2026〕3号"),
    Field("编号", "记录的编号", "990101-ZG-2026-0001"),
    Field("地区", "记录所属地区的名称", "青禾县"),
)
ASKED = {
    "addressee": Field("主送", "主送单位", "白鹭镇"),
    "demand": Field("要求", "要求，逐段", rows=PARAGRAPH),
    "opening": Field("正文", "另写的正文，逐段", rows=PARAGRAPH),
    "reply_by": Field("回复时限", "回复的最后时刻", "2026年12月9日18时00分"),
    "contact": Field("联系人", "联系人和电话；没有填写的为空", "县纪委监委案管室"),
    "place": Field("地点", "地点；没有填写的为空", "县纪委监委三楼会议室"),
    "signed": Field("落款", "落款单位", "青禾县纪委监委"),
    "dated": Field("日期", "成文日期", "2026年11月24日"),
}


@dataclass(frozen=True)
class Source:
    """Rows of one model a kind is made of. `roles`: who makes it; `own`: path to the unit whose 联络员 and 主要负责人 do."""

    label: str
    roles: frozenset[str]
    values: Callable[[Any, User], dict[str, Any]]
    first: Callable[[Any, User], dict[str, Any]]
    when: Callable[[Any], bool] = lambda _row: True
    own: str = ""
    # Whether it tells more than the row's readers may read: then it is kept encrypted for the maker's own unit.
    guarded: Callable[[Any], bool] = lambda _row: False

    @property
    def model(self) -> Any:
        return apps.get_model(self.label)

    def maker(self, row: Any, user: User) -> Any:
        """The post by which the user makes it of this row as it is now; None for whom it is not offered."""
        return self.issuer(row, user) if self.when(row) else None

    def issuer(self, row: Any, user: User) -> Any:
        """The post by which such documents of this row are the user's to issue, in whatever state the row is."""
        for post in user.current_posts():
            if post.role in self.roles and lies_under(row.region_id, post.region_id):
                return post
            if self.own and post.role in ANSWERING and post.unit_id == follow(row, self.own):
                return post
        return None


@dataclass(frozen=True, kw_only=True)
class Kind:
    code: str
    label: str
    title: Callable[[Any], str]
    sources: tuple[Source, ...]
    own_fields: tuple[Field, ...]
    asks: tuple[str, ...]
    blocks: tuple[Block, ...]
    scheme: str = ""  # of the number; empty: the document bears none of its own
    office: str = ""  # what stands before the year in the number
    letter: bool = True
    fields: Fields = field(init=False)

    def __post_init__(self) -> None:
        asked = tuple(ASKED[name] for name in self.asks)
        object.__setattr__(self, "fields", Fields((*COMMON, *self.own_fields, *asked)))

    def source_of(self, label: str) -> Source | None:
        return next((one for one in self.sources if one.label == label), None)

    def asked(self) -> list[Ask]:
        return [ASKS[name] for name in self.asks]

    def template(self) -> bytes:
        """The template that comes with the product. The same code, the same bytes."""
        return built(self.blocks, letter=self.letter)


def said_words(kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the template takes it."""
    return {one.field: _words(one, said.get(one.name)) for one in kind.asked()}


def _words(ask: Ask, given: Any) -> Any:
    if ask.kind == "text":
        return paragraphs(given or "")
    if isinstance(given, datetime):
        return moment_words(given)
    return day_words(given) if isinstance(given, date) else given or ""


def paragraphs(text: str) -> list[dict[str, str]]:
    """A text as rows of a list, a paragraph each."""
    return [{"内容": words.strip()} for words in text.splitlines() if words.strip()]


def moment_words(when: datetime) -> str:
    """2026年12月9日18时00分, in local time."""
    local = timezone.localtime(when)
    return f"{day_words(local.date())}{local:%H}时{local:%M}分"


def day(value: date | None) -> str:
    return day_words(value) if value else ""


def county_of(row: Any) -> str:
    """The name of the county the row lies in."""
    return str(Region.objects.get(code=row.region.county_code()).name)


def numbered(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The rows with 序号 from 1."""
    return [{"序号": str(place), **row} for place, row in enumerate(rows, 1)]
