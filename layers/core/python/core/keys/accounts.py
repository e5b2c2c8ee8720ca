"""Accounts, and how one gets in.

Entity        pk                          sk             answers
Member        MEMBER#<member>             PROFILE        a profile
Account       ACCOUNT#<member>            ACCOUNT        why a member is shut out; there is none for others
Session       ACCOUNT#<member>            SESSION#<name> a member's sessions, and whether one goes on
Token         ACCOUNT#<member>            TOKEN#<token>  a member's personal access tokens
New address   ACCOUNT#<member>            EMAIL          the address that one asked for, until it is proven
Ways in       ACCOUNT#<member>            WAYS-IN        by which providers, and has one a password?
Identity      IDENTITY#<identity digest>  IDENTITY       who signs in as this somebody of a provider?
Authorization AUTHORIZATION#<state>       AUTHORIZATION  who is on the way to a provider, or back from it?
Handle        HANDLE#<skeleton>           HANDLE         whose is this handle? is one like it taken?
Departure     DEPARTURE#<member>          DEPARTURE      who has left; what is still to be erased (by gsi1)
Standing      STANDING#<letter>           STANDING       whose access tokens ended before their time
Sign-up       SIGNUP#<member>             SIGNUP         an account that is being opened: by whom, with what?
Admission     ADMISSION#<address digest>  ADMISSION      may this address open an account?
Invitation    INVITATIONS#<member>        <place>        a member's invitations: which are free?
Invited       INVITED#<code digest>       INVITED        whose invitation is this code?
Invitee       INVITEE#<address digest>    INVITEE        who lately invited this address?
"""

from core.keys.key import Key


def member(member_id: str) -> Key:
    return Key(f"MEMBER#{member_id}", "PROFILE")


def account(member_id: str) -> Key:
    return Key(f"ACCOUNT#{member_id}", "ACCOUNT")


def session(member_id: str, name: str) -> Key:
    """`name`: the user pool's, which all tokens of the session carry."""
    return Key(f"ACCOUNT#{member_id}", f"SESSION#{name}")


def personal_token(member_id: str, token_id: str) -> Key:
    return Key(f"ACCOUNT#{member_id}", f"TOKEN#{token_id}")


def email_change(member_id: str) -> Key:
    return Key(f"ACCOUNT#{member_id}", "EMAIL")


def ways_in(member_id: str) -> Key:
    return Key(f"ACCOUNT#{member_id}", "WAYS-IN")


def identity(identity_digest: str) -> Key:
    return Key(f"IDENTITY#{identity_digest}", "IDENTITY")


def authorization(state: str) -> Key:
    return Key(f"AUTHORIZATION#{state}", "AUTHORIZATION")


def handle(skeleton: str) -> Key:
    return Key(f"HANDLE#{skeleton}", "HANDLE")


def departure(member_id: str) -> Key:
    return Key(f"DEPARTURE#{member_id}", "DEPARTURE")


def standing(member_id: str) -> Key:
    """32 of them: ids end in a random letter."""
    return Key(f"STANDING#{member_id[-1:]}", "STANDING")


def sign_up(member_id: str) -> Key:
    """Of the member that it will be."""
    return Key(f"SIGNUP#{member_id}", "SIGNUP")


def admission(address_digest: str) -> Key:
    return Key(f"ADMISSION#{address_digest}", "ADMISSION")


def invitation(member_id: str, place: int) -> Key:
    return Key(f"INVITATIONS#{member_id}", f"{place:03}")


def invited(code_digest: str) -> Key:
    return Key(f"INVITED#{code_digest}", "INVITED")


def invitee(address_digest: str) -> Key:
    return Key(f"INVITEE#{address_digest}", "INVITEE")
