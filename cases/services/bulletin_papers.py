"""A bulletin as a paper: names as a channel writes them, headings put together, the same in every text."""

from cases.models import Bulletin, BulletinCase, Mask
from povertyaudit.core import papers
from povertyaudit.core.papers import Paper, Text, ordinal

COMPOUND = frozenset({
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "长孙", "宇文", "轩辕",
})  # fmt: skip


def masked(name: str, mask: str) -> str:
    """A name as a channel writes it: 张三某 is 张某某, 欧阳铁柱 is 欧阳某某; nameless: 当事人."""
    if mask == Mask.FULL:
        return name
    if mask == Mask.NONE:
        return "当事人"
    family = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
    return family + "某" * max(1, len(name) - len(family))


def heading(case: BulletinCase, mask: str) -> str:
    """地点+单位+姓名+职务+问题."""
    people = "、".join(
        f"{person.unit_text}{person.post_text}{'' if mask == Mask.NONE else masked(person.name, mask)}"
        for person in case.persons.all()
    )
    return f"{case.place}{people.removeprefix(case.place)}{case.problem}"


def in_mask(case: BulletinCase, text: str, mask: str) -> str:
    """A text of the case with its persons written as the channel writes them, the longest names first."""
    for name in sorted((person.name for person in case.persons.all()), key=len, reverse=True):
        text = text.replace(name, masked(name, mask))
    return text


def paper_of(bulletin: Bulletin, mask: str) -> Paper:
    """The bulletin as a paper of one channel."""
    blocks: list[papers.Block] = [Text(bulletin.preface)] if bulletin.preface else []
    for case in bulletin.cases.all():
        blocks.append(Text(f"{ordinal(case.ordinal)}、{heading(case, mask)}", heading=True))
        blocks.append(Text(in_mask(case, f"{case.facts}\n{case.decision}", mask)))
    return Paper(
        title=bulletin.title, number=bulletin.issue_words, blocks=tuple(blocks),
        signed=bulletin.region.name + "纪委监委", dated=bulletin.issued_on,
    )  # fmt: skip
