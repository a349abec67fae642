"""Tables on a page, for everybody: headers that a screen reader ties to their cells.

pandas leaves the headers of a table without a word on what they stand over, and gives the
name of the rows a line of its own, full of empty headers. Text is shown as it is stored,
from the left or from the right.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from retailkit.catalogue import say
from retailkit.text import RIGHT_TO_LEFT

if TYPE_CHECKING:
    import pandas as pd

CELL = re.compile(r"<(?P<tag>th|td)(?P<set>[^>]*)>(?P<text>[^<]*)</(?P=tag)>")
ROW = re.compile(r"(<tr[^>]*>)(.*?)(</tr>)", re.DOTALL)
HEAD = re.compile(r"(<thead>)(.*?)(</thead>)", re.DOTALL)
SIZE = re.compile(r"\n<p>(\d+) rows × (\d+) columns</p>")
CAPTION = 'style="caption-side: bottom; text-align: left"'


def table_page(table: pd.DataFrame) -> str | None:
    """A table as HTML, as pandas lays it out; None where pandas is set to show text alone.

    Every header says whether it stands over a column or beside a row, the name of the rows
    stands over them, and a table that is shown in part says so in its caption.

    >>> import pandas as pd
    >>> page = table_page(pd.DataFrame({"price": [29.0]}, index=pd.Index(["kettle"], name="name")))
    >>> '<th scope="col">name</th>' in page, '<th scope="row">kettle</th>' in page
    (True, True)
    """
    # pandas' own answer to IPython: with its settings, its dots for what is left out, its escapes
    page = table._repr_html_()  # type: ignore[operator]
    if page is None:
        return None
    head = HEAD.search(page)
    if head is None:
        return str(page)
    rows = _rows_named([_cells(row[1]) for row in ROW.findall(head[2])])
    lines = "\n".join(_head_row(row) for row in rows)
    body = CELL.sub(_body_cell, page[head.end() :])
    return _with_caption(f"{page[: head.start()]}<thead>\n{lines}\n  </thead>{body}")


def show_tables_for_everybody() -> None:
    """In a notebook, tables are shown by `table_page` from now on; elsewhere nothing changes."""
    import sys

    # who is not in a notebook need not load IPython to learn it
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        import pandas as pd

        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, table_page)


def _cells(row: str) -> list[tuple[str, str]]:
    """What is set for each cell of a row, and its text."""
    return [(cell["set"], cell["text"]) for cell in CELL.finditer(row)]


def _rows_named(rows: list[list[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """The rows of a head, with the names of the rows in the line of the columns."""
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return rows
    over, names = rows
    levels = sum(1 for _, text in names if text)
    if any(text for _, text in names[levels:]):
        return rows
    below = [*names[:levels], *over[levels:]]
    of_columns = over[levels - 1][1]
    if not of_columns:
        return [below]
    across = len(over) - levels
    return [[*[("", "")] * levels, (f' colspan="{across}"', of_columns)], below]


def _head_row(row: list[tuple[str, str]]) -> str:
    cells = "\n".join(f"      {_head_cell(what, text)}" for what, text in row)
    return f'    <tr style="text-align: right;">\n{cells}\n    </tr>'


def _head_cell(what: str, text: str) -> str:
    if not text:
        return f"<td{what}></td>"  # an empty header would be read aloud as one
    scope = "colgroup" if "colspan" in what else "col"
    return f'<th{what} scope="{scope}"{_as_stored(text)}>{text}</th>'


def _body_cell(cell: re.Match[str]) -> str:
    tag, what, text = cell["tag"], cell["set"], cell["text"]
    scope = ""
    if tag == "th":
        scope = f' scope="{"rowgroup" if "rowspan" in what else "row"}"'
    return f"<{tag}{what}{scope}{_as_stored(text)}>{text}</{tag}>"


def _as_stored(text: str) -> str:
    """What a cell needs so that its text is read from the side from which it is written."""
    return ' dir="auto"' if RIGHT_TO_LEFT.search(html.unescape(text)) else ""


def _with_caption(page: str) -> str:
    """The size of a table that is shown in part, as its caption instead of a line after it."""
    size = SIZE.search(page)
    if size is None:
        return page
    rows, columns = size.groups()
    said = say("{rows} rows and {columns} columns, shown in part.", rows=rows, columns=columns)
    whole = page[: size.start()] + page[size.end() :]
    return re.sub(r"(<table[^>]*>)", rf"\1\n  <caption {CAPTION}>{said}</caption>", whole, count=1)
