"""How well one colour can be read on another: WCAG 2.2, 1.4.3 asks for 4.5."""

ENOUGH = 4.5

type Colour = tuple[int, int, int]


def contrast(ink: Colour, ground: Colour) -> float:
    brighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
