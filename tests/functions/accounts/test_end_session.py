import pytest

from accounts import end_session, list_sessions, renew_session
from core import standing
from tests.cloud import Answer, call
from tests.functions.accounts.conftest import claims_of, create, signed_in


@pytest.fixture
def ada(_admission: None) -> str:
    return str(create().json["id"])


def end(user: str, session: Answer) -> Answer:
    return call(end_session.handler, user=user, session_id=claims_of(session)["origin_jti"])


def renewed(session: Answer) -> int:
    return call(renew_session.handler, body={"refresh_token": session.json["refresh_token"]}).status


def test_a_session_elsewhere_can_be_renewed_no_more(ada: str) -> None:
    here, elsewhere = signed_in(), signed_in()

    assert end(ada, elsewhere).status == 204

    assert (renewed(here), renewed(elsewhere)) == (201, 401)


def test_its_access_tokens_end_and_others_do_not(ada: str) -> None:
    here, elsewhere = signed_in(), signed_in()
    end(ada, elsewhere)
    standing.forget()

    def listed(session: Answer) -> int:
        earlier = {"iat": str(int(claims_of(session)["iat"]) - 2)}
        return call(list_sessions.handler, user=ada, claims=claims_of(session) | earlier).status

    assert (listed(here), listed(elsewhere)) == (200, 401)


def test_twice_it_is_not_there(ada: str) -> None:
    session = signed_in()

    assert [end(ada, session).status for _ in range(2)] == [204, 404]


def test_somebody_elses_session_is_not_there(ada: str) -> None:
    session = signed_in()

    assert end("01ARZ3NDEKTSV4RRFFQ69G5FAV", session).status == 404
    assert ada
    assert renewed(session) == 201


@pytest.mark.parametrize("name", ["x", "~", "#", "SESSION#", "\u00fc" * 100])
def test_what_is_no_session_is_not_there(ada: str, name: str) -> None:
    assert call(end_session.handler, user=ada, session_id=name).status == 404


def test_a_personal_access_token_ends_no_session(ada: str) -> None:
    session = signed_in()

    assert end(f"{ada}:01TOKEN:read+write", session).status == 403
    assert renewed(session) == 201
