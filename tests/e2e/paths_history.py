# SPDX-License-Identifier: GPL-3.0-or-later
"""The history: what was done, undo from there, conflicts, old values, pins."""

from program import wait


def title(crm, record_id):
    return crm.record("people", record_id)["job_title"]


def open_history(crm):
    crm.find("button", "Main Menu")
    crm.press("ctrl+h")
    crm.window("History")


def open_act(crm, label):
    crm.point("list item", label)
    crm.find("list item", label, "focused")
    crm.press("Return")
    crm.find("button", "Undo This")


def history_filters(crm):
    """The history is searched, an act is opened, undone and redone there, and its record opened."""
    record_id = crm.new("people", first_name="Anna", last_name="Bell", job_title="Buyer")
    crm.cli("set", "people", record_id, "job_title=Owner", "--workspace", crm.workspace())
    crm.new("companies", name="Acme")
    crm.start()
    open_history(crm)
    crm.find("list item", "Created Acme")
    crm.press("ctrl+f")
    crm.find("text", "Search the history")
    crm.type("owner")
    crm.gone("list item", "Created Acme")
    open_act(crm, "Anna Bell — Job Title: Buyer → Owner")
    crm.click("button", "Undo This")
    wait("the old title", lambda: title(crm, record_id) == "Buyer")
    crm.click("button", "Redo This")
    wait("the new title", lambda: title(crm, record_id) == "Owner")
    crm.point("list item", "Job Title: Buyer → Owner")
    crm.press("Return")
    crm.find("text", "Job Title")
    crm.press("alt+Left")
    crm.find("button", "Undo This")
    crm.press("alt+Left")
    crm.find("list item", "Anna Bell — Job Title: Buyer → Owner")


def history_menu(crm):
    """An act is undone from its context menu, by the keyboard, and what was undone says so."""
    record_id = crm.new("people", first_name="Anna", last_name="Bell", job_title="Buyer")
    crm.cli("set", "people", record_id, "job_title=Owner", "--workspace", crm.workspace())
    crm.start()
    open_history(crm)
    crm.find("list item", "Anna Bell — Job Title: Buyer → Owner", "focused")
    crm.press("shift+F10")
    crm.find("menu item", "Undo This", hidden=True)
    crm.press("Down", "Return")
    wait("the old title", lambda: title(crm, record_id) == "Buyer")
    crm.find("list item", "Undid: Anna Bell — Job Title: Buyer → Owner")
    crm.see("Undone")


def undo_asks(crm):
    """Where something was changed since, undo asks, Escape changes nothing, and the choice is done."""
    record_id = crm.new("people", first_name="Anna", last_name="Bell", job_title="Buyer")
    for new_title in ["Owner", "Engineer"]:
        crm.cli("set", "people", record_id, f"job_title={new_title}", "--workspace", crm.workspace())
    crm.start()
    open_history(crm)
    open_act(crm, "Anna Bell — Job Title: Buyer → Owner")
    crm.click("button", "Undo This")
    crm.window("Changed Since")
    crm.press("Escape")
    wait("one window", lambda: len(crm.windows()) == 1)
    assert title(crm, record_id) == "Engineer"
    crm.click("button", "Undo This")
    crm.window("Changed Since")
    crm.point("check box", "Restore Job Title: Buyer")
    crm.find("check box", "Restore Job Title: Buyer", "checked")
    crm.click("button", "Undo")
    wait("the oldest title", lambda: title(crm, record_id) == "Buyer")


def restore_and_pin(crm):
    """An old value is restored from a record's stream, and a note is pinned on top of it."""
    record_id = crm.new("people", first_name="Anna", last_name="Bell", job_title="Buyer")
    crm.cli("set", "people", record_id, "job_title=Owner", "--workspace", crm.workspace())
    crm.new("notes", body="Has a dog", about=record_id)
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("Return")
    crm.click("button", "Restore This Value: Job Title, Buyer")
    wait("the old title", lambda: title(crm, record_id) == "Buyer")
    crm.see("Restored Job Title: Buyer")
    crm.click("button", "Pin: Has a dog")
    crm.see("Pinned")
    crm.click("button", "Unpin: Has a dog")
    crm.see_no("Pinned")


def undo_at_once(crm):
    """Ctrl+Z right after a change takes back that change."""
    record_id = crm.new("people", first_name="Anna", last_name="Bell", job_title="Buyer")
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("Delete", "ctrl+z")
    crm.wait_undone()
    assert crm.people() == ["Anna Bell"]
    assert title(crm, record_id) == "Buyer"


PATHS = [history_filters, history_menu, undo_asks, restore_and_pin, undo_at_once]
