"""A problem that came back after it was closed, in the demonstration."""

from datetime import timedelta

from povertyaudit.demo import words_items as words
from povertyaudit.demo.items import WAY, ItemStory, Matter, Papers
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary
from povertyaudit.demo.words_items import Task
from rectification.models import Item, Source


def relapse(cast: Cast, diary: Diary, papers: Papers) -> ItemStory:
    """A later check finds the trouble of a closed item again: a new item cites the old one."""
    old = next(problem for problem in words.PROBLEMS if not problem.long_term)
    return ItemStory(cast, Matter(
        Source.ASSESSMENT, old.klass, old.aspect, f"回头看发现同类问题再次发生：{old.text}",
        [Task("按原整改措施重新落实，并查找反弹原因。", "", "")], old.lead, old.main, WAY[:2], (21, 20),
        due_on=diary.today + timedelta(days=35),
        paper=lambda: papers["", Source.ASSESSMENT],
        recurs=lambda: Item.objects.closed().filter(problem=old.text).first(),
    ), diary, seed=700)  # fmt: skip
