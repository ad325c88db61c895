"""Other systems that may send something in: their keys, their signatures, and each request taken once."""

from .actions import add, begin, finish, forget_old, renew, revoke, used
from .reads import key_named, keys, keys_called
from .rules import CLOCK_MAY_DIFFER, is_name, is_same, secret_of, signature_of
from .tables import HookKey, HookRequest

__all__ = [
    "CLOCK_MAY_DIFFER",
    "HookKey",
    "HookRequest",
    "add",
    "begin",
    "finish",
    "forget_old",
    "is_name",
    "is_same",
    "key_named",
    "keys",
    "keys_called",
    "renew",
    "revoke",
    "secret_of",
    "signature_of",
    "used",
]
