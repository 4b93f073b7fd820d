"""Who calls: a bearer token for programs, the session (with CSRF check) for our own pages."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from povertyaudit.core import token_scopes, tokens
from povertyaudit.core.addresses import address_of
from povertyaudit.core.models import TokenScope, User

SIGN_IN_AGAIN = "令牌无效或已过期，请重新登录取得令牌。"


def bearer_of(request: Request) -> str | None:
    """The token in the Authorization header; None when the header speaks of something else."""
    parts = get_authorization_header(request).split()
    if not parts or parts[0].lower() != b"bearer":
        return None
    if len(parts) != 2 or not parts[1].isascii():
        raise AuthenticationFailed(SIGN_IN_AGAIN)
    return parts[1].decode("ascii")


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        token = bearer_of(request)
        if token is None:
            return None
        user = tokens.user_of(token)
        if user is None:
            raise AuthenticationFailed(SIGN_IN_AGAIN)
        if user.token_scope is not None:
            self._admit(request, user.token_scope)
        return user, token

    def _admit(self, request: Request, scope: TokenScope) -> None:
        """Its rate is kept for the headers, also where it is used up."""
        sent: Any = request._request
        try:
            sent.token_rate = token_scopes.admit(scope, address_of(request.META))
        except token_scopes.Spent as refusal:
            sent.token_rate = refusal.rate
            raise

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="povertyaudit"'


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema names it."""

    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
