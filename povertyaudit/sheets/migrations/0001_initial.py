"""Spreadsheets taken in, what became of their rows, and which column of a unit's sheets is which."""

import django.db.models.deletion
import django.db.models.expressions
import povertyaudit.core.models.base
import povertyaudit.core.moment
from django.conf import settings
from django.db import migrations, models

from povertyaudit.core.migrating import Run, Together
from povertyaudit.core.reference import install_number_schemes


def load(apps, schema_editor):
    install_number_schemes(apps.get_model("core", "NumberScheme"))


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0009_message_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
        migrations.CreateModel(
            name='SheetImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=povertyaudit.core.models.base.new_public_id, editable=False, max_length=22, unique=True, verbose_name='编号标识')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(default=povertyaudit.core.moment.now, editable=False, verbose_name='登记时间')),
                ('updated_at', models.DateTimeField(default=povertyaudit.core.moment.now, editable=False, verbose_name='更新时间')),
                ('number', models.CharField(blank=True, editable=False, max_length=40, null=True, unique=True, verbose_name='编号')),
                ('kind', models.CharField(max_length=20, verbose_name='内容')),
                ('is_working', models.BooleanField(default=False, editable=False, verbose_name='工作表')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='文件')),
                ('sheet_name', models.CharField(blank=True, editable=False, max_length=100, verbose_name='工作表')),
                ('head_row', models.PositiveIntegerField(default=1, editable=False, verbose_name='表头所在行')),
                ('heads', models.JSONField(blank=True, default=list, editable=False, verbose_name='列的对应')),
                ('rows_given', models.PositiveIntegerField(default=0, editable=False, verbose_name='行数')),
                ('rows_new', models.PositiveIntegerField(default=0, editable=False, verbose_name='新增')),
                ('rows_changed', models.PositiveIntegerField(default=0, editable=False, verbose_name='修改')),
                ('rows_same', models.PositiveIntegerField(default=0, editable=False, verbose_name='没有变化')),
                ('rows_refused', models.PositiveIntegerField(default=0, editable=False, verbose_name='有错')),
                ('state', models.CharField(choices=[('staged', '待核对列'), ('checking', '核对中'), ('checked', '待导入'), ('importing', '导入中'), ('imported', '已导入'), ('undoing', '撤销中'), ('undone', '已撤销'), ('dropped', '已放弃')], default='staged', editable=False, max_length=10, verbose_name='状态')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='所属地区')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit', verbose_name='上传单位')),
            ],
            options={
                'constraints': (models.CheckConstraint(condition=models.Q(('rows_given__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('rows_new'), '+', models.F('rows_changed')), '+', models.F('rows_same')), '+', models.F('rows_refused')))), name='sheet_import_counts_add_up', violation_error_message='新增、修改、没有变化和有错的行数不能超过表格行数。'),),
                'indexes': (models.Index(fields=['taken_by', '-id'], name='sheet_import_of_person'),),
                'verbose_name': '表格导入',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='SheetMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='内容')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='列的对应')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.unit', verbose_name='单位')),
            ],
            options={
                'constraints': (models.UniqueConstraint(fields=('unit', 'kind'), name='sheet_mapping_once', violation_error_message='一个单位一类表格只记一份。'),),
                'verbose_name': '记住的列',
            },
        ),
        migrations.CreateModel(
            name='SheetRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='行')),
                ('outcome', models.CharField(choices=[('new', '新增'), ('changed', '修改'), ('same', '没有变化'), ('refused', '有错')], max_length=8, verbose_name='结果')),
                ('problems', models.JSONField(blank=True, default=list, verbose_name='问题')),
                ('conflicts', models.JSONField(blank=True, default=dict, verbose_name='冲突')),
                ('decided', models.JSONField(blank=True, default=dict, verbose_name='冲突的处理')),
                ('done', models.BooleanField(default=False, verbose_name='已写入')),
                ('target_label', models.CharField(blank=True, max_length=60)),
                ('target_id', models.CharField(blank=True, max_length=22)),
                ('target_number', models.CharField(blank=True, max_length=60, verbose_name='编号')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='写入后的版本')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='sheets.sheetimport')),
            ],
            options={
                'constraints': (models.UniqueConstraint(fields=('sheet', 'line'), name='sheet_row_line_once', violation_error_message='一行只有一个结果。'),),
                'indexes': (models.Index(fields=['sheet', 'outcome', 'line'], name='sheet_row_outcome'),),
                'verbose_name': '导入的行',
                'ordering': ('line',),
            },
        ),
        ),
        Run(load, migrations.RunPython.noop),
    ]
