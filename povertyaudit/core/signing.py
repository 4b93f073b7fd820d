"""Signed decisions: a digest over declared content, and what happens when that content changes.

A dossier that can be signed has `signed_content()` (nested dicts and lists, with the hashes of the evidence),
`SIGNED_VERSION` (the version of that list) and a reverse relation `signatures` of a `SignatureBase` child.
"""

from typing import Any

from povertyaudit.core import hashing, moment
from povertyaudit.core.models import SignatureBase, User


def digest(root: Any, content: Any = None, beside: Any = None) -> str:
    """Hex SHA-256 over the dossier's signed content (read where it is not given) and the version of the list of signed fields.

    `beside`: what one signer states of his own and signs with it; without it the digest is that of every signer.
    """
    signed = root.signed_content() if content is None else content
    whole = {"fields_version": root.SIGNED_VERSION, "content": signed}
    return hashing.digest({**whole, "beside": beside} if beside else whole)


def sign(
    root: Any, step: str, *, by: User, role: str, opinion: str = "", beside: Any = None
) -> SignatureBase:
    """An unsaved signature of `by` over the content of `root` as the database holds it now. Pass it to the write as `saved`.

    `beside` is what the signature's own `beside()` says once its rows are saved.
    """
    model: type[SignatureBase] = root.signatures.model
    return model(
        **{model.dossier_path: root},
        step=step,
        person=by.person,
        user=by,
        role=role,
        opinion=opinion,
        signed_at=moment.now(),
        digest=digest(root, beside=beside),
        fields_version=root.SIGNED_VERSION,
    )


def holds(signature: SignatureBase, root: Any, content: Any = None) -> bool:
    """Whether the signature still covers what it was given for; computed, not read from the stamp. `content`: the signed
    content, where a list has read that of many at once."""
    return signature.voided_at is None and signature.digest == digest(root, content, signature.beside())


def refresh(root: Any, *, by: User | None, verb: str) -> list[SignatureBase]:
    """Stamp the signatures that the act just written has made void, and return them. `root`: the dossier, or a part of it
    that is signed by itself."""
    if not hasattr(root, "signed_content"):
        return []
    standing = list(root.signatures.filter(voided_at=None))
    if not standing:
        return []
    content = root.signed_content()
    voided = [s for s in standing if not holds(s, root, content)]
    for signature in voided:
        signature.voided_at, signature.voided_by, signature.voided_verb = moment.now(), by, verb
        signature.version += 1
        signature.updated_at = moment.now()
        signature.save(update_fields=["voided_at", "voided_by", "voided_verb", "version", "updated_at"])
    return voided
