"""A lead brought to its trial or past it, for the stories about outcomes."""

from cases.models import Lead, Outcome
from tests import factories
from tests.cases.conftest import services


def investigated(make, **fields):
    """Filed and investigated; the opinion to send it to trial is next."""
    p, lead = make.people, make("case_filed", **fields)
    services.start_step(lead, by=p.investigator)
    services.finish_step(lead, by=p.investigator, result="违纪事实清楚。")
    return lead


def on_trial(make, **fields):
    p, lead = make.people, investigated(make, **fields)
    services.propose(lead, by=p.investigator, method="adjudicate", proposal="移送审理。")
    services.approve(lead, by=p.secretary)
    services.start_step(lead, by=p.adjudicator)
    return Lead.objects.get(pk=lead.pk)


def tried(make, **fields):
    lead = on_trial(make, **fields)
    services.finish_step(lead, by=make.people.adjudicator, result="事实清楚，手续完备。")
    return Lead.objects.get(pk=lead.pk)


def member(**more):
    return [
        {"name": "周某某", "unit_text": "荻渚镇", "post_text": "副镇长", "kind": "party_official", **more}
    ]


def decide(make, lead, measure, *, subject=None, **values):
    """A decision on the (first) person of the lead, fresh from the database."""
    values = {"document_number": "青纪〔2026〕1 号", "facts": "虚报冒领补助资金。", **values}
    person = subject or lead.subjects.first()
    by = make.people.casemgr if measure.startswith("first") else make.people.adjudicator
    made = services.decide(lead, by=factories.fresh(by), subject=person, measure=measure, **values)
    return Outcome.objects.get(pk=made.pk)
