"""Reading tables: what is read, and that a broken file says where and what to do."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raccordo.cells import code, day, decimal, listed, municipality_code, text, whole, yes_no
from raccordo.problems import MOST_PROBLEMS, BrokenTable
from raccordo.tables import LARGEST_FILE, Column, Row, Table, parse_table, read_table

TOWNS = Table(
    columns=(
        Column("istat_code", municipality_code),
        Column("name", text(20)),
        Column("population", whole(0, 1_000_000)),
        Column("member", yes_no, empty=None, optional=True),
        Column("note", text(), empty="", optional=True),
    ),
    key=("istat_code",),
)
VALID = "istat_code,name,population\n097065,Pasturo,1900\n097004,Ballabio,4100\n"


def parse(content: str | bytes, table: Table = TOWNS) -> list[Row]:
    return parse_table(content.encode() if isinstance(content, str) else content, "comuni.csv", table)


def problems(content: str | bytes, table: Table = TOWNS) -> list[str]:
    with pytest.raises(BrokenTable) as broken:
        parse(content, table)
    return [str(problem.sentence) for problem in broken.value.problems]


def test_a_row_knows_its_line_and_its_values() -> None:
    assert parse(VALID)[1] == Row(3, {"istat_code": "097004", "name": "Ballabio", "population": 4100})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_are_told_apart(delimiter: str) -> None:
    assert parse(VALID.replace(",", delimiter)) == parse(VALID)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_usual_encodings_give_the_same_accents(encoding: str) -> None:
    content = VALID.replace("Pasturo", "Temù").encode(encoding)
    assert parse(content)[0]["name"] == "Temù"


def test_windows_line_ends_blank_lines_and_empty_rows_are_no_rows() -> None:
    assert parse(VALID.replace("\n", "\r\n") + "\r\n,,\r\n") == parse(VALID)


def test_a_cell_may_hold_a_line_break_and_the_next_row_keeps_its_line() -> None:
    rows = parse('istat_code,name,population\n097065,"Pas\nturo",1\n097004,Ballabio,2\n')
    assert [row.line for row in rows] == [2, 4]


def test_columns_may_stand_in_any_order_with_capitals() -> None:
    assert parse("Population, NAME ,istat_code\n5,Pasturo,097065\n")[0]["name"] == "Pasturo"


def test_an_empty_optional_cell_gives_its_empty_value_and_a_missing_column_gives_none() -> None:
    row = parse("istat_code,name,population,member\n097065,Pasturo,1,\n")[0]
    assert row["member"] is None
    assert "note" not in row.values


def test_headers_are_found_by_their_beginning_and_the_latest_year_wins() -> None:
    table = Table(columns=(Column("nuts3", text(), prefixes=("codice nuts3",)),), other_columns=True)
    content = '"Codice NUTS3 2010";"Codice \nNUTS3 2024 (3)";Altro\nA;B;C\n'
    assert parse(content, table)[0]["nuts3"] == "B"


def test_rows_left_out_are_not_checked() -> None:
    table = Table(TOWNS.columns, other_columns=True, only=lambda raw: raw["name"] == "Pasturo")
    assert len(parse(VALID.replace("4100", "molti"), table)) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "comuni.csv: il file è vuoto"),
        ("  \n\n", "comuni.csv: il file è vuoto"),
        ("istat_code,name,population\n", "comuni.csv: non c'è nessuna riga da leggere dopo l'intestazione"),
        (b"PK\x03\x04\0\0", "comuni.csv: non è un file CSV di testo"),
        (VALID.encode("utf-16"), "comuni.csv: non è un file CSV di testo"),
        (b"istat_code,name\n097065,\x81\n", "comuni.csv, riga 2: la codifica non è né UTF-8 né Windows-1252"),
        ("Temù,".encode() + b"\xe8\n", "comuni.csv, riga 1: la codifica non è né UTF-8 né Windows-1252"),
        (VALID.replace("name,", ""), "comuni.csv, riga 1, colonna name: la colonna manca"),
        (VALID.replace("name", "nome"), "comuni.csv, riga 1, colonna name: la colonna manca"),
        (VALID.replace("population", "name"), "comuni.csv, riga 1, colonna population: la colonna manca"),
        ("istat_code,name,population,populatio\n", "riga 1, colonna populatio: la colonna è sconosciuta"),
        ("istat_code,name,population,name\n", "riga 1, colonna name: la colonna è ripetuta"),
        (
            VALID.replace("Pasturo", '"Pasturo'),
            "comuni.csv, riga 2: le virgolette aperte qui non sono mai chiuse",
        ),
        (
            VALID.replace("Pasturo", '"Pas"turo'),
            "comuni.csv, riga 2: dopo le virgolette chiuse c'è altro testo",
        ),
        (VALID.replace("Pasturo", "a" * 200_000), "comuni.csv, riga 2: una cella è troppo lunga"),
        (
            VALID.replace("Pasturo", "Pas,turo"),
            "comuni.csv, riga 2: ci sono 4 celle e l'intestazione ne ha 3",
        ),
        (VALID.replace("Pasturo", " "), "comuni.csv, riga 2, colonna name: la cella è vuota"),
        (VALID.replace("Pasturo", "P" * 21), "colonna name: il testo ha 21 caratteri e ne può avere 20"),
        (
            VALID.replace("Pasturo", "Pas\x07turo"),
            "colonna name: contiene il carattere non stampabile U+0007",
        ),
        (VALID.replace("1900", "1.900"), "riga 2, colonna population: '1.900' non è un numero intero"),
        (
            VALID.replace("1900", "-1"),
            "colonna population: -1 è fuori dai limiti: deve stare fra 0 e 1000000",
        ),
        (VALID.replace("1900", "٣"), "colonna population: '٣' non è un numero intero"),
        (
            VALID.replace("097065", "97065"),
            "al codice ISTAT '97065' mancano gli zeri iniziali: scrivere 097065",
        ),
        (VALID.replace("097065", "F205"), "colonna istat_code: 'F205' non è un codice ISTAT"),
        (VALID.replace("097004", "097065"), "riga 3, colonna istat_code: '097065' c'è già alla riga 2"),
    ],
)
def test_a_broken_file_says_where_and_what_to_do(content: str | bytes, expected: str) -> None:
    assert expected in problems(content)[0]


def test_every_problem_is_told_and_not_only_the_first() -> None:
    content = VALID.replace("1900", "x").replace("Ballabio", "")
    assert [line.partition(":")[0] for line in problems(content)] == [
        "comuni.csv, riga 2, colonna population",
        "comuni.csv, riga 3, colonna name",
    ]


def test_twenty_problems_are_enough() -> None:
    rows = "".join(f"{number:06},,\n" for number in range(1000))
    with pytest.raises(BrokenTable) as broken:
        parse("istat_code,name,population\n" + rows)
    assert len(broken.value.problems) == MOST_PROBLEMS
    assert str(broken.value.sentence) == "Problemi trovati: almeno 20. Non è cambiato nulla."


@pytest.mark.parametrize(
    ("parser", "cell", "value"),
    [
        (day, "2026-11-22", date(2026, 11, 22)),
        (day, "22/11/2026", date(2026, 11, 22)),
        (yes_no, "Sì", True),
        (yes_no, "NO", False),
        (decimal(0.0, 90.0), "45.4642", 45.4642),
        (listed(whole()), "3| 1 ||2", (3, 1, 2)),
        (text(), "Temu\u0300", "Temù"),
    ],
)
def test_a_cell_is_read(parser: object, cell: str, value: object) -> None:
    assert Column("x", parser).read(cell) == value  # type: ignore[arg-type]  # parsers of every type


@pytest.mark.parametrize(
    ("parser", "cell", "remedy"),
    [
        (day, "31/02/2026", "scriverla come 2026-11-22 oppure 22/11/2026"),
        (day, "domani", "scriverla come"),
        (yes_no, "forse", "scrivere si oppure no"),
        (decimal(0.0, 90.0), "45,4", "con il punto decimale"),
        (decimal(0.0, 90.0), "91", "fra 0.0 e 90.0"),
        (listed(whole()), "1|1", "lasciarlo una volta sola"),
        (code("[A-Z]{2}", "MI"), "mi", "scriverlo come MI"),
    ],
)
def test_a_wrong_cell_says_what_to_write(parser: object, cell: str, remedy: str) -> None:
    table = Table(columns=(Column("x", parser),))  # type: ignore[arg-type]  # parsers of every type
    assert remedy in problems(f'x\n"{cell}"\n', table)[0]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nessuno.csv", tmp_path):
        with pytest.raises(BrokenTable, match="broken_table"):
            read_table(path, TOWNS)


def test_twenty_five_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "enorme.csv"
    with path.open("wb") as file:
        file.truncate(25_000_000)  # sparse: its size is all that is looked at
    with pytest.raises(BrokenTable) as broken:
        read_table(path, TOWNS)
    assert str(broken.value.problems[0].sentence) == "enorme.csv: il file supera 20 MB: dividerlo in più file"
    assert LARGEST_FILE == 20_000_000


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(BrokenTable):
        parse(content)


@given(st.integers(0, 8), st.text(max_size=40))
def test_any_text_in_any_cell_is_read_or_refused(place: int, cell: str) -> None:
    cells = [line.split(",") for line in VALID.splitlines()]
    cells[place // 3][place % 3] = cell
    with suppress(BrokenTable):
        parse("\n".join(",".join(row) for row in cells).encode("utf-8", "surrogatepass"))
