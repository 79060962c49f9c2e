"""Interactive workbooks: controls on top, an answer in words, and linked charts that redraw in place."""

from openstrat.present.explorers.checklist_form import ChecklistForm, checklist_form
from openstrat.present.explorers.fork_explorer import ForkExplorer, fork_explorer
from openstrat.present.explorers.license_explorer import LicenseExplorer, license_explorer

__all__ = ["ChecklistForm", "ForkExplorer", "LicenseExplorer", "checklist_form", "fork_explorer", "license_explorer"]
