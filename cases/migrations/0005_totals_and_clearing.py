"""每月20日汇总 and 办结情况通报, decisions in bulletins, 澄清 and 诬告陷害认定."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import povertyaudit.core.models.base
import povertyaudit.core.moment
from cases import summary_triggers
from cases.reference import ENDING_TERMS
from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def keep(apps, _schema_editor):
    """What was typed in a bulletin before counts as recorded: nobody was asked for a reason then."""
    apps.get_model("cases", "BulletinCase").objects.update(recorded=models.F("decision"))


def load(apps, _schema_editor):
    """The ways of 澄清, where they are not there yet, and the numbers of the new books."""
    terms = apps.get_model("cases", "EndingTerm")
    known, new_id = (
        set(terms.objects.values_list("code", flat=True)),
        terms._meta.get_field("public_id").default,
    )
    for order, (listing, code, name) in enumerate(ENDING_TERMS, 1):
        if code not in known:
            terms.objects.create(listing=listing, code=code, name=name, order=order, public_id=new_id())
    install_number_schemes(apps.get_model("core", "NumberScheme"))


def guard(_apps, schema_editor):
    """The rebuilt table has lost its trigger."""
    summary_triggers.install(schema_editor.connection, summary_triggers.LATER)


def unguard(_apps, schema_editor):
    summary_triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_handover_texts"),
        ("core", "0005_release_1_1"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name="Clarification",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    (
                        "number",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=40,
                            null=True,
                            unique=True,
                            verbose_name="编号",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("proposed", "待审批"),
                                ("approved", "待实施"),
                                ("refused", "不予澄清"),
                                ("done", "已澄清"),
                            ],
                            default="proposed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="clarifications",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="clarifications",
                            to="cases.leadsubject",
                            verbose_name="被反映人",
                        ),
                    ),
                    (
                        "way",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.endingterm",
                            verbose_name="澄清方式",
                        ),
                    ),
                    ("place", models.CharField(max_length=100, verbose_name="地点或者单位")),
                    ("text", models.TextField(verbose_name="澄清内容")),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    ("proposed_on", models.DateField(editable=False, verbose_name="提出日期")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="批准人",
                        ),
                    ),
                    (
                        "decided_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="批准日期"),
                    ),
                    ("decision", models.TextField(blank=True, verbose_name="批准意见")),
                    (
                        "done_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="澄清日期"),
                    ),
                    ("informed", models.CharField(blank=True, max_length=200, verbose_name="知悉人员和范围")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "澄清",
                    "ordering": ("-proposed_on", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "refused"), _negated=True),
                            fields=("subject",),
                            name="clarification_once_per_person",
                            violation_error_message="这名被反映人已有一件澄清，请在那一件上办理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_by", None), ("decided_on", None), ("state", "proposed")),
                                models.Q(
                                    models.Q(("state", "proposed"), _negated=True),
                                    ("decided_by__isnull", False),
                                    ("decided_on__gte", models.F("proposed_on")),
                                ),
                                _connector="OR",
                            ),
                            name="clarification_decided_is_whole",
                            violation_error_message="审批须同时写明批准人和日期，日期不能早于提出。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="clarification_two_persons",
                            violation_error_message="澄清的提出人和批准人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("done_on__gte", models.F("decided_on")),
                                    ("recorded_by__isnull", False),
                                    ("state", "done"),
                                    models.Q(("informed", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_on", None),
                                    ("informed", ""),
                                    ("recorded_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="clarification_done_is_whole",
                            violation_error_message="澄清后须写明日期、知悉人员和登记人，日期不能早于批准。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FalseAccusation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    (
                        "number",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=40,
                            null=True,
                            unique=True,
                            verbose_name="编号",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("proposed", "待报上级认定"),
                                ("submitted", "已报待认定"),
                                ("confirmed", "已认定"),
                                ("rejected", "未认定"),
                            ],
                            default="proposed",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="false_accusations",
                            to="cases.lead",
                            verbose_name="问题线索",
                        ),
                    ),
                    ("basis", models.TextField(verbose_name="理由和依据")),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    ("proposed_on", models.DateField(editable=False, verbose_name="提出日期")),
                    (
                        "submitted_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="同意上报的负责人",
                        ),
                    ),
                    (
                        "submitted_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="上报日期"),
                    ),
                    (
                        "level",
                        models.CharField(
                            blank=True,
                            choices=[("city", "设区的市级"), ("province", "省级"), ("central", "中央")],
                            editable=False,
                            max_length=10,
                            verbose_name="认定机关层级",
                        ),
                    ),
                    ("body", models.CharField(blank=True, max_length=60, verbose_name="认定机关")),
                    ("document_number", models.CharField(blank=True, max_length=60, verbose_name="认定文号")),
                    (
                        "document_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="认定日期"),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "rejected_on",
                        models.DateField(blank=True, editable=False, null=True, verbose_name="未认定日期"),
                    ),
                    ("rejection", models.TextField(blank=True, verbose_name="未认定的理由")),
                ],
                options={
                    "verbose_name": "诬告陷害认定",
                    "ordering": ("-proposed_on", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "rejected"), _negated=True),
                            fields=("lead",),
                            name="false_accusation_once_per_lead",
                            violation_error_message="这件线索已经提出诬告陷害认定，请在那一件上办理。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ("proposed", "rejected")),
                                    ("submitted_by", None),
                                    ("submitted_on", None),
                                ),
                                models.Q(
                                    ("submitted_by__isnull", False),
                                    ("submitted_on__gte", models.F("proposed_on")),
                                    models.Q(("state", "proposed"), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="false_accusation_submitted_is_whole",
                            violation_error_message="上报须同时写明同意的负责人和日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("submitted_by", None),
                                models.Q(("submitted_by", models.F("proposed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="false_accusation_two_persons",
                            violation_error_message="提出人和同意上报的负责人不能是同一个人。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("document_on__gte", models.F("submitted_on")),
                                    ("level__in", ["city", "province", "central"]),
                                    ("recorded_by__isnull", False),
                                    ("state", "confirmed"),
                                    models.Q(("body", ""), _negated=True),
                                    models.Q(("document_number", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("body", ""),
                                    ("document_number", ""),
                                    ("document_on", None),
                                    ("level", ""),
                                ),
                                _connector="OR",
                            ),
                            name="false_accusation_found_above",
                            violation_error_message="认定须由设区的市级以上机关作出，并写明机关、文号和日期。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("rejected_on__gte", models.F("proposed_on")),
                                    ("state", "rejected"),
                                    models.Q(("rejection", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state", "rejected"), _negated=True),
                                    ("rejected_on", None),
                                    ("rejection", ""),
                                ),
                                _connector="OR",
                            ),
                            name="false_accusation_rejected_is_whole",
                            violation_error_message="未认定的须写明日期和理由。",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PartnerReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.CharField(
                            default=povertyaudit.core.models.base.new_public_id,
                            editable=False,
                            max_length=22,
                            unique=True,
                            verbose_name="编号标识",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                    (
                        "created_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="登记时间"
                        ),
                    ),
                    (
                        "updated_at",
                        models.DateTimeField(
                            default=povertyaudit.core.moment.now, editable=False, verbose_name="更新时间"
                        ),
                    ),
                    (
                        "number",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=40,
                            null=True,
                            unique=True,
                            verbose_name="编号",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.region",
                            verbose_name="所属地区",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("reported", "已报送")],
                            default="reported",
                            editable=False,
                            max_length=10,
                            verbose_name="状态",
                        ),
                    ),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.partnerbody",
                            verbose_name="部门类别",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.unit",
                            verbose_name="报送单位",
                        ),
                    ),
                    ("last_day", models.DateField(verbose_name="截止日期")),
                    ("handed_over", models.PositiveIntegerField(verbose_name="本月移交线索（件）")),
                    ("under_way", models.PositiveIntegerField(verbose_name="正在办理（件）")),
                    ("text", models.TextField(blank=True, verbose_name="说明")),
                    ("reported_on", models.DateField(verbose_name="报送日期")),
                    (
                        "reported_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "部门报送",
                    "ordering": ("-last_day", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "body", "last_day"),
                            name="partner_report_once_a_month",
                            violation_error_message="这个部门本月已经报送，请修改原来的一份。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("last_day__day", 20)),
                            name="partner_report_ends_on_the_twentieth",
                            violation_error_message="每月报送截至 20 日。",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("handed_over__lte", 100000), ("under_way__lte", 100000)),
                            name="partner_report_numbers_are_sensible",
                            violation_error_message="件数过大，请核对。",
                        ),
                    ],
                },
            ),
        ),
        Together(
            migrations.RemoveConstraint(
                model_name="worksummary",
                name="summary_once_per_period",
            ),
            migrations.AddField(
                model_name="bulletincase",
                name="changed_why",
                field=models.CharField(blank=True, max_length=200, verbose_name="与登记不同的理由"),
            ),
            migrations.AddField(
                model_name="bulletincase",
                name="recorded",
                field=models.TextField(blank=True, verbose_name="登记的处理决定"),
            ),
            migrations.AddField(
                model_name="bulletinperson",
                name="measures",
                field=models.CharField(blank=True, max_length=200, verbose_name="登记的处理"),
            ),
            migrations.AddField(
                model_name="bulletinperson",
                name="subject",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="cases.leadsubject",
                    verbose_name="被反映人",
                ),
            ),
            migrations.AddField(
                model_name="worksummary",
                name="document_number",
                field=models.CharField(blank=True, editable=False, max_length=60, verbose_name="文号"),
            ),
            migrations.AddField(
                model_name="worksummary",
                name="unit",
                field=models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.unit",
                    verbose_name="通报部门",
                ),
            ),
            migrations.AlterField(
                model_name="endingterm",
                name="listing",
                field=models.CharField(
                    choices=[("check", "办结前核对"), ("way", "反馈方式"), ("clear", "澄清方式")],
                    max_length=8,
                    verbose_name="目录",
                ),
            ),
            migrations.AlterField(
                model_name="worksummary",
                name="period",
                field=models.CharField(
                    choices=[
                        ("week", "周汇总"),
                        ("month", "月排查"),
                        ("quarter", "季分析"),
                        ("partners", "部门移送汇总"),
                        ("told", "办结情况通报"),
                    ],
                    max_length=8,
                    verbose_name="类型",
                ),
            ),
        ),
        Run(keep, migrations.RunPython.noop),
        Together(
            migrations.AddConstraint(
                model_name="bulletincase",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("decision", models.F("recorded")),
                        models.Q(("changed_why", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="bulletin_case_changed_with_reason",
                    violation_error_message="处理决定与登记的不一致的，须写明理由。",
                ),
            ),
            migrations.AddConstraint(
                model_name="worksummary",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("unit", None)),
                    fields=("region", "period", "first_day"),
                    name="summary_once_per_period",
                    violation_error_message="这一期的汇总已经生成。",
                ),
            ),
            migrations.AddConstraint(
                model_name="worksummary",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("unit__isnull", False)),
                    fields=("unit", "period", "first_day"),
                    name="summary_once_per_unit",
                    violation_error_message="这个部门这一期的通报已经生成。",
                ),
            ),
            migrations.AddConstraint(
                model_name="worksummary",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("period", "told"), ("unit__isnull", False)),
                        models.Q(
                            models.Q(("period", "told"), _negated=True),
                            ("document_number", ""),
                            ("unit", None),
                        ),
                        _connector="OR",
                    ),
                    name="summary_told_by_a_unit",
                    violation_error_message="办结情况通报须写明通报部门，其他汇总没有部门和文号。",
                ),
            ),
            migrations.AddConstraint(
                model_name="worksummary",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("period", "told"), _negated=True),
                        models.Q(("document_number", ""), ("state", "draft")),
                        models.Q(("state", "sent"), models.Q(("document_number", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="summary_told_under_a_number",
                    violation_error_message="发出的办结情况通报须有文号，草稿没有。",
                ),
            ),
        ),
        Run(load, migrations.RunPython.noop),
        Run(guard, unguard),
    ]
