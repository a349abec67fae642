"""Tables from elsewhere: read exactly, or refused with every fault in its place."""

import brought
import pandas as pd
import pytest

import retailkit as rk

READ = {"customers": rk.read_customers, "orders": rk.read_orders, "claims": rk.read_claims}


def read(file, folder):
    path = folder / f"table.{file.ending}"
    path.write_bytes(file.data)
    return READ[file.table](path, **file.told)


def refused(file, folder):
    with pytest.raises(rk.ImportProblems) as problems:
        read(file, folder)
    return problems.value


@pytest.mark.parametrize(
    ("file", "row", "column", "said"), brought.BROKEN, ids=[case[0].what for case in brought.BROKEN]
)
def test_a_broken_table_is_refused_with_row_and_column(file, row, column, said, tmp_path):
    problems = refused(file, tmp_path)
    first = problems.table.iloc[0]
    assert (None if pd.isna(first["row"]) else first["row"]) == row
    assert (None if pd.isna(first["column"]) else first["column"]) == column
    assert said in str(problems)
    assert first["file"].endswith(f"table.{file.ending}")


@pytest.mark.parametrize(
    ("file", "values"), brought.ODD, ids=[case[0].what for case in brought.ODD]
)
def test_an_odd_but_good_table_keeps_every_value(file, values, tmp_path):
    first = read(file, tmp_path).iloc[0]
    assert {name: first[name] for name in values} == values
