"""Every example body of the schema is sent to the demo county, by somebody whose turn it is, and succeeds."""

from collections import defaultdict
from itertools import chain, islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from rest_framework.test import APIClient

from povertyaudit.core.models import User
from tests import answers, written_schema
from tests.core.machines import API, PDF, machine
from tests.demo.seeding import LISTED

THINGS = (
    "leads", "rounds", "round-objects", "campaigns", "pool-persons", "findings", "items", "measures", "misuses", "channels", "region-changes", "saved-views",
    "interferences", "accountabilities", "declarations", "terms", "accounts", "units", "unit-changes", "superior-receipts", "identity-requests", "batches", "calls", "digests",
    "outcomes",
    "handovers",
    "summaries", "bulletins", "bulletin-copies", "meetings", "resolutions", "notices", "notice-comments",
    "opinions", "immediate-notices", "round-papers", "feedbacks", "rectification-plans",
    "visit-plans", "visits", "worksheets", "village-people", "attendance",
    "clarifications", "false-accusations", "partner-reports", "period-reports", "source-papers", "escalations",
    "allocations", "projects", "payments", "match-lists", "suspicions", "village-sheets", "local-duties", "registers", "look-backs", "look-back-checks",
    "assessments", "unit-sheets", "score-sheets", "assessment-measures", "inspection-duties",
    "activities", "activity-sheets", "commendations", "regulations",
    "talks", "reports",
    "responsibilities", "responsibility-letters", "team-lists", "imports",
)  # fmt: skip
EVERYWHERE = ("comments",)  # on every dossier, by whoever sees it; no verb of its table
# Who makes a new record; the rest is done by whoever is offered the verb.
MAKERS = {
    "tokens": "casemgr", "leads": "petition", "rounds": "patroloffice", "campaigns": "patroloffice", "pool-persons": "patroloffice", "findings": "patrol1", "items": "inspector1",
    "measures": "casemgr", "declarations": "inspector2", "interferences": "inspector1", "accountabilities": "casemgr", "misuses": "finance", "channels": "sysadmin", "notification-preferences": "casemgr",
    "saved-views": "petition", "accounts": "sysadmin", "terms": "casemgr",
    "units": "casemgr", "superior-receipts": "petition", "batches": "casemgr", "calls": "petition", "digests": "petition",
    "cases": "casemgr",
    "handovers": "casemgr", "bulletins": "casemgr", "notices": "patroloffice", "meetings": "casemgr",
    "opinions": "patroloffice", "immediate-notices": "patroloffice", "round-papers": "patroloffice", "feedbacks": "patroloffice",
    "visit-plans": "patroloffice", "visits": "patrol1", "worksheets": "patrol1", "village-people": "patroloffice",
    "attendance": "patroloffice",
    "partner-reports": "casemgr", "source-papers": "casemgr", "evidence-needs": "casemgr", "check-rules": "casemgr", "notice-rules": "casemgr",
    "allocations": "finance", "projects": "official", "match-lists": "finance", "suspicions": "finance",
    "local-duties": "official", "registers": "casemgr", "look-backs": "inspector1", "assessments": "casemgr", "assessment-schemes": "casemgr", "assessment-ladders": "casemgr", "inspection-rules": "casemgr",
    "activities": "official", "activity-sheets": "official", "commendations": "official", "regulations": "official",
    "talks": "inspector1",
    "token-scopes": "secadmin",
    "responsibilities": "inspector1", "responsibility-letters": "inspector1", "team-lists": "patroloffice",
}  # fmt: skip
# State unchanged and never offered: the registering desk alone, on a complaint that bears a name.
DESK_VERBS = ("note_complainant", "reveal_complainant")
CALL_VERBS = ("note_caller", "reveal_caller")
# A file cannot be written down as an example: the field it goes in, and the verb whose holders may send one.
UPLOADS = {
    "worksheets/{id}/add_evidence/": ("evidence", "add_evidence"),
    "items/{id}/add_evidence/": ("files", "add_evidence"), "items/{id}/attach/": ("file", "add_evidence"),
    "leads/{id}/attach/": ("file", "attach"), "meetings/{id}/attach/": ("file", "attach"), "measures/{id}/add_evidence/": ("files", "add_evidence"),
    "payments/{id}/attach/": ("file", "add_paper"), "projects/{id}/attach/": ("file", "attach"), "allocations/{id}/attach/": ("file", "revoke"),
    "suspicions/{id}/attach/": ("file", "attach"),
    "misuses/{id}/attach/": ("file", "record_recovery"), "immediate-notices/{id}/attach/": ("file", "attach"),
    "round-papers/{id}/attach/": ("file", "attach"),
    "activities/{id}/attach/": ("file", "attach"), "commendations/{id}/attach/": ("file", "attach"),
    "regulations/{id}/attach/": ("file", "attach"),
    "source-papers/{id}/attach/": ("file", "attach"), "look-back-checks/{id}/attach/": ("file", "attach"),
    "talks/{id}/record_receipt/": ("file", "record_receipt"),
    "responsibilities/{id}/attach/": ("file", "amend"), "responsibility-letters/{id}/attach/": ("file", "amend"),
    "rounds/{id}/attach/": ("file", "attach"), "village-sheets/{id}/attach/": ("file", "attach"),
}  # fmt: skip
FOLLOWED = (
    "inspection-duties", "assessment-measures", "assessments", "unit-sheets", "score-sheets",
    "activities", "activity-sheets", "commendations", "regulations",
    "talks", "reports",
    "responsibilities", "responsibility-letters", "team-lists", "imports",
    "look-backs", "look-back-checks", "match-lists", "suspicions", "allocations", "projects", "payments", "village-sheets", "local-duties", "registers",
    "leads", "rounds", "round-objects", "campaigns", "pool-persons", "findings", "items", "misuses", "superior-receipts", "batches", "calls", "digests", "outcomes",
    "handovers", "summaries", "bulletins", "bulletin-copies", "interferences", "accountabilities",
    "handovers", "clarifications", "false-accusations", "partner-reports", "period-reports", "source-papers", "escalations",
    "summaries", "bulletins", "bulletin-copies", "meetings", "resolutions", "notices", "notice-comments",
    "opinions", "immediate-notices", "round-papers", "feedbacks", "rectification-plans",
    "visit-plans", "visits", "worksheets", "village-people", "attendance",
)  # fmt: skip
SHOWN_ONLY = {
    f"round-objects/bulk/{verb}/": "an object bears no number and its id is random: in test_objects"
    for verb in ("enter", "leave", "assign_team", "drop")
} | {
    "look-back-checks/bulk/assign/": "a check bears no number and its id is random: in test_look_backs_doors",
    "token-scopes/{id}/revoke/": "no token is issued in the demo county: in test_token_scopes",
    "hooks/": "names a channel, whose id is random: in test_hooks",
    "hooks/{id}/end/": "no receiver in the demo county: in test_hooks",
    "hook-deliveries/{id}/resend/": "no receiver in the demo county: in test_hooks",
    "ledger-files/{id}/cancel/": "no large ledger in the demo county: in test_ledgers",
    "imports/{id}/settle/": "only a returned working sheet has conflicts: in tests/imports/test_working",
    "escalations/{id}/conclude/": "an agreed talk is carried out among the talks; by hand: in test_escalation",
    "talks/{id}/link/": "names an accountability that decided on a talk: in test_talks_doors",
    "look-backs/{id}/finish/": "only once every check has come to its end: in test_look_backs",
    "payments/": "names a project with money left, another one every day: in test_payments_doors",
    "payments/batch/": "as payments/; batches in test_batches",
    "payments/batch/pay/": "names payments that wait for the treasury, others every day: in test_batches",
    "projects/{id}/set_lines/": "the sources add up to what this very project was approved at: in test_projects",
    "items/{id}/close/": "only once the days of publication are over and nobody objects: in test_publishing",
    "items/{id}/request_merge/": "names another item of the same paper or round: in test_regrouping",
    "documents/": "names a record, whose id is random: in tests/documents/test_making",
    "documents/{id}/void/": "no document is made in the demo county: in tests/documents/test_voiding",
    "document-templates/{id}/confirm/": "no template is proposed in the demo county: in tests/documents/test_templates",
    "document-templates/{id}/refuse/": "no template is proposed in the demo county: in tests/documents/test_templates",
    "reports/{id}/check/": "only on figures that no act has changed since they were counted: in tests/reporting",
    "notices/{id}/close/": "only once the days of publication are over: in test_notices",
    "clarifications/": "names a lead that proved untrue with its person, another one every day: in test_clearing",
    "false-accusations/": "names a lead that proved untrue, another one every day: in test_false_accusations",
    "bulletins/{id}/add_case/": "names a lead with its persons, which every day of the demo has others: in test_bulletins",
}
NOT_SENT = {
    "registers/": "a file of its own kind: in test_registers_doors",
    "document-templates/{id}/propose/": "a Word file: in tests/documents/test_templates",
    "imports/": "a spreadsheet: in tests/imports",
    "visits/{id}/add_photos/": "photos: in test_visits",
    "bulletin-copies/{id}/post_up/": "a photo: in test_bulletins_villages",
    "items/{id}/replace_evidence/": "a file, for a piece of evidence: in test_evidence",
    "attachments/{id}/replace/": "a file, for an attachment: replaced in test_files",
    "channels/{id}/try_out/": "no body; nothing leaves the demo county: tried in test_channels",
    "deliveries/{id}/retry/": "no body; nothing was given up in the demo county: in test_deliveries_tried_again",
    "notifications/{id}/read/": "no body",
    "saved-views/{id}/delete/": "no body: in test_saved_views",
    "identity-requests/{id}/read/": "no body, within the hour after approval: in test_identity",
    "vault-keys/rotate/": "no body: in test_rotation",
    "comments/{id}/withdraw/": "no body: one's own comment, in test_comments",
} | {
    f"{things}/{{id}}/{verb}/": "no body: in test_favourites"
    for things in FOLLOWED
    for verb in ("follow", "unfollow")
}


