"""The people who may sign in: the user pool, its door, and the client that the API signs them in with."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.accounts import accounts
from infra.functions import Functions, Provision
from infra.nag import acknowledge
from infra.settings import Settings
from infra.stack import StageStack


class Users:
    """In the stack that keeps the state."""

    def __init__(
        self, stack: StageStack, settings: Settings, kept: RemovalPolicy, provision: Provision
    ) -> None:
        self._stack = stack
        self._settings = settings
        self._kept = kept
        self._provision = provision
        self.pool = self._pool()
        self.client = self._client()

    def _pool(self) -> cognito.UserPool:
        users = cognito.UserPool(
            self._stack,
            "Users",
            user_pool_name=f"polyfolio-{self._settings.stage}",
            # The user name is the member's id, so that it never changes; people sign in by their address.
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=True,  # by create_account; check_admission refuses whoever has no admission
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            keep_original=cognito.KeepOriginalAttrs(email=True),  # a new address counts once it is verified
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True)
            ),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=False,
                require_uppercase=False,
                require_digits=False,
                require_symbols=False,
            ),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            feature_plan=cognito.FeaturePlan.LITE,
            lambda_triggers=self._triggers(),
            deletion_protection=self._settings.keeps_state,
            removal_policy=self._kept,
        )
        users.add_group("Operators", group_name="operators")
        _acknowledge(users)
        return users

    def _triggers(self) -> cognito.UserPoolTriggers:
        """Beside the pool, so that it is never without its door, and no other stack need be there first."""
        functions = Functions(self._stack, self._settings, self._provision)
        made = {
            each: functions.make(Construct(self._stack, each.stem), each)
            for each in dict.fromkeys(accounts.triggers.values())
        }
        asked = {moment: made[function] for moment, function in accounts.triggers.items()}
        return cognito.UserPoolTriggers(
            pre_sign_up=asked["PreSignUp"],
            define_auth_challenge=asked["DefineAuthChallenge"],
            create_auth_challenge=asked["CreateAuthChallenge"],
            verify_auth_challenge_response=asked["VerifyAuthChallengeResponse"],
        )

    def _client(self) -> cognito.UserPoolClient:
        return self.pool.add_client(
            "Client",
            # And refresh, which is always there. Custom: who has been recognised by us (check_proof).
            auth_flows=cognito.AuthFlow(user_password=True, custom=True),
            disable_o_auth=True,
            generate_secret=False,
            access_token_validity=Duration.minutes(15),
            id_token_validity=Duration.minutes(15),
            refresh_token_validity=Duration.days(30),
            enable_token_revocation=True,
            prevent_user_existence_errors=True,
        )


def _acknowledge(users: cognito.UserPool) -> None:
    def why(reason: str, rule: str) -> None:
        acknowledge(users, reason, rule)

    why(
        "Length protects and composition rules do not: NIST SP 800-63B (5.1.1.2) advises against them.",
        "AwsSolutions-COG1",
    )
    why(
        "The API's sign-in has no second step yet; a second factor will be each member's own choice.",
        "AwsSolutions-COG2",
    )
    why(
        "Threat protection needs the Plus plan, at several times the price for each member.",
        "AwsSolutions-COG8",
    )
