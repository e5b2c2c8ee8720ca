"""All contexts. Who adds one adds it here."""

from infra.accounts import accounts
from infra.contacts import contacts
from infra.domains import domains
from infra.events import events
from infra.imports import imports
from infra.invitations import invitations
from infra.mail import mail
from infra.media import media
from infra.members import members
from infra.network import network
from infra.opportunities import opportunities
from infra.pages import pages
from infra.previews import previews
from infra.sources import sources
from infra.space_station import space_station
from infra.tags import tags
from infra.timeline import timeline
from infra.waitlist import waitlist

CONTEXTS = (
    accounts,
    invitations,
    members,
    media,
    timeline,
    contacts,
    opportunities,
    network,
    space_station,
    tags,
    domains,
    mail,
    waitlist,
    previews,
    imports,
    pages,
    sources,
    events,
)
ROUTES = tuple(route for context in CONTEXTS for route in context.routes)
DOCUMENTED = tuple(route for route in ROUTES if route.documented)
