"""Text that breaks careless programs: every string is to be kept as it is, or refused.

Each stands for a kind of accident that happens in real shops: a name with a bracket, a
price with a dollar sign, a customer called None, a note pasted from another program.
"""

MARKUP = [
    "<script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    "<svg onload=window.hurt=1>",
    '"><script>window.hurt = 1</script>',
    "' onmouseover='window.hurt=1",
    "</textarea><script>window.hurt = 1</script>",
    "</span></td></tr></table><h1>Gone</h1>",
    "<!-- never closed",
    "<iframe srcdoc='<script>parent.hurt = 1</script>'></iframe>",
    "<a href=\"javascript:window.hurt=1\">look</a>",
    "[look](javascript:window.hurt=1)",
    "![look](x 'onerror=window.hurt=1')",
    "<style>* { display: none }</style>",
    "<b>Ana</b> & <i>Luis</i>",
    "&lt;b&gt; &amp;amp; &#x41; &nbsp;",
    "]]> <![CDATA[ x",
    "<?xml version='1.0'?>",
    "Love <3 and >.<",
]  # fmt: skip

MATHEMATICS = [
    "$50 or $60",
    "Refund $$ now",
    "$",
    "$ $",
    "$_$",
    "$^$",
    "$%$",
    "$#$",
    "$\\foo$",
    "A $B_C_D$ E",
    "\\(x^2\\) and \\[y\\]",
    "\\begin{equation}x\\end{equation}",
    "_starts_with_a_line",
    "*bold* _slanted_ `code` # head",
    "\\alpha \\href{javascript:window.hurt=1}{x}",
]

FORMULAS = [
    "=1+1",
    "=HYPERLINK(\"http://bad.example\",\"look\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "{=SUM(A1)}",
    "'=1+1",
    "#N/A",
    "#REF!",
    "http://bad.example/?a=1&b=2",
    "mailto:ana@bad.example",
    "file:///etc/passwd",
    "internal:Sheet1!A1",
    "_x0041_",
    "_x000D_",
]  # fmt: skip

NOTHINGS = [
    "None", "none", "NA", "N/A", "NaN", "nan", "null", "NULL", "NaT", "<NA>", "undefined", "nil",
    "True", "false", "yes", "no", "0", "-", "--", ".", "...", "''", '""',
]  # fmt: skip

NUMBERS = [
    "007",
    "+34600000000",
    "00123",
    "12345678901234567890123456789012345678901234567890",
    "9223372036854775808",
    "1e5",
    "1E400",
    "0x1F",
    "1_000",
    "1,5",
    "1.234,56",
    "-0",
    "Infinity",
    "2026-02-28",
    "01/02/2026",
    "١٢٣",
    "½",
]

LETTERS = [
    "José",
    "Jose\u0301",
    "\u212bngstro\u0308m",
    "ﬁne",
    "Straße",
    "İstanbul ıssız",
    "हिन्दी क्षेत्र",
    "שלום עולם",
    "مرحبا بالعالم",
    "name \u202eevil\u202c end",
    "\u2066isolated\u2069",
    "👩\u200d👩\u200d👧\u200d👦",
    "👍🏽🏴\U000e0067\U000e0062\U000e007f",
    "🇪🇸🇮🇳",
    "日本語 中文 한국어",
    "Z\u0351\u036b\u0343a\u0321\u0353l\u0349g\u0358o",
    "𝒜𝓃𝒶 𐍈",
    "O’Neill – “quoted” …",
    "d'Arc",
    "\ue000 private",
    "\U0010ffff last",
    "\ufffd unknown",
]

UNSEEN = [
    " leading",
    "trailing ",
    "  both  ",
    "two  spaces   three",
    "\u00a0no break\u00a0",
    "zero\u200bwidth",
    "\u200b",
    "\ufeffmark",
    "soft\u00adhyphen",
    "word\u2060joiner",
    "\u3000wide",
    "tab\tin\t",
    "line\nfeed",
    "carriage\rreturn",
    "both\r\nof them",
    "\nfirst",
    "last\n",
    "\r",
    "line\u2028separator",
    "para\u2029graph",
    "next\u0085line",
    "vertical\x0btab",
    "form\x0cfeed",
]
"""Not all of them hold a letter: those that do not may be taken for no answer at all."""

CONTROLS = [f"a{chr(code)}b" for code in (*range(1, 9), *range(14, 32), 127, 128, 0x9F)]

COMMANDS = [
    "Robert'); DROP TABLE customers;--",
    "' OR '1'='1",
    '" OR ""="',
    "1; SELECT * FROM sqlite_master",
    "x' UNION SELECT 1 --",
    "%",
    "_",
    "%' ESCAPE '\\",
    "?1 :name @name $name",
    "@pd.io.common.os.system('true')",
    "__import__('os').system('true')",
    "; rm -rf .",
    "$(touch hurt)",
    "`touch hurt`",
    "| cat",
    "$HOME ${PATH} %PATH%",
]

PATHS = [
    "../../etc/passwd",
    "..\\..\\windows",
    "/etc/passwd",
    "C:\\Temp\\new",
    "~root",
    "CON",
    "a/b\\c:d",
    "\\\\server\\share",
    "\\n is not a line",
    "\\",
    "ends with \\",
]

PATTERNS = [
    "{name}",
    "{0}",
    "{",
    "}",
    "{{}}",
    "{name.__class__}",
    "{answer_by!r:>99999}",
    "%s %d %(name)s",
    "100%",
    "%%",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "${name}",
    "<%= 1 %>",
    "\\g<0> \\1",
    "(?P<x>",
    "[[",
    ".*",
    "a,b;c|d",
    'say "hi", then',
    '"',
    '""',
    "'",
    "','",
    '\\"',
]  # fmt: skip

LONG = ["x" * 32_767, "word " * 20_000, "é" * 9_999]
"""The second is a hundred thousand letters."""

HOSTILE = [
    *MARKUP, *MATHEMATICS, *FORMULAS, *NOTHINGS, *NUMBERS, *LETTERS, *UNSEEN, *CONTROLS,
    *COMMANDS, *PATHS, *PATTERNS, *LONG,
]  # fmt: skip
"""Text that every store, form, file and page keeps as it is."""

NUL = "before\0after"
HALF = "half a letter \ud83d"
NOT_FOR_SHEETS = ["\ufffe", "\uffff in a cell", "x" * 32_768, LONG[1]]
"""What no cell of a spreadsheet holds; other files do."""

WORST = [
    MARKUP[0], MARKUP[1], MARKUP[2], MARKUP[3], MARKUP[5], MARKUP[6], MARKUP[7], MARKUP[8],
    MARKUP[12], MARKUP[14], MATHEMATICS[0], MATHEMATICS[9], MATHEMATICS[10], MATHEMATICS[11],
    "None", "  both  ", "Jose\u0301", "name \u202eevil\u202c end", "👩\u200d👩\u200d👧\u200d👦",
    "a\x07b", "{{ 7 * 7 }}",
]  # fmt: skip
"""What a page is most likely to run, typeset, drop or tidy."""
