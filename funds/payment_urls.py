"""Addresses of payments."""

from django.urls import path

from funds.forms import payments as forms
from funds.services import paying
from funds.views import payments as p
from povertyaudit.core.views import record_paths, verb_paths

urlpatterns = [
    path("payments/", p.PaymentList.as_view(), name="payments"),
    path("payments/new/", p.NewPayment.as_view(), name="payment_new"),
    *record_paths("payments", "payment", p.PaymentPage),
    *verb_paths("payments", "amend", p.AmendPayment.as_view()),
    *verb_paths("payments", "add_paper", p.AddPaper.as_view()),
    *verb_paths("payments", "pay", p.Pay.as_view()),
    *verb_paths("payments", "spend", p.Spend.as_view()),
    *verb_paths("payments", "void_spending", p.VoidSpending.as_view()),
    *(
        url
        for verb, form, today in (
            ("submit", forms.SubmitForm, "applied_on"), ("endorse", forms.EndorseForm, "endorsed_on"),
            ("review", forms.ReviewForm, "reviewed_on"),
        )
        for url in verb_paths(
            "payments", verb,
            p.PaymentAct.as_view(verb=verb, perform=getattr(paying, verb), form_class=form, today_in=today),
        )
    ),
    *(
        url
        for verb in ("send_back", "drop", "reverse")
        for url in verb_paths("payments", verb, p.PaymentAct.as_view(verb=verb, perform=getattr(paying, verb)))
    ),
]  # fmt: skip
