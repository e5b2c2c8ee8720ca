import json

from core import keys, table
from invitations import erase_invitations
from tests.functions.conftest import Person
from tests.functions.invitations.conftest import ADDRESS, free, invite, shown, stored


def erase(member_id: str) -> bool:
    """Whether it was done."""
    body = json.dumps({"detail": {"departure_id": member_id, "version": 1}})
    batch = {"Records": [{"messageId": "1", "body": body}]}
    return not erase_invitations.handler(batch, None)["batchItemFailures"]


def test_nothing_is_left_of_who_leaves_and_all_of_others(alice: Person, bob: Person) -> None:
    given, of_bob = invite(alice), invite(bob)
    invite(alice, ADDRESS, note="Come!")
    table.write(table.put(keys.departure(alice.id)._asdict() | {"id": alice.id, "version": 1}))

    assert erase(alice.id)
    assert erase(alice.id)

    assert shown(given.json["code"]).status == 404
    assert not [item for item in stored("INVIT") if alice.id in json.dumps(item)]
    assert free(bob) == 9
    assert shown(of_bob.json["code"]).json["holds"]


def test_nothing_is_erased_of_who_has_not_left(alice: Person) -> None:
    invite(alice)

    assert erase(alice.id)

    assert free(alice) == 9