def operations():
    """`(method, address, example)` of every write; the example is None where there is none."""
    schema = written_schema.schema()
    found = []
    for address, methods in schema["paths"].items():
        for method in ("post", "put", "patch"):
            if method in methods:
                content = methods[method].get("requestBody", {}).get("content", {})
                shown = [e["value"] for body in content.values() for e in body.get("examples", {}).values()]
                found.append((method, address.removeprefix(API), shown[0] if shown else None))
    return found


WRITES = operations()
SHOWN = [one for one in WRITES if one[2] is not None and one[1] not in SHOWN_ONLY]


@pytest.fixture(scope="module")
def county(demo, django_db_blocker):
    """Who is offered what in the demo county."""
    with django_db_blocker.unblock():
        return County()


class County:
    """The demo users as callers. What each is offered is asked when it matters: most examples succeed with the first."""

    def __init__(self):
        self.callers = {user.username: machine(user) for user in User.objects.filter(username__in=LISTED)}
        self.known = {}

    def offers(self, things, verb):
        """(caller, id) of those who are offered the verb, in the order of the users."""
        for name in LISTED if things in THINGS else ():
            if (name, things) not in self.known:
                self.known[name, things] = self.asked(name, things)
            yield from ((self.callers[name], id_) for id_ in self.known[name, things][verb])

    def asked(self, name, things):
        found = defaultdict(list)
        queries = ("", "&list=approvals") if things == "terms" else ("",)
        answers = [self.callers[name].get(f"{API}{things}/?limit=5000{more}").json() for more in queries]
        for row in chain.from_iterable(answer["results"] for answer in answers):
            named = things == "leads" and name == "petition" and row["identity_status"] != "anonymous"
            desk = DESK_VERBS if named else CALL_VERBS if things == "calls" and name == "petition" else ()
            for verb in (*row["actions"], *EVERYWHERE, *desk):
                found[verb].append(row["id"])
        return found

    def readers(self, things):
        """`(caller, id)` of the first and of another record that somebody sees; where there is none, those who may ask."""
        seen = list(islice(self.offers(things, EVERYWHERE[0]), 30))
        nobodys = [(self.callers[name], "x" * 22) for name in ("casemgr", "secadmin")]
        return [seen[0], seen[-1]] if seen else nobodys

    def candidates(self, address, verb=""):
        """Who might send it, to which address; `verb` where another than that of the address says who."""
        things, _, rest = address.partition("/")
        if "{id}" not in address:
            caller = APIClient() if things == "tokens" else self.callers[MAKERS[things]]
            return [(caller, address)]
        verb = verb or rest.split("/")[1]
        return ((caller, address.replace("{id}", id_)) for caller, id_ in self.offers(things, verb))


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "address", "example"), SHOWN, ids=[a for _, a, _ in SHOWN])
def test_the_example_succeeds(county, method, address, example):
    """Some records refuse for what they lack (an unproven measure); one of those offered takes the body as it is."""
    assert_one_succeeds(county.candidates(address), method, lambda: example, "json", address)


