"""The shop, its procedure, and the case file."""

import pytest
from small_shop import claim, delivered, small_shop, step

from retailkit.case_file import case_file
from retailkit.procedure import Procedure


def test_a_shop_introduces_itself_in_a_sentence():
    assert repr(small_shop(claim())) == (
        "A small shop (seed 0, market ES) on 2 April 2026: "
        "1 customer, 1 order and 1 case in the claims book"
    )


def test_a_claim_comes_out_of_the_book_as_a_record():
    assert small_shop(claim()).claim("CL-1") == claim()


def test_a_number_that_is_not_in_the_book_is_told_what_numbers_look_like():
    with pytest.raises(ValueError, match="no case 'CL-2'.*look like 'CL-1'. Did you mean 'CL-1'?"):
        small_shop(claim()).claim("CL-2")


def test_an_empty_book_has_no_case():
    with pytest.raises(ValueError, match="has no case 'CL-1'. It is empty."):
        small_shop().claim("CL-1")


def test_the_default_procedure_publishes_all_six_basics():
    assert len(Procedure().published) == 6


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        ({"staff": 0}, "staff: 0 is too few. Choose 1 or more."),
        ({"fee": -1}, "fee: -1 cannot be a fee. Choose 0 or more."),
        ({"fee": float("nan")}, "fee: nan cannot be a fee. Choose 0 or more."),
        ({"staff": 2.5}, "staff: 2.5 is not a whole number."),
        ({"staff": "many"}, "staff: 'many' is not a whole number."),
        ({"published": ["wher"]}, "'wher' is not a basic. Choose where.*Did you mean 'where'?"),
    ],
)
def test_a_promise_that_cannot_be_is_refused(promise, sentence):
    with pytest.raises(ValueError, match=sentence):
        Procedure(**promise)


def lines(*claims, **shop):
    return "\n".join(case_file(small_shop(*claims, **shop), "CL-1"))


def test_a_case_file_holds_the_customers_words_and_our_records():
    said = lines(claim())
    assert "“The kettle does not heat any more.”" in said
    assert "Our records: order O-1 of 1 March 2026 (website)." in said
    assert "delivered on 4 March 2026 (signed for by: the customer)" in said
    assert "The product: kettle, 25.00, not essential; legal guarantee 3 years." in said


def test_a_guarantee_that_no_law_gives_is_not_called_legal():
    said = case_file(small_shop(claim(), market="IN"), "CL-1")
    assert "The product: kettle, 25.00, not essential; guarantee 1 year." in said


def test_a_case_file_says_who_else_signed():
    assert "(signed for by: neighbour)" in lines(claim(), events=[delivered("neighbour")])


def test_a_case_file_names_an_order_that_does_not_exist():
    assert "Our records: there is no order O-404." in lines(claim(order_id="O-404"))


def test_a_case_file_says_what_was_left_open():
    assert "Left open on the form: the amount, what can be shown" in lines(claim())


def test_a_case_file_says_whether_we_asked_and_heard_nothing():
    asked = step("CL-1", "information_asked", "2026-04-01T10:00")
    said = lines(claim(), steps=[asked])
    assert "Since then: information asked on 1 April 2026, and no reply." in said


def test_a_case_file_says_that_others_report_the_same():
    other = claim(claim_id="CL-0", customer_id="C-2", received_at="2026-03-25T09:00")
    assert "was reported by 2 customers within 30 days" in lines(other, claim())


def test_a_case_file_says_that_an_answer_is_overdue():
    assert "due by 1 May 2026, which has gone by" in lines(claim(), today="2026-06-01")


def test_a_case_file_says_that_an_answer_came_too_late():
    told = step("CL-1", "communicated", "2026-05-20T10:00")
    assert "due by 1 May 2026 and went out too late" in lines(claim(), steps=[told])


def test_a_case_file_lists_earlier_cases_of_the_customer():
    earlier = claim(claim_id="CL-0", received_at="2026-03-25T09:00", answer_by="2026-04-25")
    assert "Earlier case CL-0: defective, not answered." in lines(earlier, claim())


def test_a_case_file_shows_markup_as_text():
    page = case_file(small_shop(claim(narrative="<b>bold</b>")), "CL-1")._repr_html_()
    assert "<b>" not in page
