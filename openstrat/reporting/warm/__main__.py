"""Run a command whose Jupyter kernels share one warm server: `python -m openstrat.reporting.warm sh loop.sh`.

The server ends with the command. Its notebooks have to name the kernel `openstrat`, as in `papermill -k openstrat`.
"""

from __future__ import annotations

import os
import subprocess
import sys

from openstrat.reporting.warm import client


def main(command: list[str]) -> int:
    """Return the command's exit code."""
    if not command:
        sys.stderr.write("Give the command to run, for example: python -m openstrat.reporting.warm sh loop.sh\n")
        return 2
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    try:
        environment[client.ADDRESS] = client.server_for(environment).address
    except client.NotWarmError as reason:
        sys.stderr.write(f"Kernels start cold: {reason}.\n")
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
