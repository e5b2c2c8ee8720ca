"""LinkedIn's Member Data Portability API on loopback: its token endpoint, snapshots by domain, changes.

In the shapes of learn.microsoft.com/linkedin/dma/member-data-portability: pages are counted, their end is a
page without a next one or a 404, rows come in another order each time.
"""

import json
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.provider import visit_json
from tests.web import Asked, Visit, Web

CLIENT, SECRET, SCOPE = "our-app", "our secret at LinkedIn", "r_dma_portability_3rd_party"
DAYS = 60
_ON_A_PAGE = 2
_NOTHING = {"status": 404, "serviceErrorCode": 100, "message": "No data found for this memberId"}


class Linkedin:
    """`rows` by domain; `changes` as the log has them; `refuses`: with this status, whatever is asked for."""

    def __init__(self, web: Web, at: str = "/linkedin") -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.changes: list[dict[str, Any]] = []
        self.refuses = 0
        self.seconds = DAYS * 86_400
        self.tokens: set[str] = set()
        self.began = 0
        self._web, self._at = web, at
        self._codes: dict[str, str] = {}
        web.answers[f"{at}/oauth/accessToken"] = self._token
        web.answers[f"{at}/rest/memberSnapshotData"] = self._snapshot
        web.answers[f"{at}/rest/memberChangeLogs"] = self._changes
        web.answers[f"{at}/rest/memberAuthorizations"] = self._authorizations

    @property
    def setting(self) -> str:
        root = self._web.url(self._at)
        return json.dumps(
            {"client_id": CLIENT, "scope": SCOPE, "oauth": f"{root}/oauth", "api": f"{root}/rest"}
        )

    def agree(self, address: str) -> dict[str, str]:
        """What the browser brings back of a member who agrees at this address."""
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self._web.url(self._at)}/oauth/authorization?")
        assert (asked["client_id"], asked["response_type"], asked["scope"]) == (CLIENT, "code", SCOPE)
        assert asked["redirect_uri"].endswith("/app/sources/linkedin")
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked["redirect_uri"]
        return {"state": asked["state"], "code": code}

    def changed(self, resource: str, at: int) -> None:
        about = {"id": secrets.randbelow(10**9), "resourceName": resource, "method": "CREATE"}
        self.changes.append(about | {"processedAt": at, "capturedAt": at, "activityStatus": "SUCCESS"})

    def asked_for(self) -> list[str]:
        """Snapshots' domains and other names, in order."""
        found = [urlsplit(each.path) for each in self._web.asked if each.path.startswith(f"{self._at}/rest/")]
        return [parse_qs(each.query).get("domain", [each.path.rpartition("/")[2]])[0] for each in found]

    def _token(self, visit: Visit) -> None:
        form = {
            name: value[0] for name, value in parse_qs(self._last("/oauth/accessToken").body.decode()).items()
        }
        redirect = self._codes.pop(form.get("code", ""), None)
        if redirect != form.get("redirect_uri") or form.get("client_secret") != SECRET:
            visit_json(visit, {"error": "invalid_request"}, status=400)
            return
        token = secrets.token_urlsafe(200)
        self.tokens.add(token)
        visit_json(visit, {"access_token": token, "expires_in": self.seconds, "scope": SCOPE})

    def _snapshot(self, visit: Visit) -> None:
        asked = self._asked(visit, "/rest/memberSnapshotData")
        if asked is None:
            return
        domain, page = asked["domain"], int(asked["start"])
        rows = self.rows.get(domain, [])[::-1] if page % 2 else self.rows.get(domain, [])
        ordered = sorted(rows, key=str)
        some = ordered[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
        if not some:
            visit_json(visit, _NOTHING, status=404)
            return
        is_last = len(ordered) <= (page + 1) * _ON_A_PAGE
        links = [] if is_last else [{"type": "application/json", "rel": "next", "href": "/not/followed"}]
        element = {"snapshotDomain": domain, "snapshotData": some[::-1]}
        paging = {"start": page, "count": 10, "total": 3, "links": links}
        visit_json(visit, {"paging": paging, "elements": [element] if page == 0 else element})

    def _changes(self, visit: Visit) -> None:
        asked = self._asked(visit, "/rest/memberChangeLogs")
        if asked is not None:
            count = int(asked["count"])
            assert 1 <= count <= 50
            found = [each for each in self.changes if each["processedAt"] >= int(asked["startTime"])]
            visit_json(visit, {"paging": {"links": []}, "elements": found[:count]})

    def _authorizations(self, visit: Visit) -> None:
        if self._asked(visit, "/rest/memberAuthorizations") is not None:
            self.began += 1
            visit_json(visit, {}, status=201)

    def _asked(self, visit: Visit, path: str) -> dict[str, str] | None:
        last = self._last(path)
        headers = last.headers
        status = self.refuses
        if headers.get("linkedin-version") != "202312":
            status = 426
        elif headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            status = 401
        if status:
            visit_json(visit, {"status": status, "code": "NO", "message": "No."}, status=status)
            return None
        return {name: value[0] for name, value in parse_qs(urlsplit(last.path).query).items()}

    def _last(self, path: str) -> Asked:
        return [each for each in self._web.asked if urlsplit(each.path).path == f"{self._at}{path}"][-1]
