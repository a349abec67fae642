"""The pictures and the page of an audit: true titles, whole words, and one sheet of paper."""

import pandas as pd
import pytest
from typer.testing import CliRunner

import retailkit as rk
from retailkit.audit_page import as_html, as_pdf
from retailkit.cli import app
from retailkit.figures import before_and_after, outcome_gap, principle_over_time, principles


@pytest.fixture(scope="module")
def shop():
    return rk.make_shop(seed=42, customers=1500, market="ES", faults={"fee_charged": 0.1})


@pytest.fixture(scope="module")
def report(shop):
    return rk.audit(shop)


def test_the_title_names_the_broken_principles(report):
    assert "Interval chart. E: 1 of 9 principles broken." in str(principles(report))


def test_the_words_hold_every_principle_with_its_interval_and_count(report):
    words = str(principles(report))
    for letter, row in report.iterrows():
        assert f"{letter} {row['principle']}: " in words
        assert f"n {row['n']:,})" in words


def test_a_principle_broken_beside_its_headline_says_so_in_the_picture(shop):
    owed = rk.audit(shop, procedure=rk.Procedure(reviews_causes=False))
    texts = [text.get_text() for text in principles(owed).axes[0].texts]
    assert texts == ["broken by another indicator"]


def test_the_picture_of_an_empty_shop_says_that_nothing_is_known():
    nobody = rk.make_shop(seed=1, customers=1, faults={})
    assert "Not enough evidence yet on any principle" in str(principles(rk.audit(nobody)))


def test_a_principle_over_time_counts_its_broken_quarters(shop):
    quarters = rk.over_time(shop, "E")
    broken = (quarters["verdict"] == "broken").sum()
    seen = (quarters["n"] > 0).sum()
    assert f"Costs was broken in {broken} of {seen} quarters." in str(principle_over_time(quarters))


def test_a_gap_is_in_the_title_only_where_it_is_sure():
    rows = {
        ("customer value", "buys little"): [300, 0.2, 0.05],
        ("handler", "S-1"): [90, 0.04, -0.1],
    }
    gaps = pd.DataFrame.from_dict(rows, orient="index", columns=["n", "gap", "low"])
    gaps.index = pd.MultiIndex.from_tuples(gaps.index, names=["factor", "group"])
    gaps["high"] = gaps["gap"] * 2 - gaps["low"]
    assert "'buys little' refused 20 points more." in str(outcome_gap(gaps))
    assert "No group is surely refused more often." in str(outcome_gap(gaps.iloc[1:]))


def test_nothing_to_draw_is_said_in_a_sentence(shop):
    with pytest.raises(ValueError, match="nothing to draw"):
        outcome_gap(rk.outcome_gaps(rk.make_shop(seed=1, customers=5)))
    with pytest.raises(ValueError, match="nothing to draw"):
        principle_over_time(rk.over_time(shop, "E").iloc[:0])


@pytest.mark.slow
def test_before_and_after_names_what_the_change_turns(shop):
    turned = rk.compare(shop, faults={"nobody_asks_after": 1.0})
    words = str(before_and_after(turned))
    assert "After the change: broken G; kept E." in words


def test_the_page_shows_names_as_they_are_written(shop, report):
    page = as_html(shop, report.assign(because="<b>5 < 6</b>"))
    assert "&lt;b&gt;5 &lt; 6&lt;/b&gt;" in page
    assert page.count("<tr>") == 10


def test_the_sheet_is_one_page_and_the_same_every_time(shop, report):
    sheet = as_pdf(shop, report)
    assert sheet.count(b"/Type /Page\n") == 1
    assert sheet == as_pdf(shop, report)


def test_the_command_prints_nine_rows_and_writes_beside_the_data_set(tmp_path, shop):
    folder = rk.write_dataset(shop, tmp_path / "set")
    before = sorted(folder.rglob("*"))
    said = CliRunner().invoke(app, ["audit", str(folder)]).stdout.splitlines()
    assert [line[2] for line in said[:9]] == list("ABCDEFGHI")
    assert "! E costs: broken" in said[4]
    assert sorted(path.name for path in (tmp_path / "set-audit").iterdir()) == [
        "audit.html",
        "audit.pdf",
    ]
    assert sorted(folder.rglob("*")) == before
