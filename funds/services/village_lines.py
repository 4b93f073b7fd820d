"""The lines of a sheet out of what somebody said of its duties; everything that is wrong at once, each at its row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from funds.models import SheetLine, VillageSheet
from funds.services.village_duties import duties_of
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, RuleBroken, raise_all
from povertyaudit.core.models import Attachment

Keep = Callable[[Any], Attachment]
Answer = SheetLine.Answer


def lines_of(
    sheet: VillageSheet, said: Sequence[Mapping[str, Any]], keep: Keep, board: Any = None
) -> list[SheetLine]:
    """Unsaved lines for what was said; a row without an answer says nothing. `keep` makes an attachment of a file; `board`
    serves every published duty without a photo of its own. Raises Several (`answers-0-photo`, `board`, `answers`)."""
    known = {duty.code: duty for duty in duties_of(sheet)}
    standing = {line.code: line for line in sheet.lines.select_related("photo")}
    wrong: list[DomainError] = []
    whole = _kept(keep, board, "board", wrong) if board is not None else None
    found: dict[str, SheetLine] = {}
    for number, one in enumerate(said):
        code = one["duty"]
        if not one.get("answer"):
            continue
        if code not in known or code in found:
            text = "这一项不在本月清单里，或者写了两次，请刷新页面后重新填写。"
            wrong.append(RuleBroken("fill.duty", text, field=f"answers-{number}-answer"))
            continue
        line = standing.get(code) or SheetLine(sheet=sheet, code=code)
        line.name, line.answer = known[code].name, one["answer"]
        found[code] = line
        wrong += _Row(line, one, number, sheet, keep).say(whole)
    if not found and not wrong:
        wrong.append(RuleBroken("fill.nothing", "请至少填写一项。", field="answers"))
    raise_all(wrong)
    return list(found.values())


def _kept(keep: Keep, file: Any, field: str, wrong: list[DomainError]) -> Attachment | None:
    """The photo, or nothing and why. A paper is no photo of a board."""
    try:
        made = keep(file)
    except RuleBroken as refused:
        wrong.append(RuleBroken(refused.code, f"“{file.name}”：{refused.message}", field=field))
        return None
    if not str(made.content_type).startswith("image/"):
        wrong.append(RuleBroken("fill.not_photo", "请上传照片（JPG、PNG），不是文档。", field=field))
    return made


class _Row:
    """One answer, put on its line."""

    def __init__(
        self, line: SheetLine, one: Mapping[str, Any], number: int, sheet: VillageSheet, keep: Keep
    ) -> None:
        self.line, self.one, self.number, self.sheet, self.keep = line, one, number, sheet, keep
        self.wrong: list[DomainError] = []

    def say(self, whole: Attachment | None) -> list[DomainError]:
        """What is wrong with it."""
        if self.line.answer == Answer.PUBLISHED:
            self._published(whole)
        else:
            self._reason()
        return self.wrong

    def _refuse(self, code: str, text: str, field: str) -> None:
        self.wrong.append(
            RuleBroken(code, f"“{self.line.name}”：{text}", field=f"answers-{self.number}-{field}")
        )

    def _reason(self) -> None:
        reason = str(self.one.get("reason") or "").strip()
        if not reason:
            unpublished = self.line.answer == Answer.UNPUBLISHED
            self._refuse(
                "fill.reason",
                f"请写明为什么{'没有公开' if unpublished else '本月没有这个事项'}。",
                "reason",
            )
        self.line.reason, self.line.published_on, self.line.photo = reason, None, None

    def _published(self, whole: Attachment | None) -> None:
        day = self.one.get("published_on") or self.line.published_on or moment.today()
        if not self.sheet.month <= day <= moment.today():
            self._refuse("fill.day", f"公开日期应在 {self.sheet.month} 至今天之间，请核对。", "published_on")
        self.line.published_on, self.line.reason = day, ""
        given, field = self.one.get("photo"), f"answers-{self.number}-photo"
        if given is None:
            self.line.photo = whole or self.line.photo
        elif isinstance(given, Attachment):
            self.line.photo = given
            own = (given.target_label, given.target_id) == (self.sheet._meta.label_lower, self.sheet.pk)
            if not own or not given.content_type.startswith("image/"):
                self._refuse("fill.photo_elsewhere", "照片应是本清单上传的照片，请先上传。", "photo")
        else:
            self.line.photo = _kept(self.keep, given, field, self.wrong)
            return
        if self.line.photo is None:
            self._refuse("fill.photo", "已公开的请上传照片，或者上传公开栏的整栏照片。", "photo")
