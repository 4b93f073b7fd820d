"""Who is behind a session: an account that is in use and holds a post today. A term that ended overnight ends it."""

from django.contrib.auth.backends import ModelBackend

from povertyaudit.core.models import User
from povertyaudit.core.prepared import Prepared

ACCOUNT = Prepared(lambda key: User.objects.select_related("person").filter(pk=key, is_active=True))


class PostBackend(ModelBackend):
    """Asked at each request; the posts read here are the ones the request goes on to use."""

    def get_user(self, user_id: int) -> User | None:
        user: User | None = next(iter(ACCOUNT.rows(user_id)), None)
        return user if user is not None and user.current_posts() else None
