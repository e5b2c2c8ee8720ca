"""How often a member may invite, whoever has a network may guess, and an address may be written to.

One invitation of a member to an address, and three mails in all within 30 days: who gets them has not asked
for any (Perkins v. LinkedIn, 2015, was about reminders).
"""

from datetime import timedelta

from core.limits import Limit

INVITATIONS = Limit("invitation", times=20, seconds=24 * 3600)
GUESSES = Limit("invitation-code", times=30, seconds=3600)

MAILS, MAILS_WITHIN = 3, timedelta(days=30)
RESENT_AFTER = timedelta(days=1)
