"""Every entity of the one table, its keys, and the questions that each key answers.

Entity        pk                          sk             answers
Admission     ADMISSION#<address digest>  ADMISSION      may this address open an account?
Handle        HANDLE#<skeleton>           HANDLE         whose is this handle? is one like it taken?
Invitation    INVITATIONS#<member>        <place>        a member's invitations: which are free?
Invited       INVITED#<code digest>       INVITED        whose invitation is this code?
Invitee       INVITEE#<address digest>    INVITEE        who lately invited this address?
Sign-up       SIGNUP#<member>             SIGNUP         an account that is being opened: by whom, with what?
Member        MEMBER#<member>             PROFILE        a profile
Account       ACCOUNT#<member>            ACCOUNT        why a member is shut out; there is none for others
Session       ACCOUNT#<member>            SESSION#<name> a member's sessions, and whether one goes on
Token         ACCOUNT#<member>            TOKEN#<token>  a member's personal access tokens
New address   ACCOUNT#<member>            EMAIL          the address that one asked for, until it is proven
Departure     DEPARTURE#<member>          DEPARTURE      who has left; what is still to be erased (by gsi1)
Media used    MEMBER#<member>             MEDIA-USED     how many bytes a member's media may and do take
Year counts   MEMBER#<member>             YEARS#<facet>  how many highlights in each year and month
Highlight     HIGHLIGHT#<highlight>       HIGHLIGHT      a highlight: the fact
Entry         TIMELINE#<member>#<facet>   <when>#<id>    a timeline or a year of it, whole or by one facet
Naming        HIGHLIGHT#<highlight>       NAMING         whom it names, as far as Named knows of it
Named         NAMED#<member>              <highlight>    which highlights name a member as a collaborator
Counted       HIGHLIGHT#<highlight>       COUNTED#<m>    what a member's year counts hold of this highlight
Shared        HIGHLIGHT#<highlight>       SHARED#<m>     which entries a collaborator's timeline has of it
Tagged        HIGHLIGHT#<highlight>       TAGGED         what the tag counts hold of this highlight
Unranked      HIGHLIGHT#<highlight>       UNRANKED       tags that it changed the counts of, not the ranks yet
Tag           TAG#<tag>                   COUNT          how often a tag is used
Tag use       TAG#<tag>                   <highlight>    the latest highlights with a tag: what goes with it
Tag rank      TAGS#<prefix>               <tag>          tags that begin so, most used first (by gsi1)
Contact       CONTACT#<contact>           CONTACT        a contact: the fact
Conversation  CONTACT#<contact>           CONVERSATION   how many messages there are: a fact
Message       CONTACT#<contact>           MESSAGE#<n>    the messages, in order
Read mark     CONTACT#<contact>           READ#<member>  how far this member has read
Contact seen  CONTACTS#<member>#<box>#<f> <when>#<id>    contacts sent and received, all or of one state
Asked         ASKED#<member>#<member>     <activity>     has one asked the other for this already?
Capped        MEMBER#<member>             CAPPED#<act.>  when this member was lately asked for this
Opportunity   OPPORTUNITY#<opportunity>   OPPORTUNITY    an opportunity: the fact
On the board  BOARD#<facet>               <when>#<id>    the board, whole or by a facet (gsi1: for visitors)
Posted        POSTED#<member>             <opportunity>  one's own opportunities, whatever their state
Open to       OPEN_TO#<activity>          <member>       who is open to an activity, and until when?
Opened        MEMBER#<member>             OPENED         what those lists hold of a member
Match         MATCHES#<member>            <opportunity>  opportunities that fit a member
Given answer  OPPORTUNITY#<opportunity>   ANSWER#<id>    the answers to an opportunity
Answered      ANSWERS#<member>            <opportunity>  has this member answered it? all that they have
Block         BLOCKS#<member>             <member>       does either of two block the other? whom one blocks
Follow        FOLLOW#<member>#<member>    FOLLOW         does one follow the other?
Follow seen   FOLLOW#<member>#<member>    COUNTED        whether the counts hold this follow
Follow counts MEMBER#<member>             FOLLOWS        how many follow a member, and how many they follow
Mail domains  MEMBER#<member>             DOMAINS        digests of what their address ends in, for shields
Preview       PREVIEW#<address digest>    PREVIEW        what stands behind a link: wanted, found or failed
Its picture   PREVIEW#<address digest>    PICTURE        the media that a preview refers to; outlives it
Works         STATION#<member>            WORKS          what the public highlights of a member add up to
Placed        STATION#<member>            PLACED#<group> where the Space Station finds a member, and by what
Worked        HIGHLIGHT#<highlight>       WORKED         what the works hold of this highlight
Unplaced      HIGHLIGHT#<highlight>       UNPLACED       a member who is not placed by the works yet
Found         FOUND#<facet>#<tier>        <place>        members with a facet of one tier of merit, best first
Facet         FACET#<facet>               COUNTS         how many are found by a facet in each tier
Reveal        REVEAL#<member>#<member>    REVEAL         has one told the other who they are?
Media         MEDIA#<media>               MEDIA          a picture, recording or document: the fact
Answer        ONCE#<caller>               ONCE#<key>     what a repeated POST was answered
Limit         LIMIT#<name>#<who>          LIMIT          when somebody lately tried something
Mail          MAIL#<mail>                 MAIL           a mail that is wanted and not sent yet: the fact
Delivery      MAIL#<mail>                 DELIVERY       what became of a mail: sending, sent, refused, unsure
Sent          SENT#<message>              SENT           whom did we send this message of SES's to?
Suppressed    SUPPRESSED#<address digest> <list> or ALL  may this address be mailed, or by this list?
Standing      STANDING#<letter>           STANDING       whose access tokens ended before their time
Place         WAITING#<address digest>    WAITING        is this address waiting, admitted, or has it left?
Last number   WAITLIST                    LAST-NUMBER    the number that the last one who joined has
Queue         WAITLIST-QUEUE              <number>       who has waited the longest; who waits before me
Hundred       WAITLIST-HUNDREDS           <hundred>      how many wait of each hundred numbers
Round         ROUND#<round>               ROUND          how many are to be admitted: the fact
Progress      ROUND#<round>               PROGRESS       how many of a round have been
Admitted      ADMITTED                    <until>#<who>  whose admission ends first, and reaches whom

An entry is a copy of its highlight, written in the same transaction as the fact. Two sparse indexes hold
it for as long as an audience may see it, so that who reads decides which index is read and no filter can
be forgotten:

              gsi1pk, gsi1sk  entries of public highlights (of Tag rank: <prefix>, <rank>)
              gsi2pk, gsi2sk  entries of all but drafts (for signed-in members)

A block stands in the partitions of both, whoever of them blocks. The indexes hold the two lists of a follow:

              gsi1pk, gsi1sk  FOLLOWERS#<followed>, <when>#<member>
              gsi2pk, gsi2sk  FOLLOWING#<member>, <when>#<followed>

Those of a reveal, whom it was told and by whom:

              gsi1pk, gsi1sk  REVEALED#<told>, <when>#<member>
              gsi2pk, gsi2sk  REVEALS#<member>, <when>#<told>

Media is in gsi1 too while it has to be looked at again (MEDIA-DUE, when), and in gsi2 by whose it is
(MEDIA#<member>, <media>).

An entry on a collaborator's timeline is a pointer without a copy: the reader resolves it from the fact.
A facet is "all" or one value of one property: `tag:python`, `badge:barista`, `kind:job`, `under:<id>`,
`pinned`, `draft`.
"""

