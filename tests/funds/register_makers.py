"""Registers made through the verbs, from files as departments send them."""

import hashlib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from funds.models import Register, RegisterKind
from funds.services import register_loading, registers
from povertyaudit.core import jobs, moment
from povertyaudit.core.models import Job, Region
from povertyaudit.core.models.jobs import JobState
from tests import factories
from tests.register_list import HEAD, people

DAY = date(2026, 3, 31)
MARK_HEAD = "村代码,户编号,姓名,与户主关系,身份证号,吃,穿,义务教育,基本医疗,住房安全,饮水安全,脱贫状态\n"
OTHER_VILLAGE = "990101102202"


def second_village():
    """A village in the other township; an abolished one beside it."""
    factories.places()
    for code, name, ends in ((OTHER_VILLAGE, "荻花村", None), ("990101102203", "旧渡村", date(2026, 1, 31))):
        Region.objects.get_or_create(
            code=code, defaults={"name": name, "level": 5, "parent_id": factories.OTHER_TOWN, "path_name": name,
                                 "ends_on": ends},
        )  # fmt: skip


def lines(count=6, villages=(factories.VILLAGE, OTHER_VILLAGE), seed=1):
    """`[village, household, name, relation, number]` of fictional persons."""
    return [list(one) for one in people(count, villages, seed)]


def csv(rows, head=HEAD):
    return head + "".join(",".join(map(str, row)) + "\n" for row in rows)


def file(folder, text, name="名册.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def opened(by, path, kind="SUBSISTENCE", as_of=DAY, **more):
    return registers.load(
        by=by, kind=RegisterKind.objects.get(code=kind), as_of=as_of, file_name=path.name, path=str(path),
        file_digest=hashlib.sha256(path.read_bytes()).hexdigest(), wake=False, **more,
    )  # fmt: skip


def loaded(by, path, **more):
    """Opened and done by whoever claims its job."""
    register = opened(by, path, **more)
    if register.state == Register.State.LOADING:
        lease = jobs.claim(Job.objects.get(key=registers.job_key(register)).pk, from_others=True)
        result = register_loading.work(lease.job.payload, lease)
        lease.finish(state=JobState.DONE, finished_at=moment.now(), result=result)
    return Register.objects.get(pk=register.pk)


def told(people):
    """One of 青禾县 that counts."""
    second_village()
    with TemporaryDirectory() as folder:
        return loaded(people.finance, file(Path(folder), csv(lines(4))))
