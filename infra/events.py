"""Events: the table's stream becomes events on the bus. All effects follow from those."""

from infra.context import Context, bus, may, parking_queue

events = Context("events")

events.stream("publish", may(bus, "PutEvents"), may(parking_queue, "SendMessage"))
