from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "povertyaudit.reporting"
    label = "reporting"
    verbose_name = "报表"
