import pytest

from accounts import renew_session, request_password_reset, reset_password
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import create, mails, signed_in
from tests.functions.accounts.pool import Pool

NEW = "another battery staple"


@pytest.fixture(autouse=True)
def _forgotten(_admission: None) -> None:
    create()
    call(request_password_reset.handler, body={"email": "ada@example.org"})


def reset(**changes: object) -> Answer:
    body = {"email": "ada@example.org", "code": "493027", "password": NEW}
    return call(reset_password.handler, body=body | changes)


def test_sets_the_password() -> None:
    assert reset().status == 204
    assert signed_in(password=NEW).status == 201
    assert signed_in().status == 401


def test_ends_all_sessions() -> None:
    token = signed_in().json["refresh_token"]

    reset()

    assert call(renew_session.handler, body={"refresh_token": token}).status == 401


def test_the_owner_is_told_by_one_mail() -> None:
    reset()
    reset(password="a third battery")

    [notice] = mails()
    assert (notice["kind"], notice["to"]) == ("password-changed", "ada@example.org")
    assert notice["values"].keys() == {"at"}


def test_where_nothing_was_reset_nobody_is_told(pool: Pool) -> None:
    reset(code="000000")
    reset(email="eve@example.org")
    for refusal in (
        "InvalidPasswordException",
        "ResourceNotFoundException",
        "TooManyFailedAttemptsException",
    ):
        pool.refusals["ConfirmForgotPassword"] = [refusal]
        assert reset().status >= 400

    assert mails() == []


def test_a_code_is_good_once() -> None:
    reset()

    assert reset(password="a third battery").status == 403
    assert signed_in(password=NEW).status == 201


def test_wrong_codes_and_unknown_addresses_are_answered_alike() -> None:
    wrong, unknown = reset(code="000000"), reset(email="eve@example.org")

    assert wrong.status == 403
    assert wrong == unknown
    assert signed_in().status == 201


@pytest.mark.parametrize(
    "code", ["ExpiredCodeException", "UserNotFoundException", "InvalidParameterException"]
)
def test_whatever_the_pool_says_of_a_code_the_answer_is_the_same(pool: Pool, code: str) -> None:
    wrong = reset(code="000000")
    pool.refusals["ConfirmForgotPassword"] = [code]

    assert reset() == wrong


def test_five_guesses_in_half_an_hour_and_then_not_even_the_right_one() -> None:
    assert [reset(code=f"00000{n}").status for n in range(5)] == [403] * 5
    assert reset().status == 429
    assert signed_in().status == 201


def test_a_fault_of_the_pool_is_not_told_as_a_wrong_code(pool: Pool) -> None:
    pool.refusals["ConfirmForgotPassword"] = ["ResourceNotFoundException"]

    assert reset().status == 500


def test_a_password_that_the_pool_refuses_is_named(pool: Pool) -> None:
    pool.refusals["ConfirmForgotPassword"] = ["InvalidPasswordException"]

    assert reset().pointers == ["/password"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *(
            ("code", each)
            for each in (
                "",
                "12345",
                "1234567",
                "12345x",
                "\uff11\uff12\uff13\uff14\uff15\uff16",
                493027,
                None,
            )
        ),
        *(("password", each) for each in ("", "eleven char", " at both the ends ", "x" * 257)),
        ("email", "nobody"),
        ("handle", "ada"),
    ],
)
def test_bad_input_names_the_field_and_changes_nothing(field: str, wrong: object) -> None:
    refused = reset(**{field: wrong})

    assert (refused.status, refused.pointers) == (422, [f"/{field}"])
    assert signed_in().status == 201
