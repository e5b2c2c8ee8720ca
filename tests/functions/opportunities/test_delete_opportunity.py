from tests.functions.conftest import Person
from tests.functions.opportunities.acting import NOBODYS, delete, edit, everything, posted, read, titles


def test_leaves_nothing_behind(alice: Person) -> None:
    before = {(item["pk"], item["sk"]) for item in everything()}
    made = posted(alice, tags=["a", "b"])

    assert delete(alice, made).status == 204

    left = {(item["pk"], item["sk"]) for item in everything()} - before
    assert {pk.partition("#")[0] for pk, _ in left} == {"LIMIT"}
    assert (read(made).status, titles(), titles(alice, mine="true")) == (404, [], [])


def test_others_have_nothing_to_delete(alice: Person, bob: Person) -> None:
    made = posted(alice)

    assert delete(bob, made).status == delete(alice, NOBODYS).status == 404
    assert titles() == ["A booklet"]


def test_what_was_changed_meanwhile_stays(alice: Person) -> None:
    made = posted(alice)
    seen = read(made, alice).headers["etag"]
    edit(alice, made, title="New")

    assert delete(alice, made, seen).status == 412
    assert titles() == ["New"]
