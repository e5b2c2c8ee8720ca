"""How often one address, or one member, may try what an attacker would try. Tighter than others of the field:
Mastodon allows 25 sign-ins an hour and 5 resets in half an hour (config/initializers/rack_attack.rb)."""

from core.limits import Limit

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
