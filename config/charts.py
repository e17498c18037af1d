"""Bar charts as numbers for an SVG template: no script, readable by screen readers."""

from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
LEFT, BOTTOM, TOP = 40, 24, 10


@dataclass(frozen=True)
class Bar:
    """One pair of bars and what they mean in words."""

    x: float
    width: float
    first_y: float
    first_height: float
    second_y: float
    second_height: float
    title: str
    label: str
    middle: float


@dataclass(frozen=True)
class Line:
    """A line across the chart at a round number."""

    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Two series side by side."""

    title: str
    summary: str
    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def draw(title: str, points: list[tuple[str, str, int, int]]) -> Chart:
    """Return a chart of (axis label, words, incoming, outgoing) points."""
    highest = ceiling(max((max(first, second) for _, _, first, second in points), default=0))
    room = HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT) / max(1, len(points))
    bars = []
    for number, (label, words, first, second) in enumerate(points):
        x = LEFT + number * step + step * 0.12
        width = step * 0.38
        heights = (first / highest * room, second / highest * room)
        bars.append(
            Bar(
                round(x, 1), round(width, 1),
                round(HEIGHT - BOTTOM - heights[0], 1), round(heights[0], 1),
                round(HEIGHT - BOTTOM - heights[1], 1), round(heights[1], 1),
                f"{words}: {first:,} from people, {second:,} to people", label,
                round(x + width, 1),
            )
        )  # fmt: skip
    total = sum(point[2] for point in points), sum(point[3] for point in points)
    summary = f"{title}: {total[0]:,} from people and {total[1]:,} to people."
    return Chart(title, summary, bars, _lines(highest, room))


def _lines(highest: int, room: int) -> list[Line]:
    shares = (0.0, 0.5, 1.0) if highest > 1 else (0.0, 1.0)
    return [
        Line(round(HEIGHT - BOTTOM - share * room, 1), f"{highest * share:g}") for share in shares
    ]


def ceiling(value: int) -> int:
    """Return the round number above a value: 1, 2, 4 or 10 times a power of ten, and so on."""
    if value <= 1:
        return 1
    power = int(f"1{'0' * (len(str(value)) - 1)}")
    return next(factor * power for factor in (1, 2, 4, 6, 8, 10) if factor * power >= value)
