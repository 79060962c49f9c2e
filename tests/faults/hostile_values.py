"""Parameters and paths from strangers: code in names and values, values changed in silence, names that leave the output folder."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from fault_kit import Row, start, write_notebook

from openstrat.errors import OpenstratError
from openstrat.reporting.execute import execute
from openstrat.reporting.notebooks import read_notebook
from openstrat.reporting.parameters import parse_parameters, read_schema
from openstrat.reporting.plan import plan_report
from openstrat.reporting.portfolio import load_portfolio, plan_portfolio

TRAPS = ["1.10", "007", "12e4567", "no", "12:30:45", "null", "~", "0x1F", "1_000", "2026-05-01", "on", "NaN", "1e3", "", "{case}"]
BAD = [
    ("n", "two"), ("n", "1.5"), ("n", "007"), ("n", "1_000"), ("n", ""), ("n", "0x10"), ("n", "1e3"), ("n", "true"), ("n", " "),
    ("n", "9" * 30), ("share", "half"), ("share", "nan"), ("share", "inf"), ("share", "1,5"), ("flag", "yes"), ("flag", "1"),
    ("flag", "no"), ("m", "1"), ("N", "1"), ("text ", "x"),
]  # fmt: skip
HOSTILE_NAMES = [
    "../x", "..", ".", "/etc/x", "a/b", "a\\\\b", "..\\\\x", "A", "a b", "a.b", "-a", "a-", "con", "lpt1", "nul", "~", "$HOME", "é",
    "a" * 121, "%2e%2e", "a/../b", "C:", "a;b", "a|b", "*", "?", "./a", "a\\n", "`id`", "$(id)",
]  # fmt: skip
DEFAULTS: dict[str, Any] = {"str": "x", "int": 1, "float": 1.0, "bool": True}
DECLARED = 'text: str = "a"  # Text\nn: int = 1  # Number\nshare: float = 0.5  # Share\nflag: bool = True  # Flag'


def hostile_parameters() -> Row:
    """Try code in a parameter's name and value, on the command line and in YAML; a marker file would tell that it ran."""
    row = Row("code in a parameter's name, YAML key, tag or alias is refused or stays text: no marker file")
    with tempfile.TemporaryDirectory() as scratch:
        folder, marker = Path(scratch), Path(scratch, "marker")
        write_notebook(folder / "sample.ipynb", "print(text)", DECLARED)
        code = f"open({str(marker)!r}, 'w')"
        named = [f"x=1;{code};y", f"text={code};n", f"__import__('os').system('touch {marker}')"]
        for name in named:
            process = start(folder, "report", "sample.ipynb", "-p", name, "1", "--out", "out")
            process.communicate()
            row.note(is_kept=process.returncode == 2 and not marker.exists(), note=name)
        valued = start(folder, "report", "sample.ipynb", "-p", "text", f"'; {code}; '", "--out", "out")
        valued.communicate()
        row.note(is_kept=valued.returncode == 0 and not marker.exists(), note="value")
        runs = [
            f'{{"x=1;{code}": 1}}',
            "{text: !!pairs [[a, b]]}",
            "{text: !!binary aGk=}",
            f'{{text: !!python/object/apply:os.system ["touch {marker}"]}}',
        ]
        for run in runs:
            (folder / "several.yaml").write_text(f"report: sample.ipynb\nruns: [{run}]\n")
            process = start(folder, "run", "several.yaml", "--out", "out")
            process.communicate()
            row.note(is_kept=process.returncode == 2 and not marker.exists(), note=run)
    return row


