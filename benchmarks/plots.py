"""Plots of what was measured, as SVG into docs/pictures/, drawn here without a library."""

from html import escape

from finder.settings import TOP

FOLDER = TOP / "docs" / "pictures"
WIDTH, BAR, GAP, LEFT, RIGHT, TOP_PX = 760, 24, 8, 330, 80, 64
INK, COLOUR, PAPER = "#1d2b28", "#1d6f5f", "#ffffff"


def bars(title: str, unit: str, values: dict[str, float], name: str) -> None:
    """A bar for each value, from nothing on, so that twice as long is twice as much."""
    most = max(values.values(), default=0) or 1
    height = TOP_PX + len(values) * (BAR + GAP) + GAP
    words = "; ".join(f"{label}: {_said(value)}" for label, value in values.items())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' font-family="sans-serif" font-size="15" fill="{INK}">',
        f"<title>{escape(title)}</title><desc>{escape(f'{unit}. {words}')}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        f'<text x="16" y="26" font-weight="bold">{escape(title)}</text>',
        f'<text x="16" y="46" font-size="13">{escape(unit)}</text>',
    ]
    for number, (label, value) in enumerate(values.items()):
        y = TOP_PX + number * (BAR + GAP)
        long = max(1.0, value / most * (WIDTH - LEFT - RIGHT))
        parts += [
            f'<text x="{LEFT - 10}" y="{y + 18}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{long:.1f}" height="{BAR}" fill="{COLOUR}"/>',
            f'<text x="{LEFT + long + 8:.1f}" y="{y + 18}">{_said(value)}</text>',
        ]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text("\n".join([*parts, "</svg>\n"]))


def _said(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
