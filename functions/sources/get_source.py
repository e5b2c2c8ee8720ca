"""GET /v1/sources/{source_id}"""

from core.http import endpoint
from core.request import Caller, Path
from sources import store
from sources.source import SourceWithEntries


@endpoint()
def handler(source_id: Path, me: Caller) -> SourceWithEntries:
    source = store.own(source_id, me.id).source
    return SourceWithEntries(**source.model_dump(), entries=store.waiting(source_id))
