"""Effect of OpportunityChanged: its page, and the board's."""

from core.events import OpportunityChanged, subscriber
from pages import boards


@subscriber(OpportunityChanged)
def handler(event: OpportunityChanged) -> None:
    boards.settle([event.opportunity_id])
