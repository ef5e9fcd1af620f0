"""Compares the parquet files of a report folder with its CSV files, cell by cell.

Run by tests/parquet.rs with the report folder as its argument.
"""

import csv
import sys
from pathlib import Path

import duckdb
import pandas

WHOLE = {"edition", "page", "line", "row", "column", "materials_count"}
SHARE = {"certainty"}


def expected(column, cell):
    """What the parquet file holds where the CSV holds this cell."""
    # The CSV defuses what a spreadsheet would run; parquet has no such reader.
    if cell[:2] in ("'=", "'+", "'-", "'@", "'\t", "'\r"):
        cell = cell[1:]
    if cell == "":
        return None
    if column in WHOLE:
        return int(cell)
    if column in SHARE:
        return float(cell)
    return cell


def kind(column):
    if column in WHOLE:
        return "BIGINT"
    return "DOUBLE" if column in SHARE else "VARCHAR"


report = Path(sys.argv[1])
for table in ("findings", "items"):
    with open(report / f"{table}.csv", encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [{c: expected(c, cell) for c, cell in row.items()} for row in reader]
        columns = reader.fieldnames
    assert rows, table
    path = str(report / f"{table}.parquet")

    relation = duckdb.read_parquet(path)
    assert relation.columns == columns, relation.columns
    assert [str(t) for t in relation.types] == [kind(c) for c in columns], relation.types
    for own, read in zip(rows, relation.fetchall(), strict=True):
        assert tuple(own.values()) == read, (own, read)

    frame = pandas.read_parquet(path)
    assert list(frame.columns) == columns
    assert len(frame) == len(rows)
    assert list(frame["code"].fillna("")) == [row["code"] or "" for row in rows]
    assert frame["certainty"].dtype == "float64", frame["certainty"].dtype

codes = duckdb.sql(
    f"SELECT count(*) FROM '{report}/findings.parquet' f JOIN '{report}/items.parquet' i "
    "ON f.file = i.file AND f.level = i.level AND f.seq = i.seq WHERE i.code LIKE '00%'"
).fetchall()
assert codes[0][0] > 0, codes
