"""Tables as people bring them: good ones that look odd, and broken ones, made on the spot."""

import io
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import xlsxwriter

NAMES = "customer_id,given_name,family_name"


@dataclass(frozen=True)
class Brought:
    """One file: what kind of thing it is, its bytes, and what its owner says of it."""

    what: str
    data: bytes
    table: str = "customers"
    told: dict = field(default_factory=dict)
    ending: str = "csv"

    def __or__(self, told):
        return replace(self, told=told)


def text(what, content, *, table="customers", encoding="utf-8", **told):
    """A table that is written as text."""
    return Brought(what, content.encode(encoding), table, told)


def book(what, *sheets, table="customers", change=lambda book, pages: None, **told):
    """A workbook; each sheet is a list of rows, and what is a date is written as a date."""
    return Brought(what, workbook(*sheets, change=change), table, told, "xlsx")


def workbook(*sheets, change=lambda book, pages: None):
    """The bytes of a workbook."""
    sink = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    made = xlsxwriter.Workbook(sink, options)
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    moment = made.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    pages = []
    for rows in sheets:
        page = made.add_worksheet()
        pages.append(page)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(number, place, value, moment)
                elif isinstance(value, date):
                    page.write_datetime(number, place, value, day)
                elif value is not None:
                    page.write(number, place, value)
    change(made, pages)
    made.close()
    return sink.getvalue()


def repacked(data, change):
    """A packed file with other content; `change` gets each part's name and bytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return sink.getvalue()


def packed(**parts):
    """A packed file with these parts."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", 8) as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return sink.getvalue()


def moment(*parts):
    """A moment by the shop's own clock."""
    return datetime(*parts)  # noqa: DTZ001


def said_to_be_large(data):
    """A packed file whose first part says that it unpacks to two thousand megabytes."""
    place = data.index(b"PK\x01\x02") + 24
    return data[:place] + (2_000_000_000).to_bytes(4, "little") + data[place + 4 :]


def formula(cell, result):
    """What puts a formula into a cell, with the result that was last worked out."""

    def change(_, pages):
        pages[0].write_formula(cell, "=A2", None, result)

    return change


PERSON = [["customer_id", "given_name", "phone"], ["C-1", "Ana", "+34600112233"]]
ORDER = [["order_id", "ordered_at", "total"], ["O-1", date(2026, 3, 1), 12.5]]


def _far(name, content):
    """One cell in the last corner of the sheet."""
    if not name.endswith("sheet1.xml"):
        return content
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return content.replace(b"</sheetData>", far)


def _unworked(name, content):
    """A formula that nobody has worked out, as programs without a calculator write it."""
    return content.replace(b'<c r="B2" t="s"><v>4</v></c>', b'<c r="B2"><f>A2</f></c>')


