"""A portfolio's schedule as a ready recipe for cron, systemd, GitHub Actions or Airflow.

All run one command. It holds its own lock (exit code 75 when another run has it), so none of them needs one; a report that fails leaves
the last good one where it is.
"""

from __future__ import annotations

import hashlib
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import openstrat
from openstrat.errors import InputError, did_you_mean
from openstrat.reporting.plan import DEFAULT_OUT
from openstrat.reporting.portfolio import Portfolio
from openstrat.reporting.render import TEMPLATES

KINDS = ("cron", "systemd", "github", "airflow")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RHYTHMS = ("hourly", "daily", "weekly", "monthly")
FORMS = "'hourly', 'daily 05:17', 'weekly, Monday 05:17', 'monthly, day 3 05:17'; without a time one is chosen"
LAST_DAY = 28
"""Every month has it."""
_SCHEDULE = re.compile(r"(?P<rhythm>[a-z]+)(?:,? (?P<day>[a-z]+|day \d{1,2}))?(?:,? (?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d))?")


@dataclass(frozen=True)
class Moment:
    """When to run: `day` is 0 (Monday) to 6 for weekly, 1 to 28 for monthly; `hour` is None for hourly."""

    rhythm: str
    minute: int
    hour: int | None = None
    day: int | None = None

    @property
    def cron(self) -> str:
        """The five fields of a crontab."""
        hour = "*" if self.hour is None else str(self.hour)
        of_month = str(self.day) if self.rhythm == "monthly" else "*"
        of_week = str(((self.day or 0) + 1) % 7) if self.rhythm == "weekly" else "*"
        return f"{self.minute} {hour} {of_month} * {of_week}"

    @property
    def calendar(self) -> str:
        """The event in systemd's words, see systemd.time(7)."""
        week = f"{DAYS[self.day or 0][:3].title()} " if self.rhythm == "weekly" else ""
        day = f"{self.day:02}" if self.rhythm == "monthly" else "*"
        hour = "*" if self.hour is None else f"{self.hour:02}"
        return f"{week}*-*-{day} {hour}:{self.minute:02}:00"


def read_schedule(text: str, name: str) -> Moment:
    """Return the moment that a portfolio's `schedule` names; what it leaves open follows from `name`: an odd minute of a night hour.

    Raises
    ------
    InputError
        With the forms that are understood.
    """
    words = " ".join(text.lower().split())
    found = _SCHEDULE.fullmatch(words)
    if found is None or found["rhythm"] not in RHYTHMS:
        meant = did_you_mean(words.split(",")[0].split(" ")[0], RHYTHMS)
        raise InputError(f"Schedule {text!r} is not understood.{meant} Write {FORMS}.")
    rhythm, given = found["rhythm"], found["day"]
    chance = hashlib.sha256(name.encode()).digest()
    minute = int(found["minute"]) if found["minute"] else _quiet_minute(chance[0])
    hour = None if rhythm == "hourly" else int(found["hour"]) if found["hour"] else 2 + chance[1] % 4
    return Moment(rhythm, minute, hour, _day(rhythm, given, text))


def _quiet_minute(chance: int) -> int:
    """Return an odd minute at which few other jobs start."""
    minutes = [minute for minute in range(7, 58, 2) if minute % 5]
    return minutes[chance % len(minutes)]


def _day(rhythm: str, given: str | None, text: str) -> int | None:
    if rhythm == "weekly" and (given is None or given in DAYS):
        return DAYS.index(given or "monday")
    if rhythm == "monthly" and (given is None or given.startswith("day ")):
        day = int((given or "day 1").removeprefix("day "))
        if 1 <= day <= LAST_DAY:
            return day
        raise InputError(f"Schedule {text!r}: day {day} is not in every month. Allowed: 1 to {LAST_DAY}.")
    if given is not None:
        raise InputError(f"Schedule {text!r}: {given!r} does not fit {rhythm!r}. Write {FORMS}.")
    return None