from typing import Any, NamedTuple

PK, SK, TTL = "pk", "sk", "ttl"
INDEXES = {"gsi1": ("gsi1pk", "gsi1sk"), "gsi2": ("gsi2pk", "gsi2sk")}

# Facts whose changes are news, by their sort key: `publish` says HighlightChanged of a "highlight", and so
# on. Each has an `id` and a `version`.
FACTS = {
    "CONTACT": "contact",
    "CONVERSATION": "conversation",
    "DEPARTURE": "departure",
    "FOLLOW": "follow",
    "HIGHLIGHT": "highlight",
    "MAIL": "mail",
    "MEDIA": "media",
    "OPPORTUNITY": "opportunity",
    "PREVIEW": "preview",
    "PROFILE": "member",
    "ROUND": "round",
    "SIGNUP": "sign_up",
}


class Key(NamedTuple):
    pk: str
    sk: str


def admission(address_digest: str) -> Key:
    return Key(f"ADMISSION#{address_digest}", "ADMISSION")


def handle(skeleton: str) -> Key:
    return Key(f"HANDLE#{skeleton}", "HANDLE")


def sign_up(member_id: str) -> Key:
    """Of the member that it will be."""
    return Key(f"SIGNUP#{member_id}", "SIGNUP")


def invitation(member_id: str, place: int) -> Key:
    return Key(f"INVITATIONS#{member_id}", f"{place:03}")


