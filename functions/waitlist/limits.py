"""How often somebody may join, by network, and how often an address may be mailed by whoever names it."""

from core.limits import Limit

JOINS_OF_NETWORK = Limit("waitlist-network", times=5, seconds=1800)
JOINS_OF_ADDRESS = Limit("waitlist-address", times=3, seconds=30 * 86_400)
