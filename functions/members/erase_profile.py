"""Effect of DepartureChanged: the profile; its handles stay taken for ever, and lead to nobody."""

from core import erasing, handles, keys, table


@erasing.eraser
def handler(member_id: str) -> None:
    # Also without a profile: a change of address that was under way may have written them since.
    table.write(table.delete(keys.mail_domains(member_id)))
    profile = table.get(keys.member(member_id), consistent=True)
    if profile is None:
        return
    names = [profile["handle"], *profile.get("former_handles", [])]
    places = dict.fromkeys(map(handles.skeleton, names))
    taken = [table.put(handles.gone(each), "member_id = :id", id=member_id) for each in places]
    gone = table.delete(keys.member(member_id), "version = :seen", seen=profile["version"])
    table.write(gone, *taken)
