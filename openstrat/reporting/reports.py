"""A named report with parameters becomes a published folder: checked, run, rendered, written."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import openstrat
from openstrat.errors import CellTimeoutError, KernelDiedError
from openstrat.reporting import facts as fact_file
from openstrat.reporting.engines import engine_of
from openstrat.reporting.images import KINDS, draw
from openstrat.reporting.manifest import Clock, complete, dump, is_current, revision
from openstrat.reporting.plan import Plan, plan_report
from openstrat.reporting.publish import hold, publish
from openstrat.reporting.stored_tables import keep_tables

if TYPE_CHECKING:
    from openstrat.reporting.execute import Limits
    from openstrat.reporting.render import Rendered

OPTIONAL = ("report.html", "report.ipynb", "report.pdf", "facts.json")


@dataclass(frozen=True)
class ReportResult:
    """One report: `status` is completed, unchanged (nothing had to be run) or planned (dry run)."""

    plan: Plan
    status: str
    paths: tuple[Path, ...] = ()
    title: str = ""
    n_figures: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    duration_s: float = 0.0

    @property
    def html(self) -> Path:
        """The report to open."""
        return self.plan.folder / "report.html"


def build_report(
    name: str | Path,
    parameters: Mapping[str, object] | None = None,
    *,
    out: Path | str | None = None,
    pdf: bool = False,
    images: str = "",
    dry_run: bool = False,
    force: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
    engine: str | None = None,
) -> ReportResult:
    """Return the finished report: `report.html`, `report.ipynb` and `manifest.json` in a folder named after its parameters.

    Parameters
    ----------
    name
        A report's name, or the path of a notebook or spec.
    parameters
        Text or plain values by name; read by the types that the notebook declares.
    out
        Output root; `reports/out` below the current folder by default.
    pdf
        Also print `report.pdf` with a local Chromium.
    images
        `svg`, `png` or `both`: also draw every chart as `figure-1.svg` and so on; '' for none.
    dry_run
        Check everything and write nothing.
    force
        Run even if the folder already holds this very report.
    limits, progress, stop
        See `openstrat.reporting.execute.execute`.
    engine
        `kernel`, `warm` or `fast`: how the notebook is run; by default as `OPENSTRAT_ENGINE` says, or `warm`. All make the same bytes.

    Raises
    ------
    InputError
        If a name, parameter, case or output path is wrong; no kernel has started.
    BusyError
        If another run holds the output.
    ReportError
        If a cell, the kernel, a time limit, the PDF or the writing fails; an earlier report stays as it was.
    """
    plan = plan_report(name, parameters, out=None if out is None else Path(out), pdf=pdf, images=images)
    if dry_run:
        return ReportResult(plan, "planned", title=plan.inputs["title"])
    return build(plan, force=force, limits=limits, progress=progress, stop=stop, engine=engine)


def build(
    plan: Plan,
    *,
    force: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
    engine: str | None = None,
) -> ReportResult:
    """Return the finished report of a plan; see `build_report`."""
    with hold(plan.folder):
        if not force and is_current(plan.folder, plan.key):
            return _unchanged(plan)
        clock, started = Clock.now(), monotonic()
        try:
            rendered, files = _make(plan, limits, progress, stop, engine)
        except BaseException as error:
            _record_failure(plan, clock, error, is_stopped=stop is not None and stop.is_set())
            raise
        duration_s = round(monotonic() - started, 1)
        run = {"status": "completed", "started_at": clock.started_at, "duration_s": duration_s, "revision": revision()}
        manifest = complete(plan.inputs, outputs=files, run=run | {"warnings": list(rendered.warnings)})
        paths = publish({**files, "manifest.json": dump(manifest)}, plan.folder, stale=(*OPTIONAL, *_images_in(plan.folder)))
        keep_tables(plan.folder.parent, plan.inputs["tables"])
        for leftover in (plan.partial, _failure_file(plan)):
            leftover.unlink(missing_ok=True)
        return ReportResult(
            plan, "completed", tuple(paths), rendered.title, rendered.n_figures, rendered.facts, rendered.warnings, duration_s
        )


def _make(
    plan: Plan,
    limits: Limits | None,
    progress: Callable[[int, int], None] | None,
    stop: threading.Event | None,
    engine: str | None,
) -> tuple[Rendered, dict[str, bytes]]:
    """Run the notebook and return its page and the files to publish."""
    if engine_of(engine) == "fast":
        from openstrat.reporting.warm.batch import make
        from openstrat.reporting.warm.forked import NeedsKernelError

        with contextlib.suppress(NeedsKernelError):  # the same bytes come from a real kernel
            return make(plan, limits, progress, stop)
    from openstrat.reporting.execute import execute

    content = execute(
        plan.notebook,
        plan.values,
        shown=plan.shown,
        partial=plan.partial,
        limits=limits,
        progress=progress,
        stop=stop,
        engine=engine,
    )
    return compose(plan, content)


def compose(plan: Plan, content: dict[str, Any]) -> tuple[Rendered, dict[str, bytes]]:
    """Return the page of an executed notebook, which is settled in place, and the files to publish."""
    from openstrat.reporting.render import Page, render
    from openstrat.reporting.settle import settle

    settle(content)
    page = Page(title=plan.title, kicker=str(plan.inputs["title"]), meta=plan.meta, colophon=colophon(plan))
    rendered = render(content, page, plan.inputs["tables"])
    files: dict[str, bytes] = {}
    if "report.html" in plan.outputs:
        files["report.html"] = rendered.html.encode()
    if "report.ipynb" in plan.outputs:
        files["report.ipynb"] = (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
    facts = fact_file.document(rendered.ledger, report=plan.spec.name, title=rendered.title, about=rendered.facts, inputs=plan.inputs)
    files["facts.json"] = fact_file.dump(facts)
    files |= draw(rendered.specs, [kind for kind in KINDS if kind in plan.inputs["formats"]])
    if "report.pdf" in plan.outputs:
        from openstrat.reporting.pdf import print_pdf

        files["report.pdf"] = print_pdf(rendered.html)
    return rendered, files


def colophon(plan: Plan) -> list[str]:
    """Return the lines at the foot of the page: what made it, from what."""
    notebook, source = plan.notebook, plan.inputs["openstrat"]["source_sha256"]
    tables = f" {len(plan.inputs['tables'])} tables;" if plan.inputs["tables"] else ""
    return [
        f"Made with openstrat {openstrat.__version__} (source sha256 {source[:16]}) from {notebook.name} (sha256 {notebook.sha256[:16]}).",
        f"Python {plan.inputs['environment']['python']};{tables} versions, parameters and hashes are in manifest.json beside this page.",
    ]


def _unchanged(plan: Plan) -> ReportResult:
    facts = {}
    with contextlib.suppress(OSError, ValueError, KeyError):
        facts = json.loads((plan.folder / "facts.json").read_text(encoding="utf-8"))["about"]
    manifest = json.loads((plan.folder / "manifest.json").read_text(encoding="utf-8"))
    paths = [plan.folder / name for name in [*manifest["outputs"], "manifest.json"]]
    title = plan.title or str(facts.get("title", "")) or manifest["title"]
    return ReportResult(plan, "unchanged", tuple(paths), title, facts=facts, warnings=tuple(manifest["run"].get("warnings", ())))


def _images_in(folder: Path) -> list[str]:
    """Return the figures that an earlier run left."""
    return [path.name for kind in KINDS for path in folder.glob(f"figure-*.{kind}")]


def _failure_file(plan: Plan) -> Path:
    return plan.folder.with_name(f"{plan.slug}.failed.json")


def _record_failure(plan: Plan, clock: Clock, error: BaseException, *, is_stopped: bool) -> None:
    """Leave a manifest of the failed run beside the folder; the published report is not touched."""
    statuses = {CellTimeoutError: "timed_out", KernelDiedError: "killed", KeyboardInterrupt: "interrupted", SystemExit: "interrupted"}
    status = "interrupted" if is_stopped else statuses.get(type(error), "failed")
    run = {"status": status, "started_at": clock.started_at, "message": str(error)}
    with contextlib.suppress(OSError):
        _failure_file(plan).write_bytes(dump(complete(plan.inputs, outputs={}, run=run)))
