"""The papers that brought the items no round found: a higher inspection's feedback (seed 002), an audit, an assessment."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from povertyaudit.core import moment
from povertyaudit.demo.items import Papers
from povertyaudit.demo.papers import voucher
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary, Timeline
from rectification.models import Source
from rectification.services import source_papers

# key, source, title, who wrote it, document number without its year
PAPERS = (
    ("feedback", Source.SUPERIOR, "关于脱贫攻坚专项巡视的反馈意见", "省委第四巡视组", "巡反〔{year}〕6号"),
    (Source.AUDIT, Source.AUDIT, "关于财政扶贫资金专项审计的报告", "市审计局", "审农报〔{year}〕3号"),
    (
        Source.ASSESSMENT,
        Source.ASSESSMENT,
        "关于脱贫成效考核发现问题的通报",
        "市考核工作组",
        "考核〔{year}〕2号",
    ),
    (
        Source.SUPERIOR,
        Source.SUPERIOR,
        "关于民生保障政策落实督查情况的反馈",
        "市政府督查室",
        "督反〔{year}〕11号",
    ),
)


def add_all(timeline: Timeline, ours: Cast, theirs: Cast, diary: Diary) -> Papers:
    """Both counties' papers; what is returned fills as the story goes."""
    found: Papers = {}
    for cast, prefix in ((ours, ""), (theirs, "neighbour")):
        timeline.add(registered(cast, diary, found, prefix))
    return found


def registered(cast: Cast, diary: Diary, found: Papers, prefix: str) -> Iterator[datetime]:
    """All on one day, before the first item, each county by its own desk; in ours one more has just come, without items."""
    yield diary.ago(306)
    by = cast.users[f"{prefix}inspector2"]
    for key, source, title, issuer, document in PAPERS[1 if prefix else 0 :]:
        found[prefix, key] = source_papers.register_paper(
            by=by, kind=source, title=title, issuer=issuer, document=document.format(year=moment.today().year),
            received_on=moment.today() - timedelta(days=2), files=[voucher("原件扫描件", [f"{key} {moment.today().year}"])],
        )  # fmt: skip
    if prefix:
        return
    yield diary.ago(3)
    source_papers.register_paper(
        by=by, kind=Source.AUDIT, title="关于产业奖补资金审计调查的报告", issuer="市审计局", received_on=moment.today(),
        document=f"审农报〔{moment.today().year}〕31号", note="刚收到，事项待逐条登记。",
    )  # fmt: skip
