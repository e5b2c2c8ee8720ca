import pytest

from accounts import mail_confirmation_code
from core.clock import new_id
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import ADA, confirm, create, invite
from tests.functions.accounts.pool import Pool
from tests.functions.conftest import Person


def ask(created: Answer, **changes: str) -> Answer:
    body = {"id": created.json["id"], "email": ADA["email"]}
    return call(mail_confirmation_code.handler, body=body | changes)


@pytest.fixture
def waiting(alice: Person) -> Answer:
    invite(alice.id, "handed-on")
    return create(code="handed-on")


def test_a_new_code_takes_the_place_of_the_first(waiting: Answer, pool: Pool) -> None:
    assert ask(waiting).status == 202

    assert confirm(waiting).status == 403
    assert confirm(waiting, code=pool.confirmations[waiting.json["id"]]).status == 201


@pytest.mark.parametrize("changes", [{"id": new_id()}, {"email": "eve@example.org"}], ids=["id", "address"])
def test_the_answer_is_the_same_where_nobody_waits(
    waiting: Answer, pool: Pool, changes: dict[str, str]
) -> None:
    pool.calls.clear()

    assert ask(waiting, **changes) == ask(waiting)
    assert pool.calls == ["ResendConfirmationCode"]


def test_an_account_that_is_there_is_mailed_nothing(pool: Pool) -> None:
    created = create()
    pool.calls.clear()

    assert ask(created).status == 202
    assert pool.calls == []


def test_the_answer_is_the_same_when_the_pool_mails_no_more_for_now(waiting: Answer, pool: Pool) -> None:
    pool.refusals["ResendConfirmationCode"] = ["LimitExceededException"]

    assert ask(waiting).status == 202


def test_few_codes_are_mailed_to_an_address(waiting: Answer) -> None:
    statuses = [ask(waiting).status for _ in range(5)]

    assert statuses == [202] * 4 + [429]  # the sign-up has mailed one


@pytest.mark.parametrize(("field", "wrong"), [("id", "x"), ("email", "ada"), ("code", "123456")])
def test_bad_input_names_the_field(field: str, wrong: str) -> None:
    refused = call(mail_confirmation_code.handler, body={"id": new_id(), "email": ADA["email"], field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
