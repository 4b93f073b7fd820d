"""What a secret round noted down for later is as unknown as the round, and nothing of it leaves before its end."""

import pytest

from inspections import home_handed, services
from inspections.models import Opinion, RoundPaper
from povertyaudit.core import looking, searching
from povertyaudit.core.errors import RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification
from tests import factories
from tests.inspections import handed, makers
from tests.inspections.test_secrecy import NAMED, OTHERS

pytestmark = pytest.mark.django_db
WORDS = "限期补发到户奖补资金"


@pytest.fixture
def secret(people):
    round_ = makers.round_(people, secret=True)
    opinion = handed.opinion(people, round_, text=WORDS)
    said = {"kind": "report", "title": f"{WORDS}的报告", "file": handed.paper()}
    return round_, opinion, services.record_paper(by=people.patrol1, round=round_, **said)


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_but_the_named_knows_of_it(people, secret, name):
    round_, opinion, paper = secret
    who = getattr(people, name)
    web, api = handed.web(who), handed.api(who)
    for path in ("/opinions/", "/round-papers/", "/opinions/?q=补发", "/"):
        assert WORDS not in web.get(path).content.decode()
    for path in (opinion.get_absolute_url(), paper.get_absolute_url(), f"{opinion.get_absolute_url()}send/"):
        assert web.get(path).status_code == 404
        assert api.get(f"/api/v1{path}").status_code in {404, 405}
    for path in ("/api/v1/opinions/", "/api/v1/round-papers/", "/api/v1/attachments/"):
        assert api.get(path).data["results"] == []
    assert looking.look(home_handed.FOUND, factories.fresh(who), searching.asked(WORDS).looked_for) == []
    assert not Notification.objects.filter(user=who, number="").exists()


@pytest.mark.parametrize("name", NAMED)
def test_the_named_do(people, secret, name):
    who = factories.fresh(getattr(people, name))
    assert Opinion.objects.visible_to(who).exists()
    assert RoundPaper.objects.visible_to(who).exists()


def test_it_bears_no_number_reminds_no_colleague_and_nothing_leaves(people, secret):
    round_, opinion, paper = secret
    assert (opinion.number, paper.number) == (None, None)
    assert Clock.objects.of(paper).get().owner_unit is None
    makers.finding(people, round_)
    round_ = handed.with_reviewers(people, round_)
    form = services.draft_feedback(by=people.patrol1, round=round_, unit=handed.town())
    with pytest.raises(WrongState):
        services.send_opinion(opinion, by=people.patroloffice)
    with pytest.raises(RuleBroken):
        handed.notice(people, round_)
    with pytest.raises(RuleBroken):
        services.tell_head(form, by=people.patroloffice, head_name="书记")
    with pytest.raises(WrongState):
        services.hand_lead(round_, by=people.patrol1, leads=[{"title": "一"}])
    services.finish_round(handed.fresh(round_), by=people.patroloffice)
    assert services.send_opinion(handed.fresh(opinion), by=people.patroloffice).number.endswith("-0001")
    assert services.tell_head(form, by=people.patroloffice, head_name="书记").state == "head_told"


def test_who_stands_aside_from_an_object_sees_and_does_nothing_of_it(people):
    """The unit is an object of the round; a member recused from it neither reads nor signs what concerns it."""
    round_ = makers.round_(people)
    services.add_objects(round_, by=people.patroloffice, units=[handed.town()])
    row, note = handed.opinion(people, round_), handed.notice(people, handed.fresh(round_))
    assert row.object == note.object == round_.round_objects.get()
    ground = {"objects": [row.object], "ground": "kin", "text": "亲属在该镇任职。"}
    services.declare_recusal(handed.fresh(round_), by=people.patrol1, **ground)
    web = handed.web(people.patrol1)
    for path in (row.get_absolute_url(), note.get_absolute_url()):
        assert web.get(path).status_code == 404
    for act in (handed.opinion, handed.notice):
        with pytest.raises(Exception, match="回避"):
            act(people, handed.fresh(round_))
    assert Opinion.objects.visible_to(factories.fresh(people.patroloffice)).exists()
