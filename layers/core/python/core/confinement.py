"""What a child that reads what strangers send may use at most. It imports nothing that costs a child time."""

import resource


def confine(*, memory: int, seconds: int, kind: int = resource.RLIMIT_AS, file: int = 0) -> None:
    """`memory` and `file`: bytes, of all and of the largest file written; `seconds`: of a processor.

    `kind`: which memory counts: RLIMIT_AS all that has an address, RLIMIT_DATA what can be written to.
    """
    resource.setrlimit(kind, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
