# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: palette, windows of their own, settings, size, names for those who can't see."""

import re

from program import Failure, wait


def palette(crm):
    """Ctrl+K finds a record and an action."""
    crm.new("people", first_name="Anna", last_name="Bell")
    crm.start()
    crm.find("button", "Main Menu")
    crm.press("ctrl+k")
    crm.window("Go To")
    crm.type("anna")
    crm.see("Anna Bell")
    crm.press("Return")
    crm.find("text", "Job Title")
    crm.press("ctrl+k")
    crm.window("Go To")
    crm.type(">pref")
    crm.see("Preferences")
    crm.press("Return")
    crm.window("Preferences")


def own_windows(crm):
    """A place and a record open in windows of their own."""
    crm.new("people", first_name="Anna", last_name="Bell")
    crm.new("companies", name="Acme")
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("ctrl+Return")
    wait("a second window", lambda: len(crm.windows()) == 2)
    crm.run("--window", "companies")
    wait("a third window", lambda: len(crm.windows()) == 3)
    crm.find("row", "Acme")


def preferences(crm):
    """Who I am is changed in the preferences."""
    crm.start()
    crm.click("button", "Start Empty")
    crm.see("No People Yet")
    crm.press("ctrl+comma")
    crm.window("Preferences")
    crm.point("text", "Name")
    crm.press("ctrl+a")
    crm.type("Jana")
    crm.press("Return")
    wait("the name", lambda: [m["name"] for m in crm.ask("list", "members")] == ["Jana"])
    crm.press("Escape")
    wait("one window", lambda: len(crm.windows()) == 1)


def size(crm):
    """The window comes back in the size and at the place in which it was left."""
    crm.new("people", first_name="Anna")
    path = crm.folder / "config/glib-2.0/settings/keyfile"
    path.parent.mkdir(parents=True)
    path.write_text("[org/example/Crm]\nwindow-width=960\nwindow-height=610\nplace='companies'\n")
    for title in ["Companies", "People"]:
        crm.start()
        crm.window(title)
        wait("the size", lambda: (crm.keyboard.active_window() or ())[2:] == (960, 610))
        crm.press("ctrl+3")
        crm.find("row", "Anna")
        crm.quit()


def keyboard_only(crm):
    """Without a mouse: to a list, into a record, a change, and back."""
    record_id = crm.new("people", first_name="Anna", last_name="Bell")
    crm.start()
    crm.find("button", "Main Menu")
    crm.press("ctrl+3")
    crm.find("row", "Anna Bell")
    crm.press("Down", "Return")
    crm.find("text", "First Name")
    crm.press("alt+Left")
    crm.find("row", "Anna Bell")
    crm.press("Delete")
    wait("nobody", lambda: crm.people() == [])
    crm.press("ctrl+z")
    wait("the person again", lambda: crm.people() == ["Anna Bell"])
    assert crm.record("people", record_id)["first_name"] == "Anna"


def nameless(crm):
    """Controls that can have the focus, are on the screen and have no name that a person could read."""
    tree = crm.tree()
    controls = tree.shown(tree.all(state="focusable", where=lambda w: w.role in (
        "button", "text", "check box", "radio button", "combo box", "list item", "row", "cell", "menu item")))
    return [f"{w.role} “{w.name}” in {w.parent}" for w in controls
            if re.fullmatch(r"(Gtk|Adw|Crm)[A-Z]\w*|\s*", w.name) and not labels(w)]


def labels(widget):
    """A widget without a name of its own is read by what is in it."""
    return [inner for _, inner in widget.walk() if inner.role == "label" and inner.name]


def names(crm):
    """Every control on every screen has a name."""
    person = crm.new("people", first_name="Anna", last_name="Bell", email="anna@example.com",
                     company=crm.new("companies", name="Acme"))
    crm.new("deals", name="Roof", contact=person, amount="10 EUR")
    crm.new("tasks", title="Call", due="2026-01-05")
    crm.start()
    bad = []
    for number, title in enumerate(["Tasks", "Deals", "People", "Companies", "Activities", "Notes", "Products"], 1):
        crm.press(f"ctrl+{number}")
        crm.window(title)
        bad += [f"{title}: {what}" for what in nameless(crm)]
    for number, row in [(1, "Call"), (2, "Roof, Anna Bell, €10.00"), (3, "Anna Bell"), (4, "Acme")]:
        crm.press(f"ctrl+{number}")
        # Deals are cards on a board, and the first one has the focus.
        if number == 2:
            crm.find("list item", row, "focused")
        else:
            crm.select(row)
        crm.press("Return")
        crm.find("text", "Write a note, or log a call")
        bad += [f"{row}: {what}" for what in nameless(crm)]
    for key, title in [("ctrl+k", "Go To"), ("ctrl+comma", "Preferences")]:
        crm.press(key)
        crm.window(title)
        bad += [f"{title}: {what}" for what in nameless(crm)]
        crm.press("Escape")
        wait("one window", lambda: len(crm.windows()) == 1)
    if bad:
        raise Failure("these have no name:\n" + "\n".join(bad))


PATHS = [palette, own_windows, preferences, size, keyboard_only, names]
