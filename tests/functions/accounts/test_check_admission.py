import pytest

from accounts import admissions, check_admission
from core import keys, table
from core.clock import new_id
from tests.functions.accounts.pool import pre_sign_up

ADDRESS = "grace@example.org"


def admitted(**attributes: str) -> None:
    key = keys.admission(admissions.digest(ADDRESS))
    table.write(table.put(key._asdict() | {"code_digest": admissions.digest("code")} | attributes))


@pytest.mark.parametrize("address", [ADDRESS, "Grace@Example.ORG"])
def test_confirms_whom_our_sign_up_has_reserved_an_admission_for(address: str) -> None:
    member_id = new_id()
    admitted(member_id=member_id)

    answer = check_admission.handler(pre_sign_up(member_id, email=address), None)

    assert answer["response"] == {"autoConfirmUser": True, "autoVerifyEmail": True, "autoVerifyPhone": False}
    assert answer["userName"] == member_id


def test_refuses_an_address_without_an_admission() -> None:
    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(new_id(), email="eve@example.org"), None)


def test_refuses_a_sign_up_past_our_api() -> None:
    admitted()

    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up("grace", email=ADDRESS), None)


def test_refuses_another_user_than_the_one_it_is_reserved_for() -> None:
    admitted(member_id=new_id())

    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(new_id(), email=ADDRESS), None)


def test_refuses_an_admission_that_was_redeemed() -> None:
    member_id = new_id()
    admitted(member_id=member_id, redeemed_at="2026-11-23T09:48:12.123Z")

    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(member_id, email=ADDRESS), None)


@pytest.mark.parametrize("attributes", [{}, {"phone_number": "+15555550100"}, {"email": ""}])
def test_refuses_a_user_without_an_address(attributes: dict[str, str]) -> None:
    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(new_id(), **attributes), None)


def test_the_refusal_names_no_address() -> None:
    with pytest.raises(PermissionError) as refusal:
        check_admission.handler(pre_sign_up(new_id(), email=ADDRESS), None)

    assert "grace" not in str(refusal.value)
