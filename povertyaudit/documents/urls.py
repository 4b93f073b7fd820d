"""Addresses of documents and of their templates."""

from django.urls import path

from povertyaudit.core import region_rules
from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import verb_paths
from povertyaudit.documents.views import making, templates, voiding

DECIDE = templates.DecideTemplate
urlpatterns = [
    path("documents/", making.DocumentList.as_view(), name="documents"),
    path("documents/<str:id>/", voiding.DocumentPage.as_view(), name="document"),
    *verb_paths("documents", "void", voiding.VoidDocument.as_view()),
    path("documents/<str:id>/pdf/", making.DocumentPdf.as_view(), name="document_pdf"),
    path("document-templates/", templates.TemplateList.as_view(), name="document_templates"),
    path("document-templates/<str:id>/", templates.TemplatePage.as_view(), name="document_template"),
    path(
        "document-templates/<str:id>/file/", templates.TemplateFile.as_view(), name="document_template_file"
    ),
    *verb_paths("document-templates", "propose", templates.ProposeTemplate.as_view()),
    *verb_paths(
        "document-templates", "confirm", DECIDE.as_view(verb="confirm", perform=region_rules.confirm)
    ),
    *verb_paths(
        "document-templates",
        "refuse",
        DECIDE.as_view(verb="refuse", perform=region_rules.refuse, form_class=RequiredOpinionForm),
    ),
    path("<slug:things>/<str:id>/documents/", making.DocumentsOf.as_view(), name="documents_of"),
    path(
        "<slug:things>/<str:id>/documents/<slug:kind>/", making.MakeDocument.as_view(), name="make_document"
    ),
]
