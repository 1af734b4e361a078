# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing many records at once."""

from program import wait


def cities(crm):
    return sorted(person["city"] or "" for person in crm.ask("list", "people", "--workspace", crm.workspace()))


def edit_all(crm):
    """All that is selected gets another city: how many would is shown before, and Ctrl+Z takes it back."""
    for name, city in [("Anna", "Praha"), ("Cyril", "Brno"), ("Eva", "Praha")]:
        crm.new("people", first_name=name, city=city)
    crm.start()
    crm.press("ctrl+3")
    crm.find("row", "Anna")
    crm.press("ctrl+a")
    crm.click("button", "Edit…")
    crm.window("Edit 3 People")
    crm.click("button", "Field")
    crm.find("button", "City", hidden=True)
    crm.type("cit")
    crm.press("Return")
    crm.see("What to Do")
    crm.type("Brno")
    crm.see("Praha → Brno")
    crm.see("2 of 3 will be changed.")
    assert cities(crm) == ["Brno", "Praha", "Praha"]
    crm.click("button", "Change 2 People")
    wait("the new cities", lambda: cities(crm) == ["Brno", "Brno", "Brno"])
    crm.press("ctrl+z")
    wait("the old cities", lambda: cities(crm) == ["Brno", "Praha", "Praha"])


def find(crm, words):
    return len(crm.ask("list", "people", "--filter", words, "--workspace", crm.workspace()))


def tag_all(crm):
    """A new tag is given to all that is selected, and a task is added for each."""
    for name in ("Anna", "Cyril"):
        crm.new("people", first_name=name)
    crm.start()
    crm.press("ctrl+3")
    crm.find("row", "Anna")
    crm.press("ctrl+a")
    crm.press("ctrl+t")
    crm.find("button", "Apply", hidden=True)
    crm.type("VIP")
    crm.press("Return", "Return")
    wait("the tags", lambda: find(crm, 'tags has "VIP"') == 2)
    crm.click("button", "Add Task…")
    crm.find("button", "Add 2 Tasks", hidden=True)
    crm.type("Call")
    crm.press("Return")
    wait("the tasks", lambda: find(crm, 'tags has "VIP" and any tasks (title = "Call")') == 2)


PATHS = [edit_all, tag_all]
