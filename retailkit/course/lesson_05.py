"""Lesson 05: whether what we know is still true, and what we may use it for."""

from __future__ import annotations

from retailkit.aftersales.consent_file import consent_file
from retailkit.course import cases_05 as pick
from retailkit.course import consents_05 as said
from retailkit.course.exercises import Exercise, Lesson, WrongAnswer
from retailkit.course.judges import number, words_in_order
from retailkit.course.quiz_05 import QUIZ

CARDS_IN_JULY = """july = shop.customers[shop.customers["birth_on"].dt.month == 7]
may = rk.may_contact(shop, purpose="marketing")
# BEGIN SOLUTION
rows = may.loc[july["customer_id"]]
cards = len(rows[rows["may"]])
# END SOLUTION"""

EXERCISES = (
    Exercise(
        id="5.1",
        asks="How many customers does Ana have to ask? Give a number.",
        right=lambda shop: int(pick.to_ask(shop)["customer_id"].nunique()),
        judge=number,
        yes="One call puts right everything that has grown old about a customer.",
        hints=(
            "A customer with an old number and an old address stands in two rows. How often does Ana call?",
            "Which method counts different values, and in which column do the customers stand?",
            'Ana\'s list is to_ask, and the column is "customer_id". Put .nunique() behind it.',
        ),
        how="""to_call = to_ask["customer_id"].nunique()""",
        why="Each row is a contact, and a customer may have up to three of them. "
        "Counting different numbers counts every customer once.",
        wrong=(
            WrongAnswer(
                name="counted contacts",
                answer=lambda shop: len(pick.to_ask(shop)),
                says="Those are contacts. Somebody with an old address and an old number is called once.",
            ),
            WrongAnswer(
                name="counted everybody",
                answer=pick.customers_with_contacts,
                says="Those are all customers of whom we know a contact. Count in Ana's list only: to_ask.",
            ),
            WrongAnswer(
                name="forgot who was not reached",
                answer=pick.customers_with_old_contacts,
                says="Those are the old ones alone. Somebody may have been checked last year and not be reached today.",
            ),
        ),
    ),
    Exercise(
        id="5.2",
        asks="What is each pair? Put six words into the list: one_person, household or two_strangers.",
        right=pick.pairs_taken_for,
        cases=pick.six_pairs,
        card=pick.pair_card,
        judge=words_in_order(
            pick.PAIRS,
            advice="For each pair ask first whether the birthday is the same, then where they live.",
        ),
        yes="No single fact settles it: you weighed what speaks for one person and what speaks against.",
        hints=(
            "Which facts do two people of one family share, and which can only one person have?",
            "One person has one birthday. People of one household share a home, and each has a first name of their own.",
            'A list of six words looks like this: ["household", "household", ...]. Begin with the pairs of one address.',
        ),
        how="""likely = rk.duplicates(shop)
twins = set(likely["customer_id"] + " and " + likely["other_id"])
home = shop.customers.set_index("customer_id")["household_id"]
kinds = []
for card in pairs:
    one, other = card.case_id.split(" and ")
    two = "household" if home[one] == home[other] else "two_strangers"
    kinds.append("one_person" if card.case_id in twins else two)""",
        why="The kit's search finds those of one person; of the others, those with one home are a household. "
        "Six words found by reading the cards are just as right.",
        wrong=(
            WrongAnswer(
                name="took a household for a duplicate",
                answer=lambda shop: pick.pairs_taken_for(shop, household=pick.ONE_PERSON),
                says="You make one person of people who live together. Compare their first names and birthdays.",
            ),
            WrongAnswer(
                name="took a name for a person",
                answer=lambda shop: pick.pairs_taken_for(shop, two_strangers=pick.ONE_PERSON),
                says="You make one person of two who only share a name. Many people do: look at the birthday and the address.",
            ),
            WrongAnswer(
                name="took a slip of the pen for another person",
                answer=pick.every_slip_is_somebody_else,
                says="In one pair the family name differs by a letter or two, and everything else fits. Who has never mistyped a name?",
            ),
            WrongAnswer(
                name="took a household for strangers",
                answer=lambda shop: pick.pairs_taken_for(shop, household=pick.STRANGERS),
                says="Two people with one address are no strangers to each other. There is a word for those who live together.",
            ),
        ),
    ),
    Exercise(
        id="5.3",
        asks="May we send each of the six an offer today? Put six words into the list: yes or no.",
        right=said.may_be_sent_offers,
        cases=said.six_customers,
        card=consent_file,
        judge=words_in_order(
            said.WORDS,
            advice="For each card look for the lines that begin with marketing; the last of them decides.",
        ),
        yes="The latest answer about offers decided, and silence was no yes.",
        hints=(
            "For each card: which lines are about offers, and which of these is the latest?",
            "Offers and greetings are called marketing. A yes to surveys is a yes to surveys only.",
            'A list of six words looks like this: ["no", "no", ...]. Only the word given is a yes.',
        ),
        how="""answers = []
for customer in six.numbers:
    answer = rk.may_contact(shop, customer, "marketing")
    answers.append("yes" if answer.may else "no")""",
        why="The kit takes the latest answer about marketing, and only a yes is a yes. "
        "Six words found by reading the cards are just as right.",
        wrong=(
            WrongAnswer(
                name="counted not_asked as yes",
                answer=lambda shop: said.read_otherwise(
                    shop,
                    lambda answers: said.about_offers(answers)[-1] in (said.GIVEN, said.NOT_ASKED),
                ),
                says="You take not_asked for a yes. Whoever was never asked has not agreed to anything.",
            ),
            WrongAnswer(
                name="took the first answer",
                answer=lambda shop: said.read_otherwise(
                    shop, lambda answers: said.about_offers(answers)[0] == said.GIVEN
                ),
                says="You go by the first answer. People may change their minds: the latest one holds.",
            ),
            WrongAnswer(
                name="went by the last line",
                answer=lambda shop: said.read_otherwise(
                    shop, lambda answers: answers[-1][1] == said.GIVEN
                ),
                says="You go by the last line, whatever it is about. An answer about surveys says nothing about offers.",
            ),
            WrongAnswer(
                name="any yes was enough",
                answer=lambda shop: said.read_otherwise(
                    shop, lambda answers: said.GIVEN in [state for _, state in answers]
                ),
                says="For you any yes is enough. Ask of each yes: is it about offers, and was it taken back later?",
            ),
        ),
    ),
    Exercise(
        id="5.4",
        asks="May we send each of the four an offer once their two records are one? Put four words into the list: yes or no.",
        right=said.may_be_sent_offers_together,
        cases=said.four_pairs,
        card=said.both_answers_card,
        judge=words_in_order(
            said.WORDS, advice="For each pair ask whether there is a no that has to be kept."
        ),
        yes="No refusal was lost, and nobody who had said yes was forgotten.",
        hints=(
            "For each pair: how does each record stand by itself, and has either said no?",
            "The stricter answer holds. But not_asked is no answer at all, so it cannot be the stricter one.",
            'A list of four words looks like this: ["no", "no", ...]. Begin with the pairs in which somebody declined.',
        ),
        how="""together = []
for card in four:
    keep, other = card.case_id.split(" and ")
    merged = rk.merge(shop, keep, other).shop
    together.append("yes" if rk.may_contact(merged, keep).may else "no")""",
        why="Each pair is merged, and the shop afterwards is asked. A no of either record holds; where one "
        "said yes and the other was never asked, the yes is all we know.",
        wrong=(
            WrongAnswer(
                name="lost the refusal",
                answer=lambda shop: said.merged_otherwise(shop, lambda both: said.YES in both),
                says="For you one yes is enough, and so a no is lost in the merge. Whoever said no will remember it.",
            ),
            WrongAnswer(
                name="went by the later answer",
                answer=said.the_later_answer,
                says="You go by the later answer, and so a no of the other record is lost. Between two records the stricter answer holds until we have asked.",
            ),
            WrongAnswer(
                name="took not_asked for a no",
                answer=lambda shop: said.merged_otherwise(
                    shop, lambda both: both == [said.YES, said.YES]
                ),
                says="You take not_asked for a no. It is no answer: what the customer said to us on the other record still holds.",
            ),
            WrongAnswer(
                name="looked at the kept record only",
                answer=lambda shop: said.merged_otherwise(shop, lambda both: both[0] == said.YES),
                says="You look at the record that is kept, and forget what was said on the other one. It was the same person.",
            ),
        ),
    ),
    Exercise(
        id="5.5",
        asks="How many customers may be sent the birthday offer? Give a number.",
        right=said.may_have_the_offer,
        judge=number,
        yes="So many cards go out, and each of them is welcome as far as we know.",
        hints=(
            "Two things must be true at once: a birthday in July, and a yes that is alive today. Which table knows which?",
            "Do as with the last campaign: hand the numbers of the customers in july over to may.loc.",
            'may.loc[july["customer_id"]] has the rows you need. Count the word True in its column "may".',
        ),
        how=CARDS_IN_JULY,
        why="july says who has a birthday, may says who has agreed, and .loc brings them together. "
        "The number read from the counted words and typed in is just as right.",
        wrong=(
            WrongAnswer(
                name="asked nobody",
                answer=lambda shop: len(said.with_a_birthday(shop)),
                says="Those are all who have a birthday in July. Have they agreed to get cards and offers?",
            ),
            WrongAnswer(
                name="forgot the birthday",
                answer=lambda shop: int(said.everybody_may(shop).sum()),
                says="Those are all who may get offers. Only some of them have a birthday in July.",
            ),
            WrongAnswer(
                name="counted not_asked as yes",
                answer=said.have_not_said_no,
                says="You count those who have not said no. Some of them were never asked, and that is not a yes.",
            ),
            WrongAnswer(
                name="counted those who may not",
                answer=lambda shop: len(said.with_a_birthday(shop)) - said.may_have_the_offer(shop),
                says="Those are the ones who may not be sent it: you counted False. True means yes.",
            ),
        ),
    ),
)

LESSON = Lesson(
    number=5,
    teaches=("A11", "A12"),
    exercises=EXERCISES,
    quiz=QUIZ,
    customers=4000,
    faults=pick.PLANTED,
)
