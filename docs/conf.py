"""The documentation, built with ``sphinx-build -W docs``: guides in Markdown, the reference from the docstrings."""

from textinnsikt._version import __version__

project = "textinnsikt"
author = "textinnsikt"
version = release = __version__
language = "nb"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
# Pages link to folders of the repository too, which are not part of the documentation; tests check those links.
suppress_warnings = ["myst.xref_missing"]
html_theme = "alabaster"
html_theme_options = {"description": "Temaer, klynger og suksessfaktorer i norske kommentarer", "page_width": "1100px"}
html_copy_source = False
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"members": True}
exclude_patterns = ["_build"]


def _skip(app, what, name, found, skip, options):
    """Leave out what scikit-learn adds to every estimator."""
    return True if name.startswith("set_") and name.endswith("_request") else None


def setup(app):
    """Tell Sphinx."""
    app.connect("autodoc-skip-member", _skip)