# each with the row and the column that must be named, and words that must be in the sentence
BROKEN = [
    (text("a row too long", f"{NAMES}\nC-1,Ana,Ruiz,x\n"), 2, None, "has 4 cells"),
    (text("every row too long", f"{NAMES}\nC-1,Ana,Ruiz,x\nC-2,Bo,Li,y\n"), 2, None, "4 cells"),
    (text("a row too short", f"{NAMES}\nC-1,Ana,Ruiz\nC-2,Bo\n"), 3, None, "has 2 cells"),
    (text("a quote never closed", f'{NAMES}\nC-1,"Ana,Ruiz\nC-2,Bo,Li\n'), 2, None, "quotation"),
    (text("a quote inside", f'{NAMES}\nC-1,"An"a,Ruiz\n'), 2, None, "quotation"),
    (text("a torn row", f"{NAMES}\nC-1,Ana\rBea,Ruiz\nC-2,Bo,Li\n"), 2, None, "breaks off"),
    (text("a number twice", f"{NAMES}\nC-1,Ana,Ruiz\nC-1,Bo,Li\n"), 3, "customer_id", "row 2"),
    (text("no number", f"{NAMES}\n,Ana,Ruiz\n"), 2, "customer_id", "is empty"),
    (text("no name", f"{NAMES}\nC-1,,\n"), 2, "given_name", "Nobody"),
    (text("names again", f"{NAMES}\nC-1,Ana,Ruiz\n{NAMES}\n"), 3, None, "names stand here again"),
    (text("two alike", f"{NAMES},email,email\nC-1,A,R,,\n"), 1, "email", "2 columns have this"),
    (text("two for one", f"{NAMES},Mail,Correo\nC-1,A,R,,\n"), 1, "Correo", "could each be email"),
    (text("which name", "id,name\n1,Ana\n"), 1, "name", "given_name or family_name"),
    (text("nombre alone", "id,nombre\n1,Ana\n"), 1, "nombre", "given_name or family_name"),
    (text("no names", "C-1,Ana,Ruiz\nC-2,Bo,Li\n"), 1, None, "No row names"),
    (text("names alone", f"{NAMES}\n"), 1, None, "no row"),
    (text("nobody's column", f"{NAMES},\nC-1,A,R,\nC-2,B,L,x\n"), 3, "D", "no name"),
    (text("no name column", "customer_id,email\nC-1,a@example.com\n"), 1, None, "holds a name"),
    (text("not there", f"{NAMES}\nC-1,A,R\n", columns={"Post": "email"}), 1, None, "'Post'"),
    (text("which day", f"{NAMES},birth_on\n1,A,R,01/02/2010\n"), 2, "birth_on", "2 January 2010"),
    (
        text("no such day", f"{NAMES},birth_on\n1,A,R,31/02/2010\n", date_order="day first"),
        2,
        "birth_on",
        "no day of the calendar",
    ),
    (text("a short year", f"{NAMES},birth_on\n1,A,R,1/2/10\n"), 2, "birth_on", "four digits"),
    (text("a day number", f"{NAMES},birth_on\n1,A,R,40210\n"), 2, "birth_on", "day number"),
    (text("a word for a day", f"{NAMES},birth_on\n1,A,R,NA\n"), 2, "birth_on", "not a date"),
    (
        text("a time zone", "order_id,ordered_at\n1,2026-03-01T10:00+01:00\n", table="orders"),
        2,
        "ordered_at",
        "UTC",
    ),
    (
        text("a day with a time", f"{NAMES},birth_on\n1,A,R,2010-02-01 10:00\n"),
        2,
        "birth_on",
        "day",
    ),
    (
        text("born later", f"{NAMES},birth_on,joined_at\n1,A,R,2026-02-01,2025-01-01\n"),
        2,
        "birth_on",
        "after the day we first met",
    ),
    (text("no address", f"{NAMES},email\n1,A,R,ana@example\n"), 2, "email", "should have a period"),
    (text("no country", f"{NAMES},phone\n1,A,R,600112233\n"), 2, "phone", "no country"),
    (text("shortened", f"{NAMES},phone\n1,A,R,4.47701E+11\n"), 2, "phone", "shortened"),
    (text("a wrong word", f"{NAMES},channel\n1,A,R,websiet\n"), 2, "channel", "'website'?"),
    (text("NUL", f"{NAMES}\n1,A\0na,R\n"), 2, "given_name", "cannot be seen"),
    (text("a bell", f"{NAMES}\n1,A\7na,R\n"), 2, "given_name", "cannot be seen"),
    (Brought("half a letter", f"{NAMES}\n1,A,".encode() + b"\xed\xa0\xbd\n"), 2, None, "surrogate"),
    (text("which letters", f"{NAMES}\n1,Ana,Mu\xf1oz\n", encoding="cp1252"), 2, None, "cp1252"),
    (text("UTF-16 unmarked", f"{NAMES}\n1,Ana,Ruiz\n", encoding="utf-16-le"), None, None, "UTF-16"),
    (text("empty", ""), None, None, "is empty"),
    (text("blank lines alone", "\n\n \n"), None, None, "is empty"),
    (
        text("which sign", "order_id;ordered_at;total\n1;2026-03-01;1.234\n", table="orders"),
        2,
        "total",
        "1234 or 1.234",
    ),
    (
        text("two signs", "ordered_at;total\n2026-03-01;1,5\n2026-03-01;1.5\n", table="orders"),
        2,
        "total",
        "decimal comma",
    ),
    (
        text("a coin's part", "ordered_at;total\n2026-03-01;12.3456\n", table="orders"),
        2,
        "total",
        "two decimals",
    ),
    (text("euros", "ordered_at;total\n2026-03-01;€ 12\n", table="orders"), 2, "total", "number"),
    (
        text("yes?", "ordered_at,prepaid\n2026-03-01,si\n", table="orders"),
        2,
        "prepaid",
        "yes or no",
    ),
    (
        text("no text", "received_at,narrative\n2026-03-01,\n", table="claims"),
        2,
        "narrative",
        "empty",
    ),
    (text("blanks around", f"{NAMES}\nC-1 ,Ana,Ruiz\n"), 2, "customer_id", "blanks around"),
    (text("row left out", f"{NAMES}\n1,A,R\n", leave_out=[9]), None, None, "cannot be left out"),
    (
        text("a web page", "<html><table><tr><td>id</td></tr></table></html>"),
        None,
        None,
        "web page",
    ),
    (text("JSON", '[{"customer_id": "C-1"}]'), None, None, "JSON"),
    (Brought("a PDF", b"%PDF-1.7 ..."), None, None, "PDF"),
    (Brought("an old XLS", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), None, None, "XLS"),
    (
        Brought(
            "a locked workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            ending="xlsx",
        ),
        None,
        None,
        "password",
    ),
    (
        Brought("an ODS", packed(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
        None,
        None,
        "OpenDocument",
    ),
    (Brought("a ZIP", packed(people="x")), None, None, "no workbook"),
    (Brought("half a workbook", workbook(PERSON)[:3000], ending="xlsx"), None, None, "damaged"),
    (
        Brought("a bomb", said_to_be_large(workbook(PERSON)), ending="xlsx"),
        None,
        None,
        "unpacks to more",
    ),
    (
        Brought("a far cell", repacked(workbook(PERSON), _far), ending="xlsx"),
        None,
        None,
        "row 1,048,576",
    ),
    (book("two sheets", PERSON, PERSON), None, None, "'Sheet1' and 'Sheet2'"),
    (book("an empty book", []), None, None, "sheets are empty"),
    (
        book(
            "merged", [*PERSON, ["C-2", "Bo"]], change=lambda _, p: p[0].merge_range("A3:B3", "C-2")
        ),
        3,
        None,
        "A3 to B3 are merged",
    ),
    (book("a failure", PERSON, change=formula("B2", "#N/A")), 2, "given_name", "failed"),
    (
        Brought("not worked out", repacked(workbook(PERSON), _unworked), ending="xlsx"),
        2,
        "given_name",
        "never been worked out",
    ),
    (
        book("a phone as number", [PERSON[0], ["C-1", "Ana", 34600112233]]),
        2,
        "phone",
        "kept as a number",
    ),
    (book("a date as a name", [PERSON[0], ["C-1", date(2026, 3, 1)]]), 2, "given_name", "date"),
    (
        book("a number as a day", [ORDER[0], ["O-1", 46082]], table="orders"),
        2,
        "ordered_at",
        "not a date",
    ),
]


HINDI = "नमिता"
RIGHT_TO_LEFT = "דוד"
APART = "Jose\u0301"
"""José with the accent as a character of its own; it must not become one with the e."""

MANY = f"{NAMES},email,phone,postcode,street"

# each with the values of its first row that must be there, letter by letter
ODD = [
    (text("plain", f"{NAMES}\nC-1,Ana,Ruiz\n"), {"customer_id": "C-1", "given_name": "Ana"}),
    (text("no line end", f"{NAMES}\nC-1,Ana,Ruiz"), {"family_name": "Ruiz"}),
    (text("CRLF", f"{NAMES}\r\nC-1,Ana,Ruiz\r\n"), {"family_name": "Ruiz"}),
    (text("CR", f"{NAMES}\rC-1,Ana,Ruiz\r"), {"family_name": "Ruiz"}),
    (text("semicolons", f"{NAMES}\n7,A,R\n".replace(",", ";")), {"customer_id": "7"}),
    (text("tabs", f"{NAMES}\n7,A,R\n".replace(",", "\t")), {"customer_id": "7"}),
    (text("strokes", f"{NAMES}\n7,A,R\n".replace(",", "|")), {"customer_id": "7"}),
    (text("sep=", f"sep=;\n{NAMES}\n7,A,R\n".replace(",", ";")), {"customer_id": "7"}),
    (text("a mark in front", f"{NAMES}\n7,A,ñ\n", encoding="utf-8-sig"), {"family_name": "ñ"}),
    (text("UTF-16", f"{NAMES}\n7,A,ñ\n", encoding="utf-16"), {"family_name": "ñ"}),
    (
        text("cp1252, said", f"{NAMES}\n7,A,ñ€\n", encoding="cp1252") | {"encoding": "cp1252"},
        {"family_name": "ñ€"},
    ),
    (
        text("cp1252, seen", "id,nombre,apellidos,teléfono\n7,A,ñ,\n", encoding="cp1252"),
        {"family_name": "ñ"},
    ),
    (
        text("old Mac, seen", "id,nombre,apellidos,teléfono\n7,A,ñ,\n", encoding="mac-roman"),
        {"family_name": "ñ"},
    ),
    (text("two lines", f'{NAMES}\n7,"A\r\nB",R\n'), {"given_name": "A\r\nB"}),
    (text("quotes", f'{NAMES}\n7,"A ""B"", C",R\n'), {"given_name": 'A "B", C'}),
    (text("nobody's words", f"{NAMES}\n7,NA,null\n"), {"given_name": "NA", "family_name": "null"}),
    (text("None", f"{NAMES}\n7,None,nan\n"), {"given_name": "None", "family_name": "nan"}),
    (text("a formula", f"{NAMES}\n7,=1+1,@SUM\n"), {"given_name": "=1+1", "family_name": "@SUM"}),
    (
        text("zeros and plus", f"{MANY}\n007,A,R,,+34600112233,01001,007\n"),
        {"customer_id": "007", "phone": "+34600112233", "postcode": "01001", "street": "007"},
    ),
    (text("an accent apart", f"{NAMES}\n7,{APART},José\n"), {"given_name": APART}),
    (text("blanks", f"{NAMES}\n7, Ana , R\n"), {"given_name": " Ana ", "family_name": " R"}),
    (text("pictures", f"{NAMES}\n7,👩🏽‍🚒,R\n"), {"given_name": "👩🏽‍🚒"}),
    (
        text("other scripts", f"{NAMES}\n7,{HINDI},{RIGHT_TO_LEFT}\n"),
        {"given_name": HINDI, "family_name": RIGHT_TO_LEFT},
    ),
    (text("a long cell", f"{NAMES}\n7,{'a' * 200_000},R\n"), {"given_name": "a" * 200_000}),
    (text("a title", f"Our customers\n\n{NAMES}\n7,A,R\n"), {"customer_id": "7"}),
    (text("blanks to the right", f"{NAMES},,\n7,A,R,,\n8,B,L,,\n"), {"customer_id": "7"}),
    (text("longer by nothing", f"{NAMES}\n7,A,R,,\n"), {"customer_id": "7"}),
    (text("empty lines", f"{NAMES}\n\n,,\n7,A,R\n\n"), {"customer_id": "7"}),
    (
        text("Spanish", "N.º de cliente;Nombre;Apellidos;Correo electrónico\n7;A;R;a@b.example\n"),
        {"given_name": "A", "family_name": "R", "email": "a@b.example"},
    ),
    (
        text("said columns", "id,Vorname,Nachname\n7,A,R\n")
        | {"columns": {"Vorname": "given_name", "Nachname": "family_name"}},
        {"given_name": "A", "family_name": "R"},
    ),
    (
        text("not that one", f"{NAMES},Mail,Mail 2\n7,A,R,a@b.example,c@d.example\n")
        | {"columns": {"Mail": None, "Mail 2": "email"}},
        {"email": "c@d.example"},
    ),
    (
        text("day first", f"{NAMES},birth_on\n7,A,R,01/02/2010\n") | {"date_order": "day first"},
        {"birth_on": moment(2010, 2, 1)},
    ),
    (
        text("month first", f"{NAMES},birth_on\n7,A,R,01/02/2010\n")
        | {"date_order": "month first"},
        {"birth_on": moment(2010, 1, 2)},
    ),
    (
        text("an old date", f"{NAMES},birth_on\n7,A,R,1899-12-31\n"),
        {"birth_on": moment(1899, 12, 31)},
    ),
    (
        text("a decimal comma", "ordered_at;total\n2026-03-01T10:30;1.234,50\n", table="orders"),
        {"total": 1234.5, "ordered_at": moment(2026, 3, 1, 10, 30)},
    ),
    (
        text("said decimals", "ordered_at;total\n2026-03-01;1.234\n", table="orders")
        | {"decimal": "comma"},
        {"total": 1234.0},
    ),
    (
        text("blanks for thousands", "ordered_at;total\n2026-03-01;1 234,50\n", table="orders"),
        {"total": 1234.5},
    ),
    (text("a word in capitals", f"{NAMES},channel\n7,A,R,Order form\n"), {"channel": "order_form"}),
    (text("one name we know", "given_name,shoes\nAna,38\n"), {"given_name": "Ana"}),
    (text("left out", f"{NAMES}\n7,A,R\n7,A\n") | {"leave_out": [3]}, {"customer_id": "7"}),
    (
        book("a workbook", PERSON),
        {"customer_id": "C-1", "given_name": "Ana", "phone": "+34600112233"},
    ),
    (
        book("numbers and dates", ORDER, table="orders"),
        {"ordered_at": moment(2026, 3, 1), "total": 12.5},
    ),
    (
        book("a moment", [ORDER[0], ["O-1", moment(2026, 3, 1, 10, 30, 59), 1]], table="orders"),
        {"ordered_at": moment(2026, 3, 1, 10, 30, 59)},
    ),
    (book("digits", [PERSON[0], [1001, "Ana", None]]), {"customer_id": "1001"}),
    (
        book("a formula in text", [PERSON[0], ["C-1", "=1+1", None]]),
        {"given_name": "=1+1"},
    ),
    (
        book("a formula with a result", PERSON, change=formula("B2", "Eva")),
        {"given_name": "Eva"},
    ),
    (
        book("a hidden sheet", PERSON, PERSON, change=lambda _, p: p[1].hide()),
        {"given_name": "Ana"},
    ),
    (book("an empty sheet", PERSON, []), {"given_name": "Ana"}),
    (book("a chosen sheet", PERSON, ORDER) | {"sheet": "Sheet1"}, {"given_name": "Ana"}),
    (
        book(
            "a merged title",
            [["Customers"], *PERSON],
            change=lambda _, p: p[0].merge_range("A1:C1", "Customers"),
        ),
        {"given_name": "Ana"},
    ),
]