@pytest.mark.django_db
@pytest.mark.parametrize("address", UPLOADS)
def test_a_file_is_taken(county, address):
    field, verb = UPLOADS[address]
    assert_one_succeeds(
        county.candidates(address, verb), "post", lambda: {field: paper()}, "multipart", address
    )


def paper():
    return SimpleUploadedFile("凭证.pdf", PDF, content_type="application/pdf")


def assert_one_succeeds(candidates, method, body, kind, told):
    """`told` is the address as the schema writes it: what is answered must be what stands there, refused or not."""
    refusals = set()
    for caller, place in candidates:
        with transaction.atomic():
            answer = getattr(caller, method)(f"{API}{place}", body(), format=kind)
            transaction.set_rollback(True)
        assert answers.faults(method, f"{API}{told}", answer) == []
        if 200 <= answer.status_code < 300:
            return
        refusals.add((answer.status_code, answer.json()["message"]))
    assert refusals, "nobody in the demo county is offered this verb"
    pytest.fail(f"refused by all: {sorted(refusals)}")


def reads():
    return [address for address, methods in written_schema.schema()["paths"].items() if "get" in methods]


@pytest.mark.django_db
def test_what_is_read_is_what_the_schema_says(county):
    """Every GET by two who see something there: lists and ledgers short, of each kind one record."""
    found = []
    for address in reads():
        things = address.removeprefix(API).split("/")[0]
        for caller, id_ in county.readers(things):
            with transaction.atomic():
                answer = caller.get(
                    address.replace("{id}", id_), {"limit": 20} if address.endswith(f"{things}/") else {}
                )
                found += answers.faults("get", address, answer)
                transaction.set_rollback(True)
    assert sorted(set(found)) == []


def test_only_files_and_a_verb_without_a_body_go_without_an_example():
    without = {address for _, address, example in WRITES if example is None}
    print("\n".join(f"{address}: {reason}" for address, reason in sorted((NOT_SENT | SHOWN_ONLY).items())))  # noqa: T201
    assert without == {*UPLOADS, *NOT_SENT}
