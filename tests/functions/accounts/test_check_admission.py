from datetime import timedelta

import pytest

from accounts import check_admission
from core import clock, invited, keys, table
from core.clock import new_id
from tests.functions.accounts.pool import pre_sign_up

ADDRESS = "grace@example.org"


def begun(*, proven: bool = True, hours: int = 1) -> str:
    member_id, until = new_id(), clock.timestamp(clock.now() + timedelta(hours=hours))
    facts = {"address_digest": invited.digest(ADDRESS), "proven": proven, "held_until": until}
    table.write(table.put(keys.sign_up(member_id)._asdict() | facts))
    return member_id


@pytest.mark.parametrize("address", [ADDRESS, "Grace@Example.ORG"])
def test_confirms_who_has_begun_to_sign_up_with_a_proven_address(address: str) -> None:
    member_id = begun()

    answer = check_admission.handler(pre_sign_up(member_id, email=address), None)

    assert answer["response"]["autoConfirmUser"] is True
    assert answer["userName"] == member_id


def test_lets_a_code_be_mailed_to_an_address_that_is_not_proven() -> None:
    answer = check_admission.handler(pre_sign_up(begun(proven=False), email=ADDRESS), None)

    assert answer["response"]["autoConfirmUser"] is False


@pytest.mark.parametrize("proven", [True, False])
def test_makes_no_address_proven_since_the_pool_would_take_it_from_who_has_it(proven: bool) -> None:
    answer = check_admission.handler(pre_sign_up(begun(proven=proven), email=ADDRESS), None)

    assert answer["response"]["autoVerifyEmail"] is False


def test_refuses_a_sign_up_past_our_api() -> None:
    admission = keys.admission(invited.digest(ADDRESS))
    table.write(table.put(admission._asdict() | {"code_digest": invited.digest("code")}))

    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up("grace", email=ADDRESS), None)


def test_refuses_another_user_than_the_one_that_is_begun() -> None:
    begun()

    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(new_id(), email=ADDRESS), None)


def test_refuses_another_address_than_the_one_that_is_admitted() -> None:
    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(begun(), email="eve@example.org"), None)


def test_refuses_a_sign_up_whose_time_is_over_though_it_is_not_swept_yet() -> None:
    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(begun(hours=-1), email=ADDRESS), None)


@pytest.mark.parametrize("attributes", [{}, {"phone_number": "+15555550100"}, {"email": ""}])
def test_refuses_a_user_without_an_address(attributes: dict[str, str]) -> None:
    with pytest.raises(PermissionError):
        check_admission.handler(pre_sign_up(begun(), **attributes), None)


def test_the_refusal_names_no_address() -> None:
    with pytest.raises(PermissionError) as refusal:
        check_admission.handler(pre_sign_up(new_id(), email=ADDRESS), None)

    assert "grace" not in str(refusal.value)
