from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "povertyaudit.sheets"
    label = "sheets"
    verbose_name = "表格导入导出"
