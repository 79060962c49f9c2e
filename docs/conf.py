"""Sphinx settings: builds offline, and a warning is an error (`make docs`)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "openstrat"
project_copyright = "openstrat contributors"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "reference"]
default_role = "code"
exclude_patterns = ["_build", "_ext"]
html_theme = "furo"
html_title = "openstrat"
nb_execution_mode = "off"
myst_heading_anchors = 3
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
