"""A notice as a paper: problem class, problem, measures（1）（2）…, results（1）（2）… in parallel; where to send comments."""

from itertools import groupby

from povertyaudit.core import papers
from povertyaudit.core.papers import Paper, Text, ordinal
from rectification.models import NoticeProblem, PublicNotice


def paper_of(notice: PublicNotice) -> Paper:
    """What the public reads: without the problems kept back, numbered anew without a gap."""
    blocks: list[papers.Block] = [Text(notice.preface)] if notice.preface else []
    shown = [problem for problem in notice.problems.all() if not problem.withheld]
    for no, (words, group) in enumerate(groupby(shown, lambda problem: problem.problem_class), 1):
        blocks.append(Text(f"{ordinal(no)}、{words}", heading=True))
        for place, problem in enumerate(group, 1):
            blocks.append(Text(_problem(place, problem)))
    blocks.append(Text("意见反馈", heading=True))
    blocks.append(Text(feedback(notice)))
    return Paper(
        title=notice.title, number=notice.number or "", blocks=tuple(blocks),
        signed=notice.unit.name if notice.unit else notice.drafting_unit.name, dated=notice.published_on,
    )  # fmt: skip


def _problem(place: int, problem: NoticeProblem) -> str:
    lines = list(problem.lines.all())
    said = [f"（{ordinal(place)}）{problem.text}", "整改措施："]
    said += [f"（{line.no}）{line.measure}" for line in lines if line.measure]
    said += ["整改成效："]
    said += [f"（{line.no}）{line.result}" for line in lines if line.result]
    return "\n".join([*said, f"整改情况：{problem.standing}。"])


def feedback(notice: PublicNotice) -> str:
    """Until when and where comments are taken."""
    until = f"公开之日起 {notice.days} 天"
    if notice.published_on and notice.ends_on:
        until = f"{papers.day_words(notice.published_on)}至{papers.day_words(notice.ends_on)}"
    said = [f"公开期限：{until}。欢迎对整改情况进行监督，有意见建议请通过以下方式反映。"]
    said += [f"联系电话：{notice.phone}", f"邮政通讯地址：{notice.address}"]
    return "\n".join([*said, *([f"电子邮箱：{notice.mailbox}"] if notice.mailbox else [])])
