"""A client of the API: a call gives its answer, or raises with all that the refusal says."""

from typing import Any

import httpx

_PATIENCE_SECONDS = 30  # a first call starts a process


class Refused(Exception):
    """`about` says what was asked for, so that a reader of the message can find it in the demo's files."""

    def __init__(self, about: str, response: httpx.Response) -> None:
        super().__init__(f"{about}: {response.status_code} {_reason(response)}")
        self.status = response.status_code


def connect(base_url: str) -> httpx.Client:
    """Without the environment's proxies: the local cloud is on this machine."""
    return httpx.Client(base_url=base_url, timeout=_PATIENCE_SECONDS, trust_env=False)


class Caller:
    """One member, or somebody who is none yet, behind the connection that all share."""

    def __init__(self, http: httpx.Client, name: str) -> None:
        self._http, self._name = http, name
        self._headers: dict[str, str] = {}

    def sign_in(self, email: str, password: str) -> None:
        session = self.call("POST", "/v1/sessions", {"email": email, "password": password}).json()
        self._headers = {"Authorization": f"Bearer {session['access_token']}"}

    def call(
        self, method: str, path: str, body: Any = None, *, about: str = "", **headers: str
    ) -> httpx.Response:
        """`If_Match="…"` is sent as the header `If-Match`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self._http.request(method, path, json=body, headers=self._headers | named)
        if not response.is_success:
            raise Refused(f"{about or self._name}: {method} {path}", response)
        return response

    def post(self, form: dict[str, Any], content: bytes, *, about: str) -> None:
        """A file, by a form that the API has signed."""
        response = self._http.post(form["url"], data=form["fields"], files={"file": content})
        if not response.is_success:
            raise Refused(f"{about}: POST {form['url']}", response)


def _reason(response: httpx.Response) -> str:
    """The problem document in a sentence; the beginning of the text where there is none."""
    try:
        problem = response.json()
        fields = "".join(f" ({each['pointer']} {each['detail']})" for each in problem.get("errors", []))
        return f"{problem['title']}. {problem['detail']}{fields}"
    except (ValueError, LookupError, TypeError, AttributeError):
        return response.text[:200]
