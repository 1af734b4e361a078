# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the end-to-end paths: the real program on a desktop of its own, driven as by a person.

run.py PROGRAM [PATH…] prints TAP. With CRM_TEST_PICTURES=FOLDER, the screen of a path that fails is
kept there, with what a screen reader sees of it.
"""

import importlib
import os
import re
import sys
import time
import traceback
from pathlib import Path


def skip(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


if os.environ.get("CRM_TEST_E2E") == "off":
    skip("left out by CRM_TEST_E2E=off")

try:
    import gi  # noqa: F401
except ImportError:
    skip("Python’s gi (python3-gi) is not installed")

import session as desktop  # noqa: E402
from accessible import Bus  # noqa: E402
from keyboard import Keyboard  # noqa: E402
from program import Program  # noqa: E402

FOLDER = Path(__file__).resolve().parent
PATHS = [path for file in sorted(FOLDER.glob("paths_*.py")) for path in importlib.import_module(file.stem).PATHS]


def keep(session, program, name):
    folder = os.environ.get("CRM_TEST_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        session.save_picture(Path(folder, name + ".png"))
        Path(folder, name + ".txt").write_text(program.tree().dump())


def run_path(session, bus, keyboard, binary, function):
    """What went wrong, or None."""
    program = Program(session, bus, keyboard, binary)
    try:
        function(program)
        # A program that complains is wrong even when it looks right.
        complaints = re.findall(r".*(?:WARNING|CRITICAL|ERROR) \*\*.*", program.words())
        return "\n".join(complaints[:5]) or None
    except Exception as error:
        where = next((frame for frame in reversed(traceback.extract_tb(error.__traceback__))
                      if "paths_" in frame.filename), None)
        line = f"{Path(where.filename).name}:{where.lineno}: {where.line}\n" if where else ""
        try:
            keep(session, program, function.__name__)
        except Exception as other:
            line += f"(no picture: {other})\n"
        return f"{line}{type(error).__name__}: {error}\n{program.words()[-1500:]}"
    finally:
        program.close()


def main():
    reason = desktop.missing()
    if reason:
        skip(reason)
    binary, *names = sys.argv[1:]
    paths = [function for function in PATHS if not names or function.__name__ in names]
    print(f"1..{len(paths)}", flush=True)
    session = desktop.Session()
    failed = 0
    try:
        bus = Bus(session.accessibility)
        keyboard = Keyboard(session.environment["DISPLAY"])
        for number, function in enumerate(paths, 1):
            began = time.monotonic()
            wrong = run_path(session, bus, keyboard, os.path.abspath(binary), function)
            title = function.__doc__.strip().rstrip(".")
            print(f"{'not ' if wrong else ''}ok {number} - {title}", flush=True)
            for line in (wrong or "").splitlines():
                print(f"# {line}")
            print(f"# {function.__name__}: {time.monotonic() - began:.1f} s", flush=True)
            failed += wrong is not None
    finally:
        session.close()
    sys.exit(1 if failed else 0)


main()
