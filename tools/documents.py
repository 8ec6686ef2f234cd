"""Writes the tables that the code holds into the documents that show them, each between its two marks.

python tools/documents.py
"""

from __future__ import annotations

from pathlib import Path

from raccordo import offer_kinds_table, personal_data_table, rights_table

DOCS = Path(__file__).parents[1] / "docs"
TABLES = {
    "offers.md": offer_kinds_table.markdown,
    "personal-data.md": personal_data_table.markdown,
    "rights.md": rights_table.markdown,
}
BEGIN, END = "<!-- table -->\n", "<!-- end of the table -->\n"


def main() -> None:
    """Keep the words around each table as they are."""
    for name, markdown in TABLES.items():
        document = DOCS / name
        before, _, rest = document.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        document.write_text(f"{before}{BEGIN}\n{markdown('en')}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
