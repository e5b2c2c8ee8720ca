"""PUT /v1/contacts/{contact_id}/messages/read"""

from typing import Annotated

from pydantic import Field

from contacts import messages
from core.http import endpoint
from core.request import Body, Caller, Path
from core.shapes import Shape


class ReadMark(Shape):
    up_to: Annotated[int, Field(ge=0, description="The number of the last message that was read.")]


@endpoint(status=204)
def handler(contact_id: Path, mark: Body[ReadMark], me: Caller) -> None:
    messages.mark_read(messages.of(contact_id, me), mark.up_to)
