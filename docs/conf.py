"""How the documentation is built: `python -m sphinx -W docs build/docs`, in a checkout.

Sphinx and myst-parser, because they need Python alone: no node, no network, some seconds.
"""

import os
import sys
from pathlib import Path

os.environ["RETAILKIT_LANG"] = "en"  # the site is in English, whoever builds it
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import from_code  # noqa: E402 - found only now

project = "retailkit"
copyright = "2026, the authors of retailkit"  # noqa: A001 - the name that Sphinx asks for
version = release = from_code.facts()["version"]

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["colon_fence", "substitution"]
myst_substitutions = from_code.facts()
myst_heading_anchors = 3
default_role = "code"  # docstrings are written as people read them in a notebook
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
add_module_names = False

html_theme = "furo"
html_title = "retailkit"
html_static_path, html_css_files = ["static"], ["lines.css"]
html_show_sphinx = False
html_copy_source = False
exclude_patterns = ["made", "*.py"]

from_code.write_pages()
