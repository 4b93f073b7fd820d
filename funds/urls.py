"""Addresses of misused money."""

from django.urls import path

from funds import payment_urls, project_urls, views
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("misuses/", views.MisuseList.as_view(), name="misuses"),
    path("misuses/new/", views.NewMisuse.as_view(), name="misuse_new"),
    *record_paths("misuses", "misuse", views.MisusePage),
    *verb_paths("misuses", "record_recovery", views.RecordRecovery.as_view()),
    *verb_paths("misuses", "void_recovery", views.VoidRecovery.as_view()),
    *project_urls.urlpatterns,
    *payment_urls.urlpatterns,
]
