"""A user pool: moto's, and in front of it what moto lacks: addresses as aliases, the trigger, revocation."""

import http.client
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from moto.cognitoidp.models import cognitoidp_backends

from accounts import check_admission, check_proof
from accounts.sessions import _claims
from core.aws import Client

type Json = dict[str, Any]

_POLICY = {
    "MinimumLength": 12,
    "RequireUppercase": False,
    "RequireLowercase": False,
    "RequireNumbers": False,
    "RequireSymbols": False,
}


class Refused(Exception):
    """Answered with this code."""


class Pool:
    """`refusals`: codes that the next calls of an operation are refused with, before anything is done."""

    def __init__(self, cloud: str) -> None:
        self._cloud = urlsplit(cloud).netloc
        self._moto = Client("cognito-idp", target="AWSCognitoIdentityProviderService", version="1.1")
        self._one_at_a_time = threading.RLock()
        made = self._moto.call(
            "CreateUserPool",
            {"PoolName": "unit", "AliasAttributes": ["email"], "Policies": {"PasswordPolicy": _POLICY}},
        )
        self.id = made["UserPool"]["Id"]
        client = {"UserPoolId": self.id, "ClientName": "web", "ExplicitAuthFlows": ["USER_PASSWORD_AUTH"]}
        self.client_id = self._moto.call("CreateUserPoolClient", client)["UserPoolClient"]["ClientId"]

        self.empty()

    def empty(self) -> None:
        self.refusals: dict[str, list[str]] = {}
        self.calls: list[str] = []
        self.named: dict[str, set[str]] = defaultdict(set)  # whom each operation was asked for
        self.revoked: set[str] = set()
        self.codes: dict[str, str] = {}  # what was mailed for a new password, by address
        self.confirmations: dict[str, str] = {}  # what was mailed for a new address, by user name
        self.sessions: dict[str, str] = {}  # of the custom flow: whose
        self.challenged = False  # a sign-in is answered with NEW_PASSWORD_REQUIRED instead of tokens
        self.rotated: str | None = None  # the refresh token that a renewal gives too, where the pool rotates
        for name in self.users:
            self._forward("AdminDeleteUser", {"UserPoolId": self.id, "Username": name})

    @property
    def users(self) -> dict[str, str]:
        """The address of each user, by user name."""
        answer = self._forward("ListUsers", {"UserPoolId": self.id})
        return {
            user["Username"]: next(each["Value"] for each in user["Attributes"] if each["Name"] == "email")
            for user in answer["Users"]
        }

    @property
    def members(self) -> dict[str, str]:
        """Who signs in by each address: only a proven one is an alias."""
        answer = self._forward("ListUsers", {"UserPoolId": self.id})
        attributes = {
            user["Username"]: {each["Name"]: each["Value"] for each in user["Attributes"]}
            for user in answer["Users"]
        }
        return {
            each["email"]: name for name, each in attributes.items() if each.get("email_verified") == "true"
        }

    def answer(self, operation: str, request: Json) -> Json:
        with self._one_at_a_time:
            self.calls.append(operation)
            self.named[operation].add(request.get("Username") or _signs_in(request))
            if refusals := self.refusals.get(operation):
                raise Refused(refusals.pop(0))
            special = {
                "SignUp": self._sign_up,
                "ConfirmSignUp": self._confirm,
                "ResendConfirmationCode": self._resend,
                "AdminGetUser": lambda request: self._forward(
                    "AdminGetUser", self._user(request["Username"])
                ),
                "AdminUpdateUserAttributes": self._update,
                "InitiateAuth": self._initiate_auth,
                "RespondToAuthChallenge": self._respond,
                "RevokeToken": self._revoke,
                "ForgotPassword": self._forgot,
                "ConfirmForgotPassword": self._reset,
            }
            if operation.startswith("Admin"):
                request = request | self._user(request["Username"])
            return special[operation](request) if operation in special else self._forward(operation, request)

    def _sign_up(self, request: Json) -> Json:
        if request["Username"] in self.users:
            raise Refused("UsernameExistsException")
        attributes = {each["Name"]: each["Value"] for each in request["UserAttributes"]}
        event = pre_sign_up(request["Username"], **attributes)
        try:
            confirmed = check_admission.handler(event, None)["response"]["autoConfirmUser"]
        except PermissionError:
            raise Refused("UserLambdaValidationException") from None
        answer = self._forward("SignUp", request)
        if confirmed:
            self._forward("AdminConfirmSignUp", {"UserPoolId": self.id, "Username": request["Username"]})
        else:
            self.confirmations[request["Username"]] = "123456"
        return answer

    def _confirm(self, request: Json) -> Json:
        name = request["Username"]
        user = self._forward("AdminGetUser", {"UserPoolId": self.id, "Username": name})
        if user["UserStatus"] != "UNCONFIRMED":
            raise Refused("NotAuthorizedException")
        if self.confirmations.get(name) != request["ConfirmationCode"]:
            raise Refused("CodeMismatchException")
        proven = [{"Name": "email_verified", "Value": "true"}]
        self._update({"UserPoolId": self.id, "Username": name, "UserAttributes": proven})
        return self._forward("AdminConfirmSignUp", {"UserPoolId": self.id, "Username": name})

    def _resend(self, request: Json) -> Json:
        self.confirmations[request["Username"]] = "654321"
        return {"CodeDeliveryDetails": {"DeliveryMedium": "EMAIL"}}

    def _update(self, request: Json) -> Json:
        if self.members.get(self.users[request["Username"]], request["Username"]) != request["Username"]:
            raise Refused("AliasExistsException")
        return self._forward("AdminUpdateUserAttributes", request)

    def _respond(self, request: Json) -> Json:
        """Of the custom flow: one answer, and then its trigger says what becomes of it."""
        name = request["ChallengeResponses"]["USERNAME"]
        if self.sessions.pop(request["Session"], None) != name:
            raise Refused("NotAuthorizedException")
        answer = {"challengeAnswer": request["ChallengeResponses"]["ANSWER"]}
        verified = check_proof.handler(challenge("VerifyAuthChallengeResponse", name, **answer), None)
        right = verified["response"]["answerCorrect"]
        rounds = [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": right}]
        next_ = check_proof.handler(challenge("DefineAuthChallenge", name, session=rounds), None)["response"]
        if next_["issueTokens"] is not True:
            raise Refused("NotAuthorizedException")
        moto = cognitoidp_backends["123456789012"]["us-east-1"]
        pool = moto.user_pools[self.id]
        return dict(moto._log_user_in(pool, pool.clients[self.client_id], name))

    def _begin_custom(self, request: Json) -> Json:
        name = self._user(request["AuthParameters"]["USERNAME"])["Username"]
        user = self._forward("AdminGetUser", {"UserPoolId": self.id, "Username": name})
        if not user["Enabled"]:
            raise Refused("NotAuthorizedException")
        next_ = check_proof.handler(challenge("DefineAuthChallenge", name, session=[]), None)["response"]
        assert next_["challengeName"] == "CUSTOM_CHALLENGE"
        check_proof.handler(challenge("CreateAuthChallenge", name, session=[]), None)
        self.sessions["a session"] = name
        return {"ChallengeName": "CUSTOM_CHALLENGE", "Session": "a session"}

    def _initiate_auth(self, request: Json) -> Json:
        if request["AuthFlow"] == "CUSTOM_AUTH":
            return self._begin_custom(request)
        given = request["AuthParameters"]
        if "" in given.values():
            raise Refused("InvalidParameterException")
        if given.get("REFRESH_TOKEN") in self.revoked:
            raise Refused("NotAuthorizedException")
        if "USERNAME" in given:
            given = given | {"USERNAME": self._user(given["USERNAME"])["Username"]}
        answer = self._forward("InitiateAuth", request | {"AuthParameters": given})
        if "REFRESH_TOKEN" in given and self._is_disabled(answer["AuthenticationResult"]["AccessToken"]):
            raise Refused("NotAuthorizedException")
        if self.challenged:
            return {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s"}
        if self.rotated:
            answer["AuthenticationResult"]["RefreshToken"] = self.rotated
        return answer

    def _is_disabled(self, access_token: str) -> bool:
        name = _claims(access_token)["username"]
        return not self._forward("AdminGetUser", {"UserPoolId": self.id, "Username": name})["Enabled"]

    def _forgot(self, request: Json) -> Json:
        """Of an unknown address as with PreventUserExistenceErrors: as if it were a known one."""
        if request["Username"] in self.members:
            self.codes[request["Username"]] = "493027"
        return {"CodeDeliveryDetails": {"DeliveryMedium": "EMAIL"}}

    def _reset(self, request: Json) -> Json:
        if self.codes.get(request["Username"]) != request["ConfirmationCode"]:
            raise Refused("CodeMismatchException")
        del self.codes[request["Username"]]
        password = {"Password": request["Password"], "Permanent": True}
        return self._forward("AdminSetUserPassword", self._user(request["Username"]) | password)

    def _user(self, name: str) -> Json:
        """The user of this name or, as the alias that it is, of this address."""
        return {"UserPoolId": self.id, "Username": self.members.get(name, name)}

    def _revoke(self, request: Json) -> Json:
        if request["Token"] == "junk":
            raise Refused("UnsupportedTokenTypeException")
        self.revoked.add(request["Token"])
        return {}

    def _forward(self, operation: str, request: Json) -> Json:
        connection = http.client.HTTPConnection(self._cloud)
        headers = {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"AWSCognitoIdentityProviderService.{operation}",
            "authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cognito-idp/aws4_request",
        }
        connection.request("POST", "/", json.dumps(request), headers)
        response = connection.getresponse()
        answer: Json = json.loads(response.read() or b"{}")
        connection.close()
        if response.status >= 300:
            raise Refused(str(answer["__type"]).rpartition("#")[2])
        return answer

    @contextmanager
    def served(self) -> Iterator[str]:
        pool = self

        class Front(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer: in two, the second waits for the first to be acknowledged

            def do_POST(self) -> None:
                operation = self.headers["x-amz-target"].rpartition(".")[2]
                request = json.loads(self.rfile.read(int(self.headers["content-length"])))
                try:
                    status, answer = 200, pool.answer(operation, request)
                except Refused as refusal:
                    status, answer = 400, {"__type": str(refusal), "message": "No."}
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


def challenge(moment: str, user_name: str, **request: Any) -> Json:
    """The event, as in the developer guide's user-pool-lambda-challenge.html."""
    return {
        "version": "1",
        "triggerSource": f"{moment}_Authentication",
        "region": "us-east-1",
        "userPoolId": "us-east-1_EXAMPLE",
        "userName": user_name,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "example"},
        "request": {"userAttributes": {}, "userNotFound": False} | request,
        "response": {},
    }


def pre_sign_up(user_name: str, **attributes: str) -> Json:
    """The event, as in the developer guide's user-pool-lambda-pre-sign-up.html."""
    return {
        "version": "1",
        "triggerSource": "PreSignUp_SignUp",
        "region": "us-east-1",
        "userPoolId": "us-east-1_EXAMPLE",
        "userName": user_name,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "example"},
        "request": {"userAttributes": attributes, "validationData": None},
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


def _signs_in(request: Json) -> str:
    return str(request.get("AuthParameters", {}).get("USERNAME"))