@dataclass(frozen=True)
class Job:
    """A portfolio and how it is to be run; `limit_s` is the time limit of the whole run in seconds."""

    portfolio: Portfolio
    moment: Moment
    folder: Path
    out: str
    jobs: int = 1
    limit_s: int = 7200

    @property
    def name(self) -> str:
        """Name of units, workflow and DAG."""
        return f"openstrat-{self.portfolio.name}"

    def words(self, program: list[str], portfolio: str) -> list[str]:
        """Return the command as a list of words."""
        return [*program, "run", portfolio, "--jobs", str(self.jobs), "--out", self.out]


def job_of(
    portfolio: Portfolio, *, schedule: str = "", folder: Path | None = None, out: str | None = None, jobs: int = 1, limit_s: int = 7200
) -> Job:
    """Return the job of a portfolio, run in `folder` (the current one) at `schedule` (the portfolio's own, else daily).

    Raises
    ------
    InputError
        If the schedule is not understood.
    """
    moment = read_schedule(schedule or portfolio.schedule or "daily", portfolio.name)
    return Job(portfolio, moment, (folder or Path.cwd()).absolute(), out or str(DEFAULT_OUT), jobs, limit_s)


def recipe(kind: str, job: Job) -> dict[str, str]:
    """Return the files of a recipe by name, in the order to install them.

    Parameters
    ----------
    kind
        `cron`, `systemd`, `github` or `airflow`.
    job
        From `job_of`.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(  # noqa: S701 - no HTML: each value is quoted for the language it stands in
        loader=FileSystemLoader(TEMPLATES / "schedules"), undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )
    values = {"job": job, "title": " ".join(job.portfolio.title.split()), "version": openstrat.__version__} | _COMMANDS[kind](job)
    return {name.format(job.name): environment.get_template(template).render(values) for name, template in FILES[kind].items()}


FILES = {
    "cron": {"{}.crontab": "cron.j2"},
    "systemd": {"{}.service": "systemd.service.j2", "{}.timer": "systemd.timer.j2"},
    "github": {"{}.yml": "github.j2"},
    "airflow": {"{}.py": "airflow.j2"},
}


def _program() -> list[str]:
    script = Path(sys.executable).with_name("openstrat")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "openstrat"]


def _portfolio(job: Job) -> str:
    """Return the portfolio as the command names it: its path from the job's folder, or its name when it is shipped."""
    path = job.portfolio.path.absolute()
    return path.relative_to(job.folder).as_posix() if path.is_relative_to(job.folder) else str(path)


def _limited(job: Job, program: list[str]) -> str:
    """Return the command with a time limit for a shell; at the limit it is asked to end, a minute later it is ended."""
    return shlex.join(["timeout", "--signal=TERM", "--kill-after=60", str(job.limit_s), *job.words(program, _portfolio(job))])


def _for_cron(job: Job) -> dict[str, str]:
    log = f"{job.out}/{job.name}.log"
    text = (
        f"cd {shlex.quote(str(job.folder))} && mkdir -p {shlex.quote(job.out)} && {_limited(job, _program())} >>{shlex.quote(log)} 2>&1; "
        f"code=$?; case $code in 0|3|75) ;; *) echo {shlex.quote(f'openstrat run {_portfolio(job)}: exit code')} $code, "
        f"see {shlex.quote(str(job.folder / log))};; esac"
    )
    return {"command": text.replace("%", "\\%")}  # cron reads a bare % as the end of the line


def _for_systemd(job: Job) -> dict[str, str]:
    words = job.words(_program(), _portfolio(job))
    return {"command": " ".join(map(_systemd_word, words)), "folder": str(job.folder).replace("%", "%%")}


def _systemd_word(word: str) -> str:
    """Return a word as systemd.service(5) quotes it."""
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return text if re.fullmatch(r"[\w./:=@%$+-]+", text) else f'"{text}"'


def _for_github(job: Job) -> dict[str, str]:
    return {"command": _limited(job, ["openstrat"]), "minutes": str(job.limit_s // 60 + 15)}


def _for_airflow(job: Job) -> dict[str, str]:
    text = f"{_limited(job, _program())}; code=$?; if [ $code -eq 3 ]; then exit 0; fi; exit $code"
    return {"command": repr(f"{{% raw %}}{text}{{% endraw %}}"), "folder": repr(str(job.folder)), "dag_id": job.name.replace("-", "_")}


_COMMANDS = {"cron": _for_cron, "systemd": _for_systemd, "github": _for_github, "airflow": _for_airflow}
