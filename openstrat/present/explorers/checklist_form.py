"""The go-open checklist as a form: fifteen fields, a verdict that follows, answers that are saved into the case file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from openstrat.analysis.checking import ChecklistReview, checklist_review_of, option_to_judge
from openstrat.analysis.evaluating import Evaluation, evaluate
from openstrat.cases.checklist_fields import FIELDS, Field, Kind, checklist_from, typed_of
from openstrat.cases.save import CaseFile, copy_case, read_case_file, save_checklist
from openstrat.cases.schema import Case, Checklist
from openstrat.errors import OpenstratError
from openstrat.present import page
from openstrat.present.explorers.checklist_view import live_view
from openstrat.present.words import readable
from openstrat.tables.store import read_table

DRAWS, SEED = 8_000, 7
LABEL_WIDTH = "140px"
COLUMN_HEIGHT = "740px"
STYLE = "<style>.checklist-form .widget-html-content{line-height:1.4}</style>"
LINES_HEIGHT, TEXT_HEIGHT = "84px", "52px"


def checklist_form(case: str, *, file: str = "", option: str = "") -> ChecklistForm:
    """Return the form as a widget; show it as the last line of a cell.

    Parameters
    ----------
    case
        The case to start from: a case file, or the id of a shipped case.
    file
        The case file that holds the answers: read when it exists, made from `case` on the first save. Empty: `case` itself, or for a
        shipped case a file of its name in the current folder.
    option
        The option to judge first; empty: the one that the case recommends.

    Raises
    ------
    UnknownNameError
        If there is no such case or option.
    CaseError
        If a file does not fit the schema.
    """
    own = Path(file) if file else Path(case) if Path(case).is_file() else Path(f"{case}.yaml")
    return ChecklistForm(case, own, option)


class ChecklistForm(widgets.VBox):  # type: ignore[misc]
    """Fifteen fields under five questions, the verdict beside them, and a button that saves.

    `controls` holds the fields by their place in the case file ('checklist.money.price'); set their `value` to drive the form from
    code. `review` is what is shown, `problems` what is wrong with typed values by place; those values stay in the form and are
    not saved.
    """

    def __init__(self, case: str, file: Path, option: str = "") -> None:
        self._source, self.file = case, file
        self._loaded: CaseFile | None = read_case_file(file) if file.is_file() else None
        self.case = self._loaded.case if self._loaded else read_case_file(case).case
        self._evaluation: Evaluation = evaluate(self.case, n=DRAWS, seed=SEED)
        self.problems: dict[str, str] = {}
        self.controls = {field.path: _control(field) for field in FIELDS}
        chosen = option_to_judge(self.case, option)
        names = [(readable(name), name) for name in self.case.options]
        self.option = widgets.Dropdown(options=names, value=chosen, description="Option", style={"description_width": LABEL_WIDTH})
        self.save_button = widgets.Button(description="Save", tooltip=f"Write the answers into {file}", button_style="primary")
        self.message = widgets.HTML(_said(f"Answers of {file} loaded." if self._loaded else f"Started from {case}; not saved yet."))
        self._view = widgets.HTML()
        for path, text in typed_of(self.case.checklist).items():
            self.controls[path].value = text
        for control in (*self.controls.values(), self.option):
            control.observe(self._changed, names="value")
        self.save_button.on_click(lambda _: self.save())
        self.review = self._reviewed()
        super().__init__([self._head(), self._columns(), widgets.HTML(STYLE)])
        self.add_class("checklist-form")
        self._show()

    def answers(self) -> Checklist:
        """Return the answers as typed; values that are not allowed are left out and named in `problems`."""
        checklist, self.problems = checklist_from({path: control.value for path, control in self.controls.items()})
        return checklist

    def save(self) -> bool:
        """Write the answers into the file; return whether they stand there now. Values that are not allowed stop it."""
        answers = self.answers()
        if self.problems:
            self.message.value = _said(f"Not saved: {len(self.problems)} field(s) hold a value that is not allowed; see the right side.")
            return False
        try:
            if self._loaded is None:
                self._loaded = copy_case(self._source, self.file)
            self._loaded = save_checklist(self._loaded.path, answers, digest=self._loaded.digest)
        except OpenstratError as error:
            self.message.value = _said(f"Not saved. {error} Your answers are still in the form.")
            return False
        self.message.value = _said(f"Saved to {self.file}: {len(self.review.filled)} of {len(FIELDS)} fields filled.")
        return True

    def _reviewed(self) -> ChecklistReview:
        case: Case = self.case.model_copy(update={"checklist": self.answers()})
        return checklist_review_of(case, self.option.value, self._evaluation)

    def _changed(self, change: object = None) -> None:
        self.review = self._reviewed()
        self.message.value = _said("Not saved yet.")
        self._show()

    def _show(self) -> None:
        self._view.value = live_view(self.review, self.problems).html

    def _head(self) -> Any:
        bar = widgets.HBox([self.option, self.save_button, self.message], layout=widgets.Layout(align_items="center"))
        return widgets.VBox([widgets.HTML(page.tag("strong", self.case.title).html), bar])

    def _columns(self) -> Any:
        questions = read_table("checklist").set_index("concept_id").to_dict("index")
        parts: list[Any] = []
        for concept_id in dict.fromkeys(field.concept_id for field in FIELDS):
            title = page.tag("div", page.tag("strong", f"{concept_id} {questions[concept_id]['name']}"))
            parts.append(widgets.HTML((title + page.tag("small", str(questions[concept_id]["question"]))).html))
            parts += [_with_help(field, self.controls[field.path]) for field in FIELDS if field.concept_id == concept_id]
        grid = widgets.Layout(grid_template_columns="minmax(0, 11fr) minmax(0, 10fr)", grid_gap="0 24px", width="100%")
        scrolls = {"max_height": COLUMN_HEIGHT, "overflow": "hidden auto"}
        columns = [widgets.VBox(items, layout=widgets.Layout(display="block", **scrolls)) for items in (parts, [self._view])]
        return widgets.GridBox(columns, layout=grid)


def _control(field: Field) -> Any:
    wide = {"description": field.label, "tooltip": field.help, "style": {"description_width": LABEL_WIDTH}, "continuous_update": False}
    if field.kind in (Kind.NUMBER, Kind.SHARE):
        placeholder = "0.015 or 1.5 %" if field.kind == Kind.SHARE else "a number"
        return widgets.Text(placeholder=placeholder, layout=widgets.Layout(width="98%"), **wide)
    is_list = field.kind == Kind.LINES
    height = LINES_HEIGHT if is_list else TEXT_HEIGHT
    placeholder = "one entry a line" if is_list else ""
    return widgets.Textarea(placeholder=placeholder, layout=widgets.Layout(width="98%", height=height), **wide)


def _with_help(field: Field, control: Any) -> Any:
    help_text = widgets.HTML(page.tag("small", field.help).html, layout=widgets.Layout(margin=f"-6px 0 4px {LABEL_WIDTH}"))
    return widgets.VBox([control, help_text])


def _said(text: str) -> str:
    return str(page.tag("span", text).html)
