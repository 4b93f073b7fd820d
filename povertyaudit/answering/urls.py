"""Addresses of who answers for a place."""

from povertyaudit.answering import letter_urls, team_urls, term_urls

urlpatterns = [*team_urls.urlpatterns, *term_urls.urlpatterns, *letter_urls.urlpatterns]
