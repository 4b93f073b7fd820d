"""Doors for the worker and the clock. Every one may come twice or late: the rows decide what is done."""

from celery import shared_task

from povertyaudit.core import daily, jobs, moment


@shared_task(name="povertyaudit.core.tasks.work")
def work(job_id: int) -> str:
    """Do one job, if it is still to be done."""
    jobs.beat("worker")
    return jobs.run(job_id)


@shared_task(name="povertyaudit.core.tasks.sweep")
def sweep() -> int:
    """Send again what is due and nobody's."""
    jobs.beat("worker")
    return jobs.sweep()


@shared_task(name="povertyaudit.core.tasks.tick")
def tick() -> list[str]:
    """See that the day's work stands ready."""
    return daily.tick()


@shared_task(name="povertyaudit.core.tasks.seal")
def seal() -> str:
    """The night's seal as a job; `tick` makes good a night the machine was off."""
    return jobs.enqueue("seal", {}, f"seal:{moment.today()}").key


@shared_task(name="povertyaudit.core.tasks.tidy")
def tidy() -> str:
    """The night's clearing up, as a job."""
    return jobs.enqueue("tidy", {}, f"tidy:{moment.today()}").key