def trap_values() -> Row:
    """Hand values over that others read as something else; the kernel prints what came."""
    row = Row(
        "values that others change in silence (1.10, 007, no, 12e4567 ...) reach the kernel as they are, from the command line and YAML"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        notebook = read_notebook(write_notebook(folder / "sample.ipynb", "import json\nprint(json.dumps(text))", DECLARED))
        schema = read_schema(notebook)
        for trap in TRAPS:
            values = parse_parameters(schema, {"text": trap})
            (folder / "several.yaml").write_text(
                f"report: sample.ipynb\nruns:\n  - text: {trap if trap and '{' not in trap else json.dumps(trap)}\n"
            )
            listed = load_portfolio(folder / "several.yaml").runs[0].parameters["text"]
            came = printed(execute(notebook, values))
            row.note(is_kept=json.loads(came) == trap == listed, note=f"{trap!r}: kernel {came}, YAML {listed!r}")
    return row


def bad_values() -> Row:
    """Give values that do not fit; each is refused with exit code 2 before a kernel starts."""
    row = Row("bad names and values are refused within a second of CPU, before a kernel starts, exit code 2")
    with tempfile.TemporaryDirectory() as scratch:
        path = write_notebook(Path(scratch, "sample.ipynb"), "print(text)", DECLARED)
        for name, value in BAD:
            started = time.process_time()
            try:
                plan_report(path, {name: value}, out=Path(scratch, "out"))
                code = 0
            except OpenstratError as error:
                code = error.exit_code
            is_quick = time.process_time() - started < 1
            row.note(is_kept=code == 2 and is_quick and not Path(scratch, "out").exists(), note=f"{name}={value!r}: {code}")
    return row


def round_trip(n_examples: int, per_notebook: int = 500) -> Row:
    """Send random values of every type through a kernel and compare value and type."""
    row = Row(f"{n_examples} random values come out of the kernel with the same value and type")
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as scratch:
        for first in range(0, n_examples, per_notebook):
            given = {f"p{number}": any_value(chance) for number in range(min(per_notebook, n_examples - first))}
            kinds = {name: type(value).__name__ for name, value in given.items()}
            lines = "\n".join(f"{name}: {kind} = {DEFAULTS[kind]!r}  # Any" for name, kind in kinds.items())
            source = f"import json\nprint(json.dumps([[type(v).__name__, v] for v in map(globals().get, {list(given)!r})]))"
            notebook = read_notebook(write_notebook(Path(scratch, "sample.ipynb"), source, lines))
            came = json.loads(printed(execute(notebook, parse_parameters(read_schema(notebook), given))))
            for (name, value), (kind, back) in zip(given.items(), came, strict=True):
                row.note(is_kept=kind == kinds[name] and back == value, note=f"{value!r} came as {kind} {back!r}")
    return row


def any_value(chance: random.Random) -> str | int | float | bool:
    """Return a random text (quotes, braces, control and rare characters), number or truth."""
    letters = "abc'\"\\{}%\n\r\t\0\x07\u2028\u202eéß漢😀 ;#$`"
    return chance.choice(
        [
            "".join(chance.choices(letters, k=chance.randrange(12))),
            chance.randrange(-(10**17), 10**17),
            chance.uniform(-1e9, 1e9) * 10 ** chance.randrange(-30, 30),
            chance.random() < 0.5,
        ]
    )


def printed(content: dict[str, Any]) -> str:
    """Return what the last cell printed."""
    return "".join("".join(output["text"]) for output in content["cells"][-1]["outputs"])


def hostile_paths() -> Row:
    """Name runs so that they would leave the output folder."""
    row = Row("names of outputs that leave the output folder are refused, no file is written")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "home")
        folder.mkdir()
        write_notebook(folder / "sample.ipynb", "print(1)", DECLARED)
        for name in HOSTILE_NAMES:
            (folder / "several.yaml").write_text(f'report: sample.ipynb\nruns: [{{id: "{name}", n: 2}}]\n', encoding="utf-8")
            try:
                plan_portfolio(load_portfolio(folder / "several.yaml"), out=folder / "out")
                code = 0
            except OpenstratError as error:
                code = error.exit_code
            written = sorted(path.name for path in Path(scratch).rglob("*") if path.is_file())
            row.note(is_kept=code == 2 and written == ["sample.ipynb", "several.yaml"], note=f"{name!r}: {code} {written}")
    return row


def yaml_bombs() -> Row:
    """Read documents that blow up; each is refused within 100 MB of memory."""
    row = Row("YAML bombs (aliases, depth, size, merge keys, duplicate keys) are refused below 0.1 s of CPU and 100 MB")
    bombs = [
        "a: &a [x, x]\nb: &b [*a, *a]\nruns: [*b]\n",
        "report: x\nruns: " + "[" * 3000 + "]" * 3000 + "\n",
        "report: " + "x" * 70_000 + "\n",
        "base: &b {n: 1}\nruns: [{<<: *b}]\n",
        "report: a\nreport: b\n",
        "report: \x00\n",
        "- a\n",
        "report: a\n---\nreport: b\n",
        "report: [\n",
        "? [a]\n: b\n",
        "report: \ud800\n",
        "%TAG ! tag:x,2000:\n---\nreport: !x a\n",
    ]
    program = (
        "import resource, sys, time\nfrom pathlib import Path\nfrom openstrat.reporting.portfolio import load_portfolio\n"
        "resource.setrlimit(resource.RLIMIT_AS, (600 * 2**20,) * 2)\nbase = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "started = time.process_time()\ntry:\n    load_portfolio(Path(sys.argv[1]))\n    said = ''\n"
        "except Exception as error:\n    said = type(error).__name__\n"
        "print(said, time.process_time() - started, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024)"
    )
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "bomb.yaml")
        for bomb in bombs:
            path.write_text(bomb, encoding="utf-8", errors="surrogatepass")
            done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
            said, seconds, megabytes = done.stdout.split() if done.returncode == 0 else (done.stderr[-80:], "9", "9e9")
            is_kept = said in ("DocumentError", "ParameterError") and float(seconds) < 0.1 and float(megabytes) < 100
            row.note(is_kept=is_kept, note=f"{bomb[:20]!r}: {said} {seconds} s {megabytes} MB")
    return row