def invited(code_digest: str) -> Key:
    return Key(f"INVITED#{code_digest}", "INVITED")


def invitee(address_digest: str) -> Key:
    return Key(f"INVITEE#{address_digest}", "INVITEE")


def member(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "PROFILE")


def account(member_id: str) -> Key:
    return Key(f"ACCOUNT#{member_id}", "ACCOUNT")


def departure(member_id: str) -> Key:
    return Key(f"DEPARTURE#{member_id}", "DEPARTURE")


def session(member_id: str, name: str) -> Key:
    """`name`: the user pool's, which all tokens of the session carry."""
    return Key(f"ACCOUNT#{member_id}", f"SESSION#{name}")


def personal_token(member_id: str, token_id: str) -> Key:
    return Key(f"ACCOUNT#{member_id}", f"TOKEN#{token_id}")


def email_change(member_id: str) -> Key:
    return Key(f"ACCOUNT#{member_id}", "EMAIL")


def media_used(member_id: str) -> Key:
    """Beside the profile, but no fact whose changes are news."""
    return Key(f"MEMBER#{member_id}", "MEDIA-USED")


def years(member_id: str, facet: str) -> Key:
    return Key(f"MEMBER#{member_id}", f"YEARS#{facet}")


def highlight(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "HIGHLIGHT")


def entry(member_id: str, facet: str, when: str, highlight_id: str) -> Key:
    """`when` is the sort form of a date, see `dates.sort_key`."""
    return Key(f"TIMELINE#{member_id}#{facet}", f"{when}#{highlight_id}")


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


def block(member_id: str, other_id: str) -> Key:
    return Key(f"BLOCKS#{member_id}", other_id)


def contact(contact_id: str) -> Key:
    return Key(f"CONTACT#{contact_id}", "CONTACT")


def conversation(contact_id: str) -> Key:
    return Key(f"CONTACT#{contact_id}", "CONVERSATION")


def message(contact_id: str, number: int) -> Key:
    return Key(f"CONTACT#{contact_id}", f"MESSAGE#{number:08}")


def read_mark(contact_id: str, member_id: str) -> Key:
    return Key(f"CONTACT#{contact_id}", f"READ#{member_id}")


def contacts(member_id: str, box: str, facet: str, when: str, contact_id: str) -> Key:
    """`facet`: a state, or "all"."""
    return Key(f"CONTACTS#{member_id}#{box}#{facet}", f"{when}#{contact_id}")


def asked(member_id: str, other_id: str, activity: str, *, blind: bool) -> Key:
    return Key(f"ASKED#{member_id}#{other_id}", f"{activity}#blind" if blind else activity)


def capped(member_id: str, activity: str) -> Key:
    return Key(f"MEMBER#{member_id}", f"CAPPED#{activity}")


def opportunity(opportunity_id: str) -> Key:
    return Key(f"OPPORTUNITY#{opportunity_id}", "OPPORTUNITY")


def board(facet: str, when: str, opportunity_id: str) -> Key:
    """`when`: it was put there, or renewed."""
    return Key(f"BOARD#{facet}", f"{when}#{opportunity_id}")


def posted(member_id: str, opportunity_id: str) -> Key:
    return Key(f"POSTED#{member_id}", opportunity_id)


def open_to(activity: str, member_id: str) -> Key:
    return Key(f"OPEN_TO#{activity}", member_id)


def openness_listed(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "OPENED")


def match(member_id: str, opportunity_id: str) -> Key:
    return Key(f"MATCHES#{member_id}", opportunity_id)


def opportunity_answer(opportunity_id: str, answer_id: str) -> Key:
    return Key(f"OPPORTUNITY#{opportunity_id}", f"ANSWER#{answer_id}")


def answered(opportunity_id: str, member_id: str) -> Key:
    return Key(f"ANSWERS#{member_id}", opportunity_id)


def follow(member_id: str, followed_id: str) -> Key:
    return Key(f"FOLLOW#{member_id}#{followed_id}", "FOLLOW")


def follow_counted(member_id: str, followed_id: str) -> Key:
    return Key(f"FOLLOW#{member_id}#{followed_id}", "COUNTED")


def follow_counts(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "FOLLOWS")


def followers(followed_id: str, when: str, member_id: str) -> Key:
    return Key(f"FOLLOWERS#{followed_id}", f"{when}#{member_id}")


def following(member_id: str, when: str, followed_id: str) -> Key:
    return Key(f"FOLLOWING#{member_id}", f"{when}#{followed_id}")


def mail_domains(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "DOMAINS")


