"""ID numbers: the same person under old and new numbers, and a number that only its own row opens."""

import pytest

from povertyaudit.core import id_seals, idnumbers
from povertyaudit.core.errors import DomainError
from povertyaudit.core.vault import KeyMissing

OLD = "990101750615123"
NEW = "99010119750615123"


def test_fifteen_digits_of_before_1999_are_the_same_person():
    whole = NEW + idnumbers.check_character(NEW)
    assert idnumbers.clean_id_number(OLD) == whole == idnumbers.clean_id_number(f" {whole.lower()} ")
    assert len(idnumbers.id_key(whole)) == 16
    assert idnumbers.known(whole).digest.startswith(idnumbers.id_key(whole).hex())


def test_a_sealed_number_opens_only_beside_its_own_key_and_while_the_key_is_at_hand(settings):
    sealer = id_seals.Sealer()
    sealed = sealer.seal(NEW, b"a" * 16)
    assert NEW.encode() not in sealed
    assert sealed != sealer.seal(NEW, b"a" * 16)
    assert id_seals.unseal(sealed, sealer.key_id, b"a" * 16) == NEW
    with pytest.raises(DomainError, match="已损坏或被改动"):
        id_seals.unseal(sealed, sealer.key_id, b"b" * 16)
    settings.VAULT_KEY, settings.VAULT_OLD_KEYS = "x" * 44, [settings.VAULT_KEY]
    assert id_seals.unseal(sealed, sealer.key_id, b"a" * 16) == NEW
    settings.VAULT_OLD_KEYS = []
    with pytest.raises(KeyMissing):
        id_seals.unseal(sealed, sealer.key_id, b"a" * 16)
