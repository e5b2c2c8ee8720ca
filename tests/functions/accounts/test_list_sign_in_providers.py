import pytest

from accounts import begin_authorization, list_sign_in_providers, prove_identity
from tests.cloud import call
from tests.provider import Provider

PARTS = {"state": "0" * 64, "secret": "0" * 64, "code": "any"}


def test_says_by_whom_else_one_can_sign_in_and_nothing_of_how(google: Provider) -> None:
    answer = call(list_sign_in_providers.handler)

    assert answer.json["items"] == [
        {"id": "google", "name": "Google"},
        {"id": "linkedin", "name": "Linkedin"},
    ]
    assert google.setting["client_id"] not in str(answer)


def test_where_none_is_set_none_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGN_IN_PROVIDERS", "[]")

    assert call(list_sign_in_providers.handler).json["items"] == []
    assert call(begin_authorization.handler, provider="google").status == 404
    assert call(prove_identity.handler, provider="google", body=PARTS).status == 404
