# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader sees of a program: a tree of roles, names and states.

The tree is asked for level by level, with all questions of a level under way at once: one by one
they would take seconds. GTK 4.8 does not say what is on the screen; shown () finds it out.
"""

import gi

gi.require_version("Gio", "2.0")

from gi.repository import Gio, GLib  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"

COMPONENT = "org.a11y.atspi.Component"

# The numbers of the protocol; names of roles differ from one version of the toolkit to the next.
ROLES = {
    7: "check box", 10: "column header", 57: "column header", 11: "combo box", 16: "dialog", 23: "window",
    27: "image", 29: "label", 31: "list", 98: "list", 32: "list item", 33: "menu", 35: "menu item", 42: "progress bar",
    43: "button", 62: "button", 44: "radio button", 55: "table", 66: "table", 56: "cell", 61: "text", 79: "text",
    69: "window", 75: "application", 90: "row",
}
STATES = {
    1: "active", 4: "checked", 7: "editable", 10: "expanded", 11: "focusable", 12: "focused", 16: "modal",
    20: "pressed", 23: "selected", 24: "sensitive", 30: "visible",
}


def plain(name):
    """The name that is read. A button that has a mnemonic says its label twice: “_Open Open”."""
    bare = name.replace("_", "")
    half = len(bare) // 2
    if len(bare) % 2 == 1 and bare[half] == " " and bare[:half] == bare[half + 1:]:
        return bare[:half]
    return name


class Gone(Exception):
    """The widget is no more."""


class Bus:
    """The accessibility bus."""

    def __init__(self, connection):
        self.connection = connection

    def call(self, place, interface, method, signature=None, arguments=()):
        parameters = GLib.Variant(signature, arguments) if signature else None
        try:
            answer = self.connection.call_sync(place[0], place[1], interface, method, parameters, None,
                                               Gio.DBusCallFlags.NO_AUTO_START, 20000, None)
        except GLib.Error as error:
            raise Gone(error.message) from error
        answer = answer.unpack()
        return answer[0] if answer else None

    def call_all(self, calls):
        """Makes all calls at once; an answer that does not come is None."""
        answers = [None] * len(calls)
        left = len(calls)

        def answered(connection, result, index):
            nonlocal left
            left -= 1
            try:
                answers[index] = connection.call_finish(result).unpack()[0]
            except GLib.Error:
                pass

        for index, (place, interface, method, parameters) in enumerate(calls):
            self.connection.call(place[0], place[1], interface, method, parameters, None,
                                 Gio.DBusCallFlags.NO_AUTO_START, 20000, None, answered, index)
        context = GLib.MainContext.default()
        while left > 0:
            context.iteration(True)
        return answers

    def find_program(self, pid):
        """The application of a process, or None while it has not come."""
        registry = ("org.a11y.atspi.Registry", ROOT)
        for name, path in self.call(registry, ACCESSIBLE, "GetChildren"):
            try:
                if pid == self.call(("org.freedesktop.DBus", "/org/freedesktop/DBus"), "org.freedesktop.DBus",
                                    "GetConnectionUnixProcessID", "(s)", (name,)):
                    return name, path
            except Gone:
                pass
        return None

    def read(self, place, levels=None):
        """The tree from a place on, or so many levels of it."""
        question = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
        root = Widget(self, place, None)
        level = [root]
        while level and levels != 0:
            levels = levels and levels - 1
            calls = []
            for widget in level:
                calls += [(widget.place, ACCESSIBLE, "GetRole", None),
                          (widget.place, "org.freedesktop.DBus.Properties", "Get", question),
                          (widget.place, ACCESSIBLE, "GetState", None),
                          (widget.place, ACCESSIBLE, "GetChildren", None)]
            answers = self.call_all(calls)
            below = []
            for index, widget in enumerate(level):
                role, name, states, children = answers[index * 4:index * 4 + 4]
                widget.fill(role, name, states)
                if widget is root or "visible" in widget.states:
                    widget.children = [Widget(self, child, widget) for child in children or []]
                    below += widget.children
            level = below
        return root


class Widget:
    """A widget as it was when the tree was read."""

    def __init__(self, bus, place, parent):
        self.bus = bus
        self.place = place
        self.parent = parent
        self.role = self.name = ""
        self.states = frozenset()
        self.children = []

    def __repr__(self):
        return f"{self.role} “{self.name}”"

    def fill(self, role, name, states):
        self.role = ROLES.get(role, str(role))
        self.name = plain(name or "")
        bits = sum(word << 32 * index for index, word in enumerate(states or []))
        self.states = frozenset(label for bit, label in STATES.items() if bits >> bit & 1)

    def walk(self, depth=0):
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def all(self, role=None, name=None, state=None, where=None):
        """All widgets of a role, name (whole) and state, whether or not they are on the screen."""
        return [widget for _, widget in self.walk()
                if (role is None or widget.role == role)
                and (name is None or widget.name == name)
                and (state is None or state in widget.states)
                and (where is None or where(widget))]

    def shown(self, widgets):
        """Those of the widgets that a person can see: its middle or a corner is its own, or of what is in it.

        Pages that lie behind others, what is scrolled away and what was never laid out are not. The middle
        alone would not do: a part that has no name, such as the text of an entry row, says nothing.
        """
        windows = [widget.inside("window") or widget for widget in widgets]
        of_window = GLib.Variant("(u)", (1,))
        extents = self.bus.call_all([(widget.place, COMPONENT, "GetExtents", of_window) for widget in widgets])
        points = []
        for widget, window, box in zip(widgets, windows, extents):
            if box is not None and box[2] > 0 and box[3] > 0:
                x, y, width, height = box
                points += [(widget, window, x + width // 2, y + height // 2), (widget, window, x + 2, y + 2),
                           (widget, window, x + width - 3, y + height - 3)]
        hits = self.bus.call_all([(window.place, COMPONENT, "GetAccessibleAtPoint", GLib.Variant("(iiu)", (x, y, 1)))
                                  for _, window, x, y in points])
        shown = []
        for (widget, _, _, _), hit in zip(points, hits):
            if widget not in shown and hit and any(inner.place == tuple(hit) for _, inner in widget.walk()):
                shown.append(widget)
        return shown

    def has(self, text):
        """Whether a text is on the screen."""
        return bool(self.shown(self.all(where=lambda widget: text in widget.name)))

    def inside(self, role):
        """The widget around this one that has this role."""
        widget = self.parent
        while widget is not None and widget.role != role:
            widget = widget.parent
        return widget

    def dump(self):
        return "\n".join(f"{'  ' * depth}{widget} {' '.join(sorted(widget.states - {'visible', 'sensitive'}))}"
                         for depth, widget in self.walk())

    # Acts

    def description(self):
        """What is said after the name."""
        return self.bus.call(self.place, "org.freedesktop.DBus.Properties", "Get", "(ss)", (ACCESSIBLE, "Description"))

    def actions(self):
        return [action[0] for action in self.bus.call(self.place, "org.a11y.atspi.Action", "GetActions")]

    def act(self):
        """Does what a click does."""
        if not self.bus.call(self.place, "org.a11y.atspi.Action", "DoAction", "(i)", (0,)):
            raise Gone(f"{self} does nothing")

    def extents(self):
        """x, y, width, height in the window."""
        return self.bus.call(self.place, COMPONENT, "GetExtents", "(u)", (1,))

    def text(self):
        place, text = self.place, "org.a11y.atspi.Text"
        count = self.bus.call(place, "org.freedesktop.DBus.Properties", "Get", "(ss)", (text, "CharacterCount"))
        return self.bus.call(place, text, "GetText", "(ii)", (0, count))
