"""The app of official documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "povertyaudit.documents"
    label = "documents"
    verbose_name = "文书"
