# SPDX-License-Identifier: GPL-3.0-or-later
"""The program under test: its window, driven by what a person reads, and its command line."""

import itertools
import json
import os
import subprocess
import time
from pathlib import Path

from gi.repository import GLib

from accessible import Gone

APPLICATION = "org.example.Crm"
PATIENCE = float(os.environ.get("CRM_TEST_PATIENCE", "30"))  # seconds; a bound for a machine under load


class Failure(Exception):
    """What a person would say is wrong."""


def wait(what, condition, patience=PATIENCE):
    """Waits until a condition holds, and returns what it gave."""
    end = time.monotonic() + patience
    context = GLib.MainContext.default()
    while True:
        try:
            answer = condition()
        except Gone:
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failure(f"waited {patience} s for {what}")
        GLib.timeout_add(20, lambda: GLib.SOURCE_REMOVE)
        context.iteration(True)


class Program:
    """A person's computer with the program on it: settings, state and workspaces of its own."""

    numbers = itertools.count(1)

    def __init__(self, session, bus, keyboard, binary):
        self.session = session
        self.bus = bus
        self.keyboard = keyboard
        self.binary = binary
        self.process = None
        self.place = None
        self.folder = session.folder / f"user-{next(self.numbers)}"
        self.folder.mkdir()
        self.environment = dict(session.environment)
        for name in ("data", "config", "state", "cache"):
            (self.folder / name).mkdir()
            self.environment[f"XDG_{name.upper()}_HOME"] = str(self.folder / name)
        # A page that slides in has two places for a moment.
        (self.folder / "config/gtk-4.0").mkdir()
        (self.folder / "config/gtk-4.0/settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n")
        self.said = self.folder / "said"

    # The command line

    def cli(self, *arguments, status=0):
        done = subprocess.run([self.binary, *map(str, arguments)], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        if done.returncode != status:
            raise Failure(f"crm {' '.join(map(str, arguments))}: status {done.returncode}, {done.stderr.strip()}")
        return done.stdout

    def ask(self, *arguments):
        return json.loads(self.cli(*arguments, "--format", "json"))

    def workspace(self, name="default"):
        """Makes a workspace that the window opens by itself, past its first start."""
        path = self.folder / f"data/crm/{name}.crm"
        path.parent.mkdir(exist_ok=True)
        return path

    def new(self, type_name, **fields):
        """A new record by the command line; returns its id."""
        arguments = [f"{name}={value}" for name, value in fields.items()]
        return self.ask("new", type_name, *arguments, "--workspace", self.workspace())["id"]

    def record(self, type_name, record_id):
        return self.ask("show", type_name, record_id, "--workspace", self.workspace())

    def wait_undone(self):
        """Waits until the last thing that was done is an undo; what the window says of it is soon gone."""
        wait("the undo", lambda: self.ask("history", "--limit", 1, "--workspace",
                                          self.workspace())[0]["label"].startswith("Undid: "))

    def people(self):
        return sorted(person["name"] for person in self.ask("list", "people", "--workspace", self.workspace()))

    # The window

    def start(self, *arguments, **environment):
        wait("the program before to end", lambda: not self.session.has_owner(APPLICATION))
        with open(self.said, "ab") as said:
            self.process = subprocess.Popen([self.binary, *map(str, arguments)],
                                            env={**self.environment, **environment}, stdout=said, stderr=said,
                                            stdin=subprocess.DEVNULL)
        self.place = wait("the program on the accessibility bus", self._find)
        wait("a window that has the keyboard", self._has_keyboard)

    def run(self, *arguments):
        """Starts the program again, which hands its arguments to the one that runs."""
        done = subprocess.run([self.binary, *map(str, arguments)], env=self.environment, timeout=60)
        if done.returncode != 0:
            raise Failure(f"crm {' '.join(map(str, arguments))}: status {done.returncode}")

    def _find(self):
        if self.process.poll() is not None:
            raise Failure(f"the program ended with status {self.process.returncode}: {self.words()}")
        return self.bus.find_program(self.process.pid)

    def _has_keyboard(self):
        """The window that gets keys; those that come before there is one are lost."""
        windows = [window for window in self.bus.read(self.place, 2).children if "visible" in window.states]
        active = [window for window in windows if "active" in window.states]
        # GTK does not say it of dialogs, such as those that choose files.
        if not active and self.keyboard.active_window():
            active = [window for window in windows if window.role != "window"]
        return active[-1] if active else None

    def words(self):
        return self.said.read_text(errors="replace").strip() if self.said.exists() else ""

    def tree(self, place=None, levels=None):
        """What is on the screen, or in a window of it."""
        if self.process.poll() is not None:
            raise Failure(f"the program ended with status {self.process.returncode}: {self.words()}")
        return self.bus.read(place or self.place, levels)

    def windows(self):
        return [widget for widget in self.tree(levels=2).children if "visible" in widget.states]

    def wait_end(self):
        wait("the program to end", lambda: self.process.poll() is not None)
        if self.process.returncode != 0:
            raise Failure(f"the program ended with status {self.process.returncode}: {self.words()}")
        self.process = None

    def quit(self):
        self.press("ctrl+q")
        self.wait_end()

    def close(self):
        self.keyboard.release()
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    # Finding

    def find(self, role=None, name=None, state=None, where=None, number=0, hidden=False):
        """Waits for a widget on the screen (or, if hidden, anywhere): the first, or one of several."""
        def look():
            tree = self.tree()
            found = tree.all(role, name, state, where)
            if not hidden:
                found = tree.shown(found)
            return found if len(found) > number else None

        label = f"{role or 'a widget'} “{name or ''}”{' ' + state if state else ''}"
        return wait(label, look)[number]

    def see(self, text):
        """Waits for a text on the screen."""
        wait(f"the text “{text}”", lambda: self.tree().has(text))

    def see_no(self, text):
        wait(f"the text “{text}” to go", lambda: not self.tree().has(text))

    def gone(self, role=None, name=None, where=None):
        def look():
            tree = self.tree()
            return not tree.shown(tree.all(role, name, where=where))

        wait(f"{role or 'a widget'} “{name or ''}” to go", look)

    def click(self, role, name, **options):
        def act():
            widget = self.find(role, name, "sensitive", **options)
            widget.act()
            return widget

        # One that goes in between has come again in a page that was made anew.
        return wait(f"{role} “{name}” to be clicked", act)

    def place_of(self, widget, across=0.5, down=0.5):
        """A point of a widget on the screen, as parts of its width and height."""
        window = widget.inside("window")
        x, y, width, height = widget.extents()
        frame = wait("the window to be the active one", self.keyboard.active_window)
        # Around the window's own content is the room of its shadow, the same on all sides.
        shadow = (frame[2] - window.extents()[2]) // 2
        return frame[0] + shadow + x + int(width * across), frame[1] + shadow + y + int(height * down)

    def point(self, role=None, name=None, button=1, at=0.5, **options):
        """Clicks into a widget with the mouse, in the middle or at a part of its width."""
        widget = self.find(role, name, **options)
        self.keyboard.click(*self.place_of(widget, at), button)
        return widget

    def hold(self, widget):
        """Begins to drag a widget."""
        x, y = self.place_of(widget)
        self.keyboard.hold(x, y)
        self.keyboard.move(x + 20, y + 10)

    def drop(self, widget, down=0.5):
        """Drops what is dragged onto a widget, at a part of its height."""
        self.keyboard.move(*self.place_of(widget, down=down))
        self.keyboard.release()

    def drag(self, widget, target, down=0.5):
        self.hold(widget)
        self.drop(target, down)

    def select(self, name):
        """Clicks on a row of a list, and waits until it has the focus."""
        self.point("row", name)
        self.find("row", name, "focused")

    def window(self, title):
        """Waits for a window whose title begins so, until it has the keyboard."""
        def look():
            window = self._has_keyboard()
            return window if window and window.name.startswith(title) else None

        return wait(f"a window “{title}”", look)

    def press(self, *keys):
        wait("a window that has the keyboard", self._has_keyboard)
        self.keyboard.press(*keys)

    def type(self, text):
        wait("a window that has the keyboard", self._has_keyboard)
        self.keyboard.type(text)
