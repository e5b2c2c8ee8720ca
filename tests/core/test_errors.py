from core.errors import AppError, Invalid, NotFound, field


def test_each_status_has_one_code_and_one_title() -> None:
    refusals = AppError.__subclasses__()

    for values in ("status", "code", "title"):
        assert len({getattr(each, values) for each in refusals}) == len(refusals)
    assert {each.status for each in refusals} == {400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503}


def test_no_refusal_is_a_kind_of_another() -> None:
    assert not any(each.__subclasses__() for each in AppError.__subclasses__())


def test_a_problem_without_fields_names_none() -> None:
    assert NotFound("Nobody.").problem() == {
        "type": "/docs#not-found",
        "title": "Not there, or not for you to know of",
        "status": 404,
        "detail": "Nobody.",
    }


def test_one_field_can_be_refused() -> None:
    refused = field("end", "is before start")

    assert isinstance(refused, Invalid)
    assert refused.problem()["errors"] == [{"pointer": "/end", "detail": "is before start"}]
