"""A bulletin as a paper: names as a channel writes them, headings put together, the same in every text."""

from cases.masking import Mask, masked
from cases.models import Bulletin, BulletinCase
from povertyaudit.core import papers
from povertyaudit.core.papers import Paper, Text, ordinal


def heading(case: BulletinCase, mask: str) -> str:
    """地点+单位+姓名+职务+问题."""
    people = "、".join(
        f"{case.in_mask(person.unit_text + person.post_text, mask)}{'' if mask == Mask.NONE else masked(person.name, mask)}"
        for person in case.persons.all()
    )
    return f"{case.place}{people.removeprefix(case.place)}{case.in_mask(case.problem, mask)}"


def paper_of(bulletin: Bulletin, mask: str) -> Paper:
    """The bulletin as a paper of one channel."""
    blocks: list[papers.Block] = [Text(bulletin.in_mask(bulletin.preface, mask))] if bulletin.preface else []
    for case in bulletin.cases.all():
        blocks.append(Text(f"{ordinal(case.ordinal)}、{heading(case, mask)}", heading=True))
        blocks.append(Text(case.in_mask(f"{case.facts}\n{case.decision}", mask)))
    return Paper(
        title=bulletin.in_mask(bulletin.title, mask), number=bulletin.issue_words, blocks=tuple(blocks),
        signed=bulletin.region.name + "纪委监委", dated=bulletin.issued_on,
    )  # fmt: skip
