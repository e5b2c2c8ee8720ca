"""The waiting list.

Entity        pk                          sk             answers
Place         WAITING#<address digest>    WAITING        is this address waiting, admitted, or has it left?
Last number   WAITLIST                    LAST-NUMBER    the number that the last one who joined has
Queue         WAITLIST-QUEUE              <number>       who has waited the longest; who waits before me
Hundred       WAITLIST-HUNDREDS           <hundred>      how many wait of each hundred numbers
Round         ROUND#<round>               ROUND          how many are to be admitted: the fact
Progress      ROUND#<round>               PROGRESS       how many of a round have been
Admitted      ADMITTED                    <until>#<who>  whose admission ends first, and reaches whom
"""

from core.keys.key import Key


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
