# SPDX-License-Identifier: GPL-3.0-or-later
"""What build-aux/test does once the packages are there; its head says how it is used."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SANITIZED = ["util", "storage", "model", "exchange", "lists", "cli"]
JOBS = str(os.cpu_count() or 2)
STARTED = time.monotonic()

passed = failed = skipped = 0
failures = []


def say(text):
    print(f"[{time.monotonic() - STARTED:4.0f} s] {text}", flush=True)


def fail(what):
    global failed
    failed += 1
    failures.append(what)
    say(f"FAILED: {what}")


def call(command, log=None, **options):
    """Runs a command, quietly if its output goes to a log; the log's end is shown if it fails."""
    command = [str(word) for word in command]
    if log is None:
        return subprocess.run(command, **options).returncode == 0
    with open(log, "wb") as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        text = Path(log).read_text(errors="replace").splitlines()
        text = [line for line in text if not re.match(r"\[\d+/\d+\] ", line)]
        print("\n".join(text[-200:]))
    return done.returncode == 0


def targets_of(folder, suites):
    """What has to be compiled for the tests of these suites."""
    def ask(what):
        output = subprocess.run(["meson", "introspect", f"--{what}", str(folder)],
                                stdout=subprocess.PIPE, check=True).stdout
        return json.loads(output)

    files = {target["id"]: target["filename"] for target in ask("targets")}
    paths = set()
    for test in ask("tests"):
        if any(suite.split(":")[-1] in suites for suite in test["suite"]):
            for target in test["depends"]:
                paths.update(files.get(target, []))
    return sorted(os.path.relpath(path, folder) for path in paths) + ["data/gschemas.compiled"]


def build(folder, title, options, suites=()):
    """Configures, if it has not been, and compiles. Warnings are errors."""
    folder.mkdir(exist_ok=True)
    log = folder / "test-build.log"
    if not (folder / "build.ninja").exists():
        say(f"{title}: configuring {folder}")
        if not call(["meson", "setup", *options, folder, TOP], log):
            fail(f"{title}: meson setup")
            return False
    say(f"{title}: compiling")
    if not call(["ninja", "-k", "20", "-C", folder, *(targets_of(folder, suites) if suites else [])], log):
        fail(f"{title}: build")
        return False
    return True


def count(folder, title):
    """Adds up what the tests said: each line of TAP counts, and a program that dies counts too."""
    global passed, failed, skipped
    path = folder / "meson-logs/testlog.json"
    if not path.exists():
        fail(f"{title}: no test ran")
        return
    for line in path.read_text(errors="replace").splitlines():
        result = json.loads(line)
        name = title + ": " + re.sub(r"\bcrm:", "", result["name"])
        good = bad = none = 0
        for said in (result.get("stdout") or "").splitlines():
            match = re.match(r"\s*(not )?ok\b\s*\d*\s*-?\s*([^#]*)(#.*)?$", said)
            if match is None or said.startswith(" "):
                continue
            if match.group(3) and re.match(r"#\s*(skip|todo)", match.group(3), re.I):
                none += 1
            elif match.group(1):
                bad += 1
                failures.append(f"{name}: {match.group(2).strip()}")
            else:
                good += 1
        outcome = result["result"]
        if outcome in ("OK", "EXPECTEDFAIL"):
            good = good or (0 if none else 1)
        elif outcome == "SKIP":
            none = none or 1
        elif bad == 0:
            bad = 1
            failures.append(f"{name}: {outcome.lower()}")
        passed += good
        skipped += none
        failed += bad


