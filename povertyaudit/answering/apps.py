from django.apps import AppConfig


class AnsweringConfig(AppConfig):
    name = "povertyaudit.answering"
    label = "answering"
    verbose_name = "责任到人"
