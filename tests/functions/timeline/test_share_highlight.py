from tests.functions.conftest import Person, join
from tests.functions.timeline.acting import answer, batch, created, delete, edit, everything, titles
from timeline import share_highlight


def shared() -> list[tuple[str, str]]:
    return [(item["pk"], item["sk"]) for item in everything() if "shared" in item]


def test_points_to_the_fact_from_each_list(alice: Person, bob: Person) -> None:
    made = created(alice, kind="code", tags=["a"], collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")

    share_highlight.handler(batch(made), None)

    facets = ("all", "kind:code", "tag:a")
    assert sorted(shared()) == [(f"TIMELINE#{bob.id}#{each}", f"2019-03-00#{made}") for each in facets]
    pointer = next(item for item in everything() if "shared" in item)
    assert not {"title", "html", "text", "collaborators"} & pointer.keys()


def test_ten_collaborators_each_have_it(alice: Person) -> None:
    people = [join(f"member-{number}") for number in range(10)]
    made = created(alice, collaborators=[{"handle": each.handle} for each in people])
    for each in people:
        answer(each, made, "accepted")

    share_highlight.handler(batch(made), None)

    assert all(titles(each) == ["Streams"] for each in people)


def test_moves_and_goes_with_the_fact(alice: Person, bob: Person) -> None:
    made = created(alice, tags=["a"], collaborators=[{"handle": bob.handle}])
    answer(bob, made, "accepted")
    share_highlight.handler(batch(made), None)

    edit(alice, made, start="2020", tags=["b"])
    share_highlight.handler(batch(made), None)
    assert sorted(sk for _, sk in shared()) == [f"2020-00-00#{made}"] * 3
    assert titles(bob, tag="b") == ["Streams"]

    delete(alice, made)
    share_highlight.handler(batch(made), None)
    assert shared() == []
