"""Which functions of which app answer a question that an app below asks: dotted paths, read by `settings`."""

DAILY_WORK = (  # what a day owes: functions (day, now) -> list of (key, kind, payload) of jobs
    "povertyaudit.core.reading.owed",
    "cases.services.digesting.owed",
    "cases.services.summing.owed",
    "cases.services.repeats.owed",
    "inspections.services.quotas.owed",
    "rectification.services.opening_periods.owed",
    "rectification.services.ranking.owed",
    "rectification.services.escalating.owed",
    "funds.services.opening_sheets.owed",
    "funds.services.weeks.owed",
    "povertyaudit.assessment.services.opening.owed",
    "povertyaudit.activities.services.reminding.owed",
    "povertyaudit.answering.services.reminding.owed",
    "povertyaudit.reporting.services.reports.owed",
    "povertyaudit.digest.owed",
    "povertyaudit.exchange.services.tidying.owed",
    "povertyaudit.exchange.services.hooks.owed",
)
JOB_HANDLERS: dict[str, str] = {  # kind of job -> the function that does it
    "remind": "povertyaudit.core.remind.job",
    "deliver": "povertyaudit.core.deliveries.job",
    "desk_digest": "povertyaudit.digest.job",
    "match_list": "funds.services.match_lists.job",
    "seal": "povertyaudit.core.daily.seal_job",
    "tidy": "povertyaudit.core.tidying.job",
    "read_files": "povertyaudit.core.reading.job",
    "rotate": "povertyaudit.core.rotation.work",
    "digest": "cases.services.digesting.job",
    "summaries": "cases.services.summing.job",
    "repeats": "cases.services.repeats.work",
    "visit_quotas": "inspections.services.quotas.job",
    "escalate": "rectification.services.escalating.job",
    "period_reports": "rectification.services.opening_periods.job",
    "unit_ranking": "rectification.services.ranking.job",
    "village_sheets": "funds.services.opening_sheets.job",
    "progress_week": "funds.services.weeks.job",
    "register": "funds.services.register_loading.job",
    "assessments": "povertyaudit.assessment.services.opening.job",
    "assessment_count": "povertyaudit.assessment.services.opening.count_job",
    "assessment_measures": "povertyaudit.assessment.services.ladders.job",
    "return_sheet": "funds.services.return_sheets.job",
    "activity_reminders": "povertyaudit.activities.services.reminding.job",
    "activity_sheet": "povertyaudit.activities.services.sheets.job",
    "answering": "povertyaudit.answering.services.reminding.job",
    "sheet_check": "povertyaudit.sheets.services.checking.job",
    "sheet_mark": "povertyaudit.sheets.services.checking.mark_job",
    "sheet_bring": "povertyaudit.sheets.services.bringing.job",
    "sheet_undo": "povertyaudit.sheets.services.undoing.job",
    "reports": "povertyaudit.reporting.services.reports.job",
    "ledger_file": "povertyaudit.exchange.api.writing.job",
    "hooks": "povertyaudit.exchange.services.hooks.job",
    "exchange_tidy": "povertyaudit.exchange.services.tidying.job",
}
HANDING_OVER = (  # what a person who leaves has in hand: functions (post) -> list of core.handing_over.Work
    "cases.services.leaving.open_work",
    "cases.services.leaving_meetings.open_work",
    "inspections.leaving.open_work",
    "inspections.field_leaving.open_work",
    "funds.leaving.open_work",
    "rectification.services.leaving.open_work",
    "funds.services.leaving.open_work",
    "povertyaudit.answering.services.leaving.open_work",
    "povertyaudit.talks.services.leaving.open_work",
    "povertyaudit.assessment.services.leaving.open_work",
)
ROUND_PARTS = (  # what the page of a round is put together from, in its order (inspections.pages.round_parts)
    "inspections.pages.objects.Objects",
    "inspections.pages.teams.Teams",
    "inspections.pages.field.FieldWork",
    "inspections.pages.rounds.Findings",
    "inspections.pages.handed.HandedOn",
    "inspections.pages.owing.Owing",
    "inspections.pages.results.LeadResults",
    "rectification.round_parts.Rectified",
    "rectification.notice_parts.PublicNotices",
    "inspections.pages.rounds.Linked",
    "inspections.pages.rounds.Papers",
)
ROUND_CLOSING = (  # what keeps a round from being closed: functions (round) -> list of phrases
    "inspections.services.closing.findings",
    "inspections.services.closing.recusals",
    "rectification.services.notices.not_ended",
    "inspections.services.owing.leads",
    "inspections.services.owing.opinions",
    "inspections.services.owing.notices",
    "inspections.services.owing.feedback",
    "inspections.services.owing.plans",
    "inspections.services.owing.papers",
    "inspections.services.worksheets.still_open",
)
LEADS_OF_ROUNDS = {  # for lists of leads and of what came of them: rounds to choose from, and the leads one handed over
    "rounds": "inspections.services.handed_over.rounds",
    "leads": "inspections.services.handed_over.leads_of",
}
CLOCK_FOLLOWERS = {  # rows that keep the date of their clock: label -> function (list of Move)
    "rectification.item": "rectification.services.calendar.follow_calendar",
    "rectification.periodreport": "rectification.services.periods.follow_calendar",
    "funds.villagesheet": "funds.services.village_sheets.follow_calendar",
}
UNIT_FOLLOWERS = (  # what a unit merged into another had open: functions (unit, successor, *, by)
    "rectification.services.following.follow_unit",
    "funds.services.following.follow_unit",
    "povertyaudit.assessment.services.sheets.follow_unit",
    "povertyaudit.assessment.services.duties.follow_unit",
)
VILLAGE_TERM_FOLLOWERS = (  # what ends with a service in a village: functions (person, *, by, note, recalled)
    "povertyaudit.answering.services.teams.follow_person",
)
# Who is named by a term of responsibility, for the form of 问责对象: function (public id, user) -> initial values.
RESPONSIBLE_NAMED = "povertyaudit.answering.pages.tables.named"
PLAN_APPROVED = (  # what an approved 整改方案 sets in motion: functions (plan, *, by, lead_unit)
    "rectification.services.from_plans.open_items",
)
STEP_AGREED = (  # what an agreed step of 督办 sets in motion at once: functions (step, *, by)
    "povertyaudit.talks.services.from_steps.open_for",
)
STEP_ELSEWHERE = (  # why a step is not concluded by hand: functions (step) -> sentence, empty for none
    "povertyaudit.talks.services.from_steps.held_elsewhere",
)
EVIDENCE_VERBS = {  # dossiers whose evidence is signed over: label -> what is said to who would replace a file past that
    "rectification.item": "这是整改事项的佐证材料，请在事项页面办理“更换佐证材料”。",
}
RECORD_TABLES = {  # what apps above show on a record: label -> functions (row, user) -> list of tables
    "assessment.assessmentmeasure": ("povertyaudit.assessment.talking.of_measure",),
    "assessment.assessmentscheme": ("povertyaudit.assessment.pages.of_scheme",),
    "assessment.dutyrule": ("povertyaudit.assessment.duty_pages.of_rule",),
    "assessment.ladderrule": ("povertyaudit.assessment.ladder_pages.of_rule",),
    "assessment.unitsheet": ("povertyaudit.assessment.ladder_pages.of_sheet",),
    "core.region": ("povertyaudit.answering.pages.tables.of_region",),
    "cases.lead": (
        "funds.pages.origins.of_lead", "funds.pages.suspicions.of_lead", "povertyaudit.answering.pages.tables.of_lead",
    ),
    "cases.accountability": ("povertyaudit.answering.pages.tables.of_accountability",),
    "inspections.villageperson": ("povertyaudit.answering.pages.tables.of_person",),
    "rectification.item": (
        "povertyaudit.activities.beside.of_item", "povertyaudit.answering.pages.tables.of_item",
    ),
    "funds.project": ("funds.pages.origins.of_project",),
    "inspections.finding": ("funds.pages.origins.of_finding",),
    "funds.misuse": (
        "funds.pages.suspicions.of_misuse", "rectification.money_pages.of_misuse",
        "povertyaudit.answering.pages.tables.of_misuse",
    ),
    "rectification.sourcepaper": ("rectification.money_pages.of_paper",),
}  # fmt: skip
# Buttons of apps above in the head of every record: functions (row, user) -> list of (name, label, address).
RECORD_DOORS = ("povertyaudit.documents.offering.doors",)
DOCUMENT_KINDS = (  # kinds of official documents, in the order in which they are offered
    "povertyaudit.documents.kinds.letters.KINDS",
    "povertyaudit.documents.kinds.rounds.KINDS",
    "povertyaudit.documents.kinds.plans.KINDS",
    "povertyaudit.documents.kinds.items.KINDS",
    "povertyaudit.documents.kinds.told.KINDS",
    "povertyaudit.documents.kinds.reports.KINDS",
)
SEALED_NUMBERS = (  # rows with sealed ID numbers: (name, label, model, columns of the seal and of its key)
    ("beneficiaries", "名册身份证号", "funds.Beneficiary", "sealed", "key_id"),
    ("match_lines", "清单身份证号", "funds.MatchLine", "id_sealed", "id_key_id"),
    ("suspicions", "疑点身份证号", "funds.Suspicion", "id_sealed", "id_key_id"),
)
ASSESSMENT_MEASURES = {  # what a decided measure sets in motion: kind -> functions (measure, *, by)
    "talk": ("povertyaudit.assessment.talking.open_for",),
}
TALK_SIGNED = (  # what minutes signed by all conclude: functions (talk, *, by)
    "povertyaudit.talks.services.from_steps.conclude",
    "povertyaudit.assessment.talking.conclude",
)
TALK_CANCELLED = (  # what a cancelled talk ends: functions (talk, *, by, why)
    "povertyaudit.assessment.talking.cancelled",
)
LEDGER_ORDERS = "povertyaudit.exchange.services.files.order"  # who writes a workbook too large for one answer
