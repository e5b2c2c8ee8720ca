"""What must never be lost, and who may sign in."""

import json

import pytest

from core.keys import INDEXES, PK, SK, TTL
from tests.infra.assembly import Assembly, Json

KEPT = ("DynamoDB::Table", "Cognito::UserPool", "S3::Bucket", "SecretsManager::Secret")

pytestmark = pytest.mark.infra


def keys(of: Json) -> list[str]:
    return [each["AttributeName"] for each in of["KeySchema"]]


def test_the_table_is_what_the_key_page_says(assembly: Assembly) -> None:
    table = assembly.one("DynamoDB::Table").properties

    assert keys(table) == [PK, SK]
    assert {each["IndexName"]: tuple(keys(each)) for each in table["GlobalSecondaryIndexes"]} == INDEXES
    assert all(each["Projection"] == {"ProjectionType": "ALL"} for each in table["GlobalSecondaryIndexes"])
    assert table["TimeToLiveSpecification"] == {"AttributeName": TTL, "Enabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_table_can_be_brought_back_to_any_second(assembly: Assembly) -> None:
    table = assembly.one("DynamoDB::Table").properties

    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert not assembly.all("DynamoDB::GlobalTable"), "cdk-nag would not see whether it can be recovered"


def test_on_aws_state_outlives_its_stack(prod: Assembly) -> None:
    stateful = [each for kind in KEPT for each in prod.all(kind)]

    assert {each.stack for each in stateful} == {"state"}
    assert {each.deletion for each in stateful} == {"Retain"}
    assert prod.one("DynamoDB::Table").properties["DeletionProtectionEnabled"] is True
    assert prod.one("Cognito::UserPool").properties["DeletionProtection"] == "ACTIVE"


def test_local_state_goes_with_its_stack(local: Assembly) -> None:
    assert {each.deletion for kind in KEPT for each in local.all(kind)} == {"Delete"}


def test_people_sign_in_by_a_verified_address_and_a_long_password(assembly: Assembly) -> None:
    users = assembly.one("Cognito::UserPool").properties

    assert users["AliasAttributes"] == ["email"]
    assert users["UsernameConfiguration"] == {"CaseSensitive": False}
    assert users["UserAttributeUpdateSettings"] == {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    assert users["Policies"]["PasswordPolicy"]["MinimumLength"] == 12


def test_the_pool_asks_check_admission_before_it_takes_anybody_in(assembly: Assembly) -> None:
    users, check = assembly.one("Cognito::UserPool"), assembly.functions()["check_admission"]
    permissions = [
        each.properties for each in assembly.all("Lambda::Permission") if check.is_named_in(each.properties)
    ]

    assert check.is_named_in(users.properties["LambdaConfig"]["PreSignUp"])
    assert check.stack == users.stack, "the pool must never be there without its door"
    assert [each["Principal"] for each in permissions] == ["cognito-idp.amazonaws.com"]


def test_tokens_are_short_lived_and_can_be_revoked(assembly: Assembly) -> None:
    client = assembly.one("Cognito::UserPoolClient").properties

    assert (client["AccessTokenValidity"], client["RefreshTokenValidity"]) == (15, 30 * 24 * 60)
    assert set(client["TokenValidityUnits"].values()) == {"minutes"}
    assert client["EnableTokenRevocation"] is True
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["GenerateSecret"] is False
    assert sorted(client["ExplicitAuthFlows"]) == [
        "ALLOW_CUSTOM_AUTH",  # of whom we have recognised ourselves: check_proof
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
    ]


def test_the_pool_asks_check_proof_at_each_moment_of_its_custom_flow(assembly: Assembly) -> None:
    users, check = assembly.one("Cognito::UserPool"), assembly.functions()["check_proof"]
    asked = {name for name, each in users.properties["LambdaConfig"].items() if check.is_named_in(each)}

    assert asked == {"DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"}
    assert check.stack == users.stack


def variables(assembly: Assembly, stem: str) -> Json:
    found: Json = assembly.functions()[stem].properties["Environment"]["Variables"]
    return found


def test_where_no_provider_is_set_none_is_offered(local: Assembly) -> None:
    assert variables(local, "list_sign_in_providers")["SIGN_IN_PROVIDERS"] == "[]"
    assert variables(local, "prove_identity")["SIGN_IN_SECRETS"] == "{}"


def test_one_function_alone_knows_what_providers_know_us_by_and_no_template_does(prod: Assembly) -> None:
    offered = json.loads(variables(prod, "list_sign_in_providers")["SIGN_IN_PROVIDERS"])
    knowing = [stem for stem in prod.functions() if "SIGN_IN_SECRETS" in variables(prod, stem)]

    assert [(each["id"], each["issuer"]) for each in offered] == [("google", "https://accounts.google.com")]
    assert knowing == ["prove_identity"]
    reference = "{{resolve:secretsmanager:polyfolio-prod-sign-in:SecretString:google::}}"
    assert json.loads(variables(prod, "prove_identity")["SIGN_IN_SECRETS"]) == {"google": reference}


def test_where_linkedin_is_not_set_nobody_can_connect_it(local: Assembly) -> None:
    assert variables(local, "begin_linkedin")["LINKEDIN_DATA"] == "null"
    assert variables(local, "connect_linkedin")["LINKEDIN_DATA_SECRET"] == ""


def test_one_function_alone_knows_what_linkedin_knows_us_by(prod: Assembly) -> None:
    knowing = [stem for stem in prod.functions() if "LINKEDIN_DATA_SECRET" in variables(prod, stem)]
    told = variables(prod, "connect_linkedin")

    assert knowing == ["connect_linkedin"]
    reference = "{{resolve:secretsmanager:polyfolio-prod-linkedin-data:SecretString:::}}"
    assert told["LINKEDIN_DATA_SECRET"] == reference
    offered = json.loads(variables(prod, "list_sources")["LINKEDIN_DATA"])
    assert (offered["client_id"], offered["scope"]) == (
        "polyfolio-at-linkedin",
        "r_dma_portability_3rd_party",
    )
    assert offered["api"] == "https://api.linkedin.com/rest"


def test_there_are_operators(assembly: Assembly) -> None:
    assert assembly.one("Cognito::UserPoolGroup").properties["GroupName"] == "operators"


def test_buckets_are_private_and_forget(prod: Assembly) -> None:
    for bucket in prod.all("S3::Bucket"):
        assert set(bucket.properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket.properties["LifecycleConfiguration"]["Rules"], (
            "else old versions and logs stay for ever"
        )
        assert "'aws:SecureTransport': 'false'" in str(
            [p.properties for p in prod.all("S3::BucketPolicy") if bucket.is_named_in(p.properties["Bucket"])]
        )


def test_logs_with_personal_data_go_within_the_promised_month(prod: Assembly) -> None:
    [logs] = [each for each in prod.all("S3::Bucket") if each.id.startswith("AccessLogs")]
    [rule] = logs.properties["LifecycleConfiguration"]["Rules"]

    assert rule["ExpirationInDays"] <= 30


def test_the_outputs_that_others_read_are_there(assembly: Assembly) -> None:
    outputs = {name for template in assembly.templates.values() for name in template.get("Outputs", {})}

    assert {"TableName", "UserPoolId", "UserPoolClientId", "BusName", "SiteBucketName"} <= outputs
    assert {"ApiId", "DistributionDomain", "DistributionId"} <= outputs
