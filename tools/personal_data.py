"""Writes the inventory of personal data into docs/personal-data.md, between its two marks.

python tools/personal_data.py
"""

from __future__ import annotations

from pathlib import Path

from raccordo.personal_data_table import markdown

DOCUMENT = Path(__file__).parents[1] / "docs/personal-data.md"
BEGIN, END = "<!-- inventory -->\n", "<!-- end of the inventory -->\n"


def main() -> None:
    """Keep the words around the table as they are."""
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{markdown('en')}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
