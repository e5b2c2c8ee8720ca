"""How often one address, or one member, may try what an attacker would try. Tighter than others of the field:
Mastodon allows 25 sign-ins an hour and 5 resets in half an hour (config/initializers/rack_attack.rb).

Of networks it is counted too, and first: a network that is refused uses up nobody's own tries. How many is a
setting of the stage, for locally all who there are come from one address.
"""

import os
from datetime import datetime

from core.limits import Limit
from core.network import Network

SIGN_INS = Limit("sign-in", times=25, seconds=3600)
SIGN_UPS = Limit("sign-up", times=20, seconds=3600)
UNPROVEN = Limit("unproven", times=10, seconds=3600)  # of a network: guesses of codes, and mails to anybody
CONFIRMATIONS = Limit("confirmation", times=5, seconds=1800)
CONFIRMATION_CODES = Limit("confirmation-code", times=5, seconds=1800)
RESETS = Limit("reset", times=5, seconds=1800)
RESET_CODES = Limit("reset-code", times=5, seconds=1800)
PASSWORDS = Limit("password", times=10, seconds=3600)
DEPARTURES = Limit("departure", times=5, seconds=3600)
TOKENS = Limit("token", times=20, seconds=3600)
EXCHANGES = Limit("exchange", times=60, seconds=3600)
EMAIL_CHANGES = Limit("email-change", times=5, seconds=3600)
MAILED_CODES = Limit("mailed-code", times=5, seconds=1800)
EMAIL_CODES = Limit("email-code", times=5, seconds=1800)
IDENTITIES = Limit("identity", times=10, seconds=3600)


def spend_sign_in(network: Network, address: str, now: datetime) -> None:
    """One try with a password."""
    Limit("network-sign-in", times=int(os.environ["NETWORK_SIGN_INS"]), seconds=300).spend(network, now)
    SIGN_INS.spend(address, now)


def spend_authorization(network: Network, now: datetime) -> None:
    """One way to a provider that is begun."""
    times = int(os.environ["NETWORK_SIGN_INS"])
    Limit("network-authorization", times=times, seconds=300).spend(network, now)


def spend_reset(network: Network, address: str, now: datetime) -> None:
    """One code that is asked for."""
    Limit("network-reset", times=int(os.environ["NETWORK_RESETS"]), seconds=1800).spend(network, now)
    RESETS.spend(address, now)
