"""Highlights, and the timelines and tags that follow from them.

Entity        pk                          sk             answers
Highlight     HIGHLIGHT#<highlight>       HIGHLIGHT      a highlight: the fact
Entry         TIMELINE#<member>#<facet>   <when>#<id>    a timeline or a year of it, whole or by one facet
Year counts   MEMBER#<member>             YEARS#<facet>  how many highlights in each year and month
Naming        HIGHLIGHT#<highlight>       NAMING         whom it names, as far as Named knows of it
Named         NAMED#<member>              <highlight>    which highlights name a member as a collaborator
Counted       HIGHLIGHT#<highlight>       COUNTED#<m>    what a member's year counts hold of this highlight
Shared        HIGHLIGHT#<highlight>       SHARED#<m>     which entries a collaborator's timeline has of it
Tagged        HIGHLIGHT#<highlight>       TAGGED         what the tag counts hold of this highlight
Unranked      HIGHLIGHT#<highlight>       UNRANKED       tags that it changed the counts of, not the ranks yet
Tag           TAG#<tag>                   COUNT          how often a tag is used
Tag use       TAG#<tag>                   <highlight>    the latest highlights with a tag: what goes with it
Tag rank      TAGS#<prefix>               <tag>          tags that begin so, most used first (by gsi1)

An entry is a copy of its highlight, written in the same transaction as the fact. Two sparse indexes hold
it for as long as an audience may see it, so that who reads decides which index is read and no filter can
be forgotten:

              gsi1pk, gsi1sk  entries of public highlights (of Tag rank: <prefix>, <rank>)
              gsi2pk, gsi2sk  entries of all but drafts (for signed-in members)

An entry on a collaborator's timeline is a pointer without a copy: the reader resolves it from the fact.
A facet is "all" or one value of one property: `tag:python`, `badge:barista`, `kind:job`, `under:<id>`,
`pinned`, `draft`.
"""

from core.keys.key import Key


def highlight(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "HIGHLIGHT")


def entry(member_id: str, facet: str, when: str, highlight_id: str) -> Key:
    """`when` is the sort form of a date, see `dates.sort_key`."""
    return Key(f"TIMELINE#{member_id}#{facet}", f"{when}#{highlight_id}")


def years(member_id: str, facet: str) -> Key:
    return Key(f"MEMBER#{member_id}", f"YEARS#{facet}")


def naming(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "NAMING")


def named(member_id: str, highlight_id: str) -> Key:
    return Key(f"NAMED#{member_id}", highlight_id)


def counted(highlight_id: str, member_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", f"COUNTED#{member_id}")


def shared(highlight_id: str, member_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", f"SHARED#{member_id}")


def tagged(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "TAGGED")


def unranked(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "UNRANKED")


def tag(tag: str) -> Key:
    return Key(f"TAG#{tag}", "COUNT")


def tag_use(tag: str, highlight_id: str) -> Key:
    return Key(f"TAG#{tag}", highlight_id)


def tag_rank(prefix: str, tag: str) -> Key:
    return Key(f"TAGS#{prefix}", tag)