def preview(address_digest: str) -> Key:
    return Key(f"PREVIEW#{address_digest}", "PREVIEW")


def preview_picture(address_digest: str) -> Key:
    return Key(f"PREVIEW#{address_digest}", "PICTURE")


def works(member_id: str) -> Key:
    return Key(f"STATION#{member_id}", "WORKS")


def placed(member_id: str, group: str) -> Key:
    return Key(f"STATION#{member_id}", f"PLACED#{group}")


def worked(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "WORKED")


def unplaced(highlight_id: str) -> Key:
    return Key(f"HIGHLIGHT#{highlight_id}", "UNPLACED")


def found(facet: str, tier: int, place: str) -> Key:
    """`place` begins with the rank, see `merit.rank`."""
    return Key(f"FOUND#{facet}#{tier}", place)


def facet_and_tier(found_pk: str) -> tuple[str, int]:
    facet, _, tier = found_pk.removeprefix("FOUND#").rpartition("#")
    return facet, int(tier)


def found_counts(facet: str) -> Key:
    return Key(f"FACET#{facet}", "COUNTS")


def reveal(member_id: str, to: str) -> Key:
    return Key(f"REVEAL#{member_id}#{to}", "REVEAL")


def reveals(member_id: str, when: str, to: str) -> Key:
    return Key(f"REVEALS#{member_id}", f"{when}#{to}")


def revealed(to: str, when: str, member_id: str) -> Key:
    return Key(f"REVEALED#{to}", f"{when}#{member_id}")


def media(media_id: str) -> Key:
    return Key(f"MEDIA#{media_id}", "MEDIA")


MEDIA_DUE = "MEDIA-DUE"


def media_due(when: str, media_id: str) -> dict[str, str]:
    """Its place among what has to be looked at again, by when."""
    return dict(zip(INDEXES["gsi1"], (MEDIA_DUE, f"{when}#{media_id}"), strict=True))


def media_of(owner: str, media_id: str = "") -> dict[str, str]:
    """Its place among all media of its owner."""
    return dict(zip(INDEXES["gsi2"], (f"MEDIA#{owner}", media_id), strict=True))


def answer(caller: str, key: str) -> Key:
    """All of a caller stand together, so that they can be erased with them."""
    return Key(f"ONCE#{caller}", f"ONCE#{key}")


def limit(name: str, digest: str) -> Key:
    return Key(f"LIMIT#{name}#{digest}", "LIMIT")


def mail(mail_id: str) -> Key:
    return Key(f"MAIL#{mail_id}", "MAIL")


def delivery(mail_id: str) -> Key:
    return Key(f"MAIL#{mail_id}", "DELIVERY")


def sent(message_id: str) -> Key:
    return Key(f"SENT#{message_id}", "SENT")


def suppressed(address_digest: str, mailing_list: str = "ALL") -> Key:
    return Key(f"SUPPRESSED#{address_digest}", mailing_list)


def standing(member_id: str) -> Key:
    """32 of them: ids end in a random letter."""
    return Key(f"STANDING#{member_id[-1:]}", "STANDING")


def waiting(address_digest: str) -> Key:
    return Key(f"WAITING#{address_digest}", "WAITING")


LAST_NUMBER = Key("WAITLIST", "LAST-NUMBER")
QUEUE, HUNDREDS, ADMITTED = "WAITLIST-QUEUE", "WAITLIST-HUNDREDS", "ADMITTED"


def in_queue(number: int) -> Key:
    return Key(QUEUE, f"{number:010}")


def hundred(number: int) -> Key:
    return Key(HUNDREDS, f"{number:08}")


def admission_round(round_id: str) -> Key:
    return Key(f"ROUND#{round_id}", "ROUND")


def progress(round_id: str) -> Key:
    return Key(f"ROUND#{round_id}", "PROGRESS")


def admitted(until: str, address_digest: str) -> Key:
    return Key(ADMITTED, f"{until}#{address_digest}")


_DERIVED = (
    *("YEARS#", "NAMING", "COUNTED", "SHARED#", "TAGGED", "UNRANKED", "FOLLOWS", "OPENED"),
    *("WORKED", "UNPLACED"),
)


def is_derived(item: dict[str, Any]) -> bool:
    """Whether an item follows from facts: a rebuild drops these, and makes them anew."""
    by_pk = item[PK].startswith(("NAMED#", "TAG#", "TAGS#", "OPEN_TO#", "STATION#", "FOUND#", "FACET#"))
    by_sk = item[SK].startswith(_DERIVED)
    return by_pk or by_sk or "shared" in item
