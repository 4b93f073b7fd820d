"""The site map of pages. Each app brings its own list; the API stands in povertyaudit/api.py."""

from django.urls import URLPattern, URLResolver, include, path

from povertyaudit.calendar_feed import CalendarFeed, MyCalendar
from povertyaudit.core import administering, clock_rules, region_changes
from povertyaudit.core import channels as ways
from povertyaudit.core.views import (
    account,
    accounts,
    attachments,
    beside,
    channels,
    choose,
    clocks,
    favourites,
    help,
    inbox,
    officers,
    record,
    regions,
    saved,
    terms,
    units,
    vault_keys,
)
from povertyaudit.core.views.health import ReadyzView
from povertyaudit.core.views.routes import verb_paths
from povertyaudit.health import HealthzView
from povertyaudit.views import MyWork, Search

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", HealthzView.as_view(), name="healthz"),
    path("readyz", ReadyzView.as_view(), name="readyz"),
    path("", MyWork.as_view(), name="home"),
    path("search/", Search.as_view(), name="search"),
    path("sign-in/", account.SignInView.as_view(), name="sign_in"),
    path("sign-out/", account.SignOutView.as_view(), name="sign_out"),
    path("account/", account.MyAccount.as_view(), name="account"),
    path("keys/", help.Keys.as_view(), name="keys"),
    path("account/password/", account.PasswordView.as_view(), name="password"),
    path("account/end-other-sessions/", account.EndOtherSessions.as_view(), name="end_other_sessions"),
    path("account/sessions/<slug:id>/end/", account.EndSession.as_view(), name="end_session"),
    path("notifications/", inbox.Inbox.as_view(), name="notifications"),
    path("notifications/read-all/", inbox.ReadAll.as_view(), name="notifications_read_all"),
    path("notifications/<str:id>/open/", inbox.OpenMessage.as_view(), name="notification_open"),
    path("attachments/<slug:public_id>/", attachments.OpenAttachment.as_view(), name="attachment"),
    path("favourites/", favourites.FavouriteList.as_view(), name="favourites"),
    path("comments/<str:id>/withdraw/", beside.WithdrawPage.as_view(), name="comments_withdraw"),
    path("clock-rules/", clocks.RuleList.as_view(), name="clock_rules"),
    path("clock-rules/<str:id>/", clocks.RulePage.as_view(), name="clock_rule"),
    *verb_paths("clock-rules", "propose", clocks.ProposeRule.as_view()),
    *verb_paths(
        "clock-rules", "confirm", clocks.DecideRule.as_view(verb="confirm", perform=clock_rules.confirm)
    ),
    *verb_paths(
        "clock-rules", "refuse", clocks.RefuseRule.as_view(verb="refuse", perform=clock_rules.refuse)
    ),
    path("units/", units.UnitList.as_view(), name="units"),
    path("units/new/", units.FoundUnit.as_view(), name="found_unit"),
    path("units/<str:id>/", units.UnitPage.as_view(), name="unit"),
    *verb_paths("units", "rename", units.RenameUnit.as_view()),
    *verb_paths("units", "merge", units.MergeUnit.as_view()),
    *verb_paths("units", "abolish", units.AbolishUnit.as_view()),
    path("unit-changes/", units.UnitChangeList.as_view(), name="unit_changes"),
    path("unit-changes/<str:id>/", units.UnitChangePage.as_view(), name="unit_change"),
    *verb_paths("unit-changes", "confirm", units.ConfirmUnitChange.as_view()),
    *verb_paths("unit-changes", "refuse", units.RefuseUnitChange.as_view()),
    path("terms/", terms.TermList.as_view(), name="terms"),
    path("terms/new/", terms.AddTerm.as_view(), name="term_new"),
    path("terms/<str:id>/", terms.TermPage.as_view(), name="term"),
    *verb_paths("terms", "rename", terms.RenameTerm.as_view()),
    *verb_paths("terms", "change", terms.ChangeTerm.as_view()),
    *verb_paths("terms", "end", terms.EndTerm.as_view()),
    *verb_paths("terms", "confirm", terms.ConfirmTerm.as_view()),
    *verb_paths("terms", "refuse", terms.RefuseTerm.as_view()),
    path("regions/", regions.RegionList.as_view(), name="regions"),
    path("regions/<str:id>/", regions.RegionPage.as_view(), name="region"),
    path("region-changes/", regions.RegionChangeList.as_view(), name="region_changes"),
    path("region-changes/<str:id>/", regions.RegionChangePage.as_view(), name="region_change"),
    *verb_paths("region-changes", "name_successor", regions.NameSuccessor.as_view()),
    *verb_paths(
        "region-changes",
        "no_successor",
        regions.DecideRegionChange.as_view(verb="no_successor", perform=region_changes.no_successor),
    ),
    path("calendar/", clocks.CalendarList.as_view(), name="calendar"),
    path("calendar/load/", clocks.LoadNotice.as_view(), name="calendar_load"),
    path("account/calendar/", MyCalendar.as_view(), name="my_calendar"),
    path("calendar-feed/<str:secret>.ics", CalendarFeed.as_view(), name="calendar_feed"),
    path("account/notices/", channels.MyNotices.as_view(), name="my_notices"),
    path("channels/", channels.ChannelList.as_view(), name="channels"),
    path("channels/new/", channels.ProposeChannel.as_view(), name="channel_new"),
    path("channels/<str:id>/", channels.ChannelPage.as_view(), name="channel"),
    *verb_paths("channels", "confirm", channels.ChannelAct.as_view(verb="confirm", perform=ways.confirm)),
    *verb_paths("channels", "refuse", channels.RefuseChannel.as_view(verb="refuse", perform=ways.refuse)),
    *verb_paths(
        "channels", "switch_off", channels.ChannelAct.as_view(verb="switch_off", perform=ways.switch_off)
    ),
    *verb_paths(
        "channels", "repropose", channels.ChannelAct.as_view(verb="repropose", perform=ways.repropose)
    ),
    *verb_paths("channels", "try_out", channels.ChannelAct.as_view(verb="try_out", perform=ways.try_out)),
    path("deliveries/", channels.DeliveryLog.as_view(), name="deliveries"),
    path("deliveries/<str:id>/", channels.DeliveryPage.as_view(), name="delivery"),
    *verb_paths("deliveries", "retry", channels.RetryDelivery.as_view()),
    path("accounts/", accounts.AccountList.as_view(), name="accounts"),
    path("accounts/new/", accounts.NewAccount.as_view(), name="account_new"),
    path("accounts/<str:id>/", accounts.AccountPage.as_view(), name="account_page"),
    *verb_paths("accounts", "amend", accounts.Amend.as_view()),
    *verb_paths("accounts", "reset_password", accounts.ResetPassword.as_view()),
    *(
        url
        for verb, page in {
            **dict.fromkeys(("unlock", "end_sessions", "deactivate", "reactivate"), accounts.AccountAct),
            **dict.fromkeys(("confirm_reset", "refuse_reset"), accounts.DecideReset),
        }.items()
        for url in verb_paths("accounts", verb, page.as_view(verb=verb, perform=getattr(administering, verb)))
    ),
    *verb_paths("accounts", "grant", accounts.Grant.as_view()),
    *verb_paths("accounts", "change_term", accounts.ChangeTerm.as_view()),
    *verb_paths("accounts", "end_post", accounts.EndPost.as_view()),
    *verb_paths("accounts", "hand_over", accounts.HandOver.as_view()),
    path("vault-keys/", vault_keys.VaultKeys.as_view(), name="vault_keys"),
    path("vault-keys/rotate/", vault_keys.Rotate.as_view(), name="vault_keys_rotate"),
    path("audit/", record.RecordList.as_view(), name="audit"),
    path("reminders/", officers.ReminderRuns.as_view(), name="reminders"),
    path("saved-views/new/", saved.NewView.as_view(), name="saved_view_new"),
    *verb_paths("saved-views", "amend", saved.AmendView.as_view()),
    *verb_paths("saved-views", "delete", saved.DeleteView.as_view()),
    path("api/v1/", include("povertyaudit.api")),
    path("", include("cases.urls")),
    path("", include("inspections.urls")),
    path("", include("funds.urls")),
    path("", include("povertyaudit.assessment.urls")),
    path("", include("povertyaudit.exchange.urls")),
    path("", include("rectification.urls")),
    path("", include("povertyaudit.answering.urls")),
    path("", include("povertyaudit.sheets.urls")),
    path("", include("rectification.source_urls")),
    path("", include("rectification.notice_urls")),
    path("", include("rectification.period_urls")),
    path("", include("rectification.escalation_urls")),
    path("", include("rectification.look_back_urls")),
    path("", include("povertyaudit.activities.urls")),
    path("", include("povertyaudit.talks.urls")),
    path("", include("povertyaudit.reporting.urls")),
    path("", include("povertyaudit.documents.urls")),
    path("", include("povertyaudit.core.region_rule_urls")),
    path("", include("rectification.board_urls")),
    path("choose/regions/", choose.ChooseRegion.as_view(), name="choose_regions"),
    path("choose/units/", choose.ChooseUnit.as_view(), name="choose_units"),
]

handler403 = "povertyaudit.core.views.refusals.forbidden"
handler404 = "povertyaudit.core.views.refusals.not_found"
handler500 = "povertyaudit.core.views.refusals.broken"
handler400 = "povertyaudit.core.views.refusals.bad_request"