def run_tests(folder, title, suites, display):
    say(f"{title}: testing")
    (folder / "meson-logs/testlog.json").unlink(missing_ok=True)
    command = ["meson", "test", "-C", str(folder), "--no-rebuild", "--print-errorlogs",
               "--num-processes", JOBS, "--timeout-multiplier", "4"]
    for suite in suites:
        command += ["--suite", suite]
    environment = dict(os.environ)
    if display:
        # A display and a bus of their own: what runs on this machine must not be touched.
        for variable in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            environment.pop(variable, None)
        command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24 -nolisten tcp",
                   "dbus-run-session", "--", *command]
    environment.setdefault("LC_ALL", "C.UTF-8")
    with tempfile.TemporaryDirectory() as home:
        # Nor may a test see or change what belongs to the one who runs it.
        for variable in ("DATA", "CONFIG", "STATE", "CACHE"):
            environment[f"XDG_{variable}_HOME"] = f"{home}/{variable.lower()}"
        environment["XDG_RUNTIME_DIR"] = f"{home}/run"
        os.mkdir(f"{home}/run", 0o700)
        environment.pop("CRM_WORKSPACE", None)
        log = folder / "test-run.log"
        with open(log, "wb") as output:
            subprocess.run(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    text = log.read_text(errors="replace")
    print(text[-20000:])
    count(folder, title)


def finish():
    if failures:
        print("\nFailed:")
        for failure in failures:
            print(f"  {failure}")
    if skipped:
        print(f"({skipped} skipped)")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def here(quick):
    folder = Path(os.environ.get("CRM_BUILD", TOP / "build"))
    if build(folder, "tests", []):
        run_tests(folder, "tests", [], True)
    if not quick:
        folder = folder.parent / (folder.name + "-sanitize")
        options = ["-Dbuildtype=debug", "-Doptimization=1", "-Db_sanitize=address,undefined",
                   "-Db_lundef=false"]
        os.environ.setdefault("ASAN_OPTIONS", "detect_leaks=1:abort_on_error=1:strict_string_checks=1")
        os.environ.setdefault("UBSAN_OPTIONS", "halt_on_error=1:abort_on_error=1:print_stacktrace=1")
        os.environ.setdefault("LSAN_OPTIONS", f"suppressions={TOP}/build-aux/lsan.supp:print_suppressions=0")
        if build(folder, "sanitizers", options, SANITIZED):
            run_tests(folder, "sanitizers", SANITIZED, False)
    finish()


def mirror():
    """The address that this machine gets Debian's packages from."""
    for path in ["/etc/apt/sources.list", *sorted(map(str, Path("/etc/apt/sources.list.d").glob("*")))]:
        try:
            text = Path(path).read_text()
        except OSError:
            continue
        for line in text.splitlines():
            match = re.match(r"(?:deb\s+(?:\[[^]]*\]\s*)?|URIs:\s*)(https?://\S*?/debian/?)(?:\s|$)", line)
            if match:
                return match.group(1)
    return "http://deb.debian.org/debian"


def newest(quick):
    with tempfile.TemporaryDirectory(prefix="crm-newest-") as folder:
        os.chmod(folder, 0o755)
        archive = Path(folder) / "crm.tar"
        names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                               cwd=TOP, stdout=subprocess.PIPE, check=True).stdout
        names = b"\0".join(n for n in names.split(b"\0") if n and (TOP / os.fsdecode(n)).exists())
        subprocess.run(["tar", "-cf", str(archive), "--null", "-T", "-"], cwd=TOP, input=names, check=True)
        script = Path(folder) / "inside"
        script.write_text(
            "set -e\nmkdir /crm\ntar -xf /crm.tar -C /crm\ncd /crm\n"
            "export HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"
            # Newer libraries show another tree to the accessibility bus; the paths are written for the floor's.
            "export CRM_TEST_E2E=off\n"
            "build-aux/packages/install run test\n"
            "for p in glib-2.0 gtk4 libadwaita-1 sqlite3; do\n"
            "  printf '%s %s\\n' $p \"$(pkg-config --modversion $p)\"\n"
            "done\n"
            f"exec build-aux/test{' --quick' if quick else ''}\n")
        say("making a root of Debian testing")
        # The mirror's index may be older than it says it lasts; what it names is signed all the same.
        command = ["mmdebstrap", "--variant=apt", "--include=python3,ca-certificates",
                   '--aptopt=Acquire::Check-Valid-Until "false"', '--aptopt=APT::Install-Recommends "false"',
                   f"--customize-hook=copy-in {archive} {script} /",
                   '--customize-hook=chroot "$1" sh /inside; echo "status $?"',
                   "--skip=cleanup/apt", "testing", "/dev/null", mirror()]
        last = status = ""
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   text=True, errors="replace")
        for line in process.stdout:
            line = line.rstrip("\n")
            if re.fullmatch(r"\d+ passed, \d+ failed", line):
                last = line
            elif re.fullmatch(r"status \d+", line):
                status = line
            else:
                print(line, flush=True)
        process.wait()
    if not last:
        fail("the root of Debian testing could not be made, or the tests did not end")
        finish()
    print(last)
    sys.exit(0 if status == "status 0" else 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newest", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    if options.newest:
        newest(options.quick)
    else:
        here(options.quick)


if __name__ == "__main__":
    main()
