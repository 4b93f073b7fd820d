"""Templates of official documents, those of the product with them, and the documents made."""

import django.db.models.deletion
import povertyaudit.core.models.base
import povertyaudit.core.moment
from django.conf import settings
from django.db import migrations, models

from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes
from povertyaudit.documents.reference import install_templates


def install(apps, schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))
    codes = (
        "press_letter", "reminder_letter", "feedback_opinion", "feedback_form", "immediate_notice", "handover_list",
        "rectification_plan", "rectification_report", "closing_form", "circular", "express", "talk_notice",
        "monthly_report", "meeting_paper",
    )
    install_templates(apps.get_model("documents", "DocumentTemplate"), codes)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0011_token_scopes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
        migrations.CreateModel(
            name='DocumentTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=povertyaudit.core.models.base.new_public_id, editable=False, max_length=22, unique=True, verbose_name='编号标识')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(default=povertyaudit.core.moment.now, editable=False, verbose_name='登记时间')),
                ('updated_at', models.DateTimeField(default=povertyaudit.core.moment.now, editable=False, verbose_name='更新时间')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='废止日期')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('state', models.CharField(choices=[('draft', '待确认'), ('confirmed', '已确认'), ('refused', '未通过')], default='confirmed', max_length=10, verbose_name='状态')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('kind', models.CharField(max_length=30, verbose_name='文书')),
                ('edition', models.PositiveSmallIntegerField(default=0, verbose_name='第几版')),
                ('sha256', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='模板校验值')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='文件名')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='字节数')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='适用地区（空为普遍适用）')),
            ],
            options={
                'verbose_name': '文书模板',
                'ordering': ('kind', '-valid_from', '-id'),
                'abstract': False,
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('changed_by__isnull', False), models.Q(('changed_by', models.F('confirmed_by')), _negated=True)), _connector='OR'), name='documenttemplate_two_pairs_of_eyes', violation_error_message='规则的修改人和确认人不能是同一个人。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('changed_by', None), ('confirmed_by', None), ('state', 'confirmed')), models.Q(('changed_by__isnull', False), ('confirmed_by', None), ('state', 'draft')), models.Q(('changed_by__isnull', False), ('confirmed_by__isnull', False), models.Q(('state', 'draft'), _negated=True)), _connector='OR'), name='documenttemplate_changed_ends_confirmed', violation_error_message='由人修改的规则须经另一人确认。'),
                    models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='documenttemplate_ends_after_start', violation_error_message='废止日期不能早于施行日期。'),
                    models.UniqueConstraint(condition=models.Q(('changed_by', None)), fields=('kind',), name='template_of_product_once', violation_error_message='这种文书已经有内置模板。'),
                    models.UniqueConstraint(condition=models.Q(('changed_by__isnull', False)), fields=('kind', 'region', 'edition'), name='template_edition_once', violation_error_message='这一版模板已经提出，请刷新后重新提交。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('changed_by', None), ('edition', 0), ('region', None), ('sha256', '')), models.Q(('changed_by__isnull', False), ('edition__gte', 1), ('region__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='template_has_its_file', violation_error_message='上传的模板须有文件、版次和适用地区，内置模板没有文件。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=povertyaudit.core.models.base.new_public_id, editable=False, max_length=22, unique=True, verbose_name='编号标识')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(default=povertyaudit.core.moment.now, editable=False, verbose_name='登记时间')),
                ('updated_at', models.DateTimeField(default=povertyaudit.core.moment.now, editable=False, verbose_name='更新时间')),
                ('target_label', models.CharField(editable=False, max_length=60)),
                ('target_id', models.BigIntegerField(editable=False)),
                ('kind', models.CharField(max_length=30, verbose_name='文书')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='文号')),
                ('said', models.JSONField(blank=True, default=dict, verbose_name='填写的内容')),
                ('template_sha256', models.CharField(db_index=True, editable=False, max_length=64, verbose_name='所用模板校验值')),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='document', to='core.attachment', verbose_name='文件')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='编号的县')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='所属地区')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.documenttemplate', verbose_name='模板')),
            ],
            options={
                'verbose_name': '文书',
                'ordering': ('-id',),
                'indexes': [
                    models.Index(fields=['target_label', 'target_id'], name='document_target'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('county', 'number'), name='document_number_once', violation_error_message='这个文号已经用过。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('template_sha256', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='document_names_its_template', violation_error_message='文书须有标题，并写明所用的模板。'),
                ],
            },
        ),
        ),
        Run(install, migrations.RunPython.noop),
    ]
