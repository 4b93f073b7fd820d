"""What every test stands on. Where it runs: servers.py. The rows and the cast: factories.py and below."""

import gc

import pytest
from django.conf import settings
from django.db import connection

from povertyaudit.core import kept
from tests import database, factories, sharing

ON_SERVERS = not settings.SQLITE


def pytest_configure(config):
    """Tests need neither slow password hashes nor collected static files nor real letters."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    kept.numbers = counted_while_queries_are
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_ignore_collect(collection_path, config):
    """Browser journeys run only when they are asked for by name."""
    if collection_path.name == "e2e" and not any("e2e" in argument for argument in config.args):
        return True
    return None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # it would put files of many tests before long ones
    return sharing.Sharing(config, log)


def pytest_collection_modifyitems(items):
    sharing.longest_first(items)
    elsewhere = "once" if ON_SERVERS else "servers"
    skip = pytest.mark.skip(reason="runs on SQLite" if ON_SERVERS else "runs on PostgreSQL and Redis")
    for item in items:
        if item.get_closest_marker(elsewhere):
            item.add_marker(skip)
        if "/demo/" in item.nodeid:  # the first of them waits for the whole county to be told
            item.add_marker(pytest.mark.timeout(1200))


def pytest_collection_finish(session):
    """What is loaded by now stays: the collector need not walk it again after every few thousand rows."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def counted_while_queries_are(session, user, count, *, anew=False, numbers=kept.numbers):
    """What a page costs must not hang on whether one was drawn before it; elsewhere the rail is kept as in life."""
    return numbers(session, user, count, anew=anew or connection.force_debug_cursor)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """SQLite's file lies in a folder of this run and is there already."""
    return settings.SQLITE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    with django_db_blocker.unblock():
        database.bring_migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The migrated database with the cast in it, and a copy beside it that tests which commit are followed by."""
    with django_db_blocker.unblock():
        factories.cast()
        database.keep_copy()
    yield
    with django_db_blocker.unblock():
        database.drop_copy()


@pytest.fixture
def people(db):
    """The cast of factories.PEOPLE, each as an account: `people.petition`, `people.neighbour` …"""
    return factories.cast()
