from members import list_activities, open_up
from tests.cloud import call
from tests.functions.conftest import Person


def test_lists_the_whole_catalogue_with_names_to_show() -> None:
    listed = call(list_activities.handler, public=True)

    assert listed.status == 200
    assert len(listed.json["items"]) == 18
    assert {"activity": "mentor", "name": "Mentor"} in listed.json["items"]
    assert listed.json["next"] is None


def test_all_of_it_can_be_opened(alice: Person) -> None:
    for entry in call(list_activities.handler, user=alice.id).json["items"]:
        opened = call(open_up.handler, user=alice.id, activity=entry["activity"])

        assert opened.status == 200
    assert len(opened.json["open_to"]) == 18


def test_is_cached_for_visitors_and_can_be_asked_for_again_cheaply() -> None:
    listed = call(list_activities.handler, public=True)

    again = call(list_activities.handler, public=True, headers={"If-None-Match": listed.headers["etag"]})

    assert listed.headers["cache-control"].startswith("public, max-age=")
    assert (again.status, again.json) == (304, None)


def test_takes_no_question() -> None:
    refused = call(list_activities.handler, public=True, query={"limit": 5})

    assert (refused.status, refused.pointers) == (422, ["/limit"])
