import json

from accounts import forget_sign_up
from core import keys, table
from core.clock import new_id
from tests.functions.accounts.conftest import confirm, create, invite, signed_in
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person


def forget(sign_up_id: str) -> bool:
    """Whether it was done."""
    body = json.dumps({"detail": {"sign_up_id": sign_up_id, "version": 1}})
    batch = {"Records": [{"messageId": "1", "body": body}]}
    return not forget_sign_up.handler(batch, None)["batchItemFailures"]


def test_what_never_was_confirmed_leaves_the_pool_when_its_time_is_over(pool: Pool, alice: Person) -> None:
    invite(alice.id, "handed-on")
    created = create(code="handed-on")
    table.write(table.delete(keys.sign_up(created.json["id"])))  # as the table does by itself

    assert forget(created.json["id"])
    assert forget(created.json["id"])

    assert pool.users == {}
    assert confirm(created).status == 403


def test_one_that_goes_on_stays(pool: Pool, alice: Person) -> None:
    invite(alice.id, "handed-on")
    created = create(code="handed-on")

    assert forget(created.json["id"])

    assert list(pool.users) == [created.json["id"]]
    assert confirm(created).status == 201


def test_one_that_is_an_account_by_now_stays(pool: Pool) -> None:
    created = create()

    assert forget(created.json["id"])

    assert list(pool.users) == [created.json["id"]]
    assert signed_in().status == 201


def test_an_unknown_one_is_nothing_to_do(pool: Pool) -> None:
    assert forget(new_id())
    assert pool.users == {}
