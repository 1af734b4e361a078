# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a record: edits, drafts, notes, tasks, calls."""

from program import wait


def open_person(crm, **fields):
    record_id = crm.new("people", **{"first_name": "Anna", "last_name": "Bell", **fields})
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("Return")
    crm.find("text", "Job Title")
    return record_id


def edit_and_undo(crm):
    """A field is saved when it is left, and Ctrl+Z takes it back."""
    record_id = open_person(crm, job_title="Buyer")

    def title():
        return crm.record("people", record_id)["job_title"]

    crm.point("text", "Job Title")
    crm.press("ctrl+a")
    crm.type("Owner")
    crm.press("Tab")
    wait("the new title", lambda: title() == "Owner")
    crm.press("ctrl+z")
    wait("the old title", lambda: title() == "Buyer")
    crm.press("ctrl+shift+z")
    wait("the new title again", lambda: title() == "Owner")


def refuse_and_escape(crm):
    """Escape puts the old value back, and a wrong value keeps the old one and says why."""
    record_id = open_person(crm, job_title="Buyer", email="anna@example.com")
    crm.point("text", "Job Title")
    crm.press("ctrl+a")
    crm.type("Nonsense")
    crm.press("Escape", "Tab")
    assert crm.record("people", record_id)["job_title"] == "Buyer"


def draft(crm):
    """A new record is stored once it has a name; a draft that is left empty is not."""
    crm.start()
    crm.click("button", "Start Empty")
    crm.see("No People Yet")
    crm.press("ctrl+n")
    crm.find("text", "First Name")
    assert crm.people() == [], "a draft is not stored"
    crm.press("alt+Left")
    crm.see("No People Yet")
    assert crm.people() == [], "a draft that was left is not stored"
    crm.press("ctrl+n")
    crm.find("text", "First Name")
    crm.type("Anna")
    crm.press("Tab")
    wait("the new person", lambda: crm.people() == ["Anna"])
    crm.type("Bell")
    crm.press("Return")
    wait("the whole name", lambda: crm.people() == ["Anna Bell"])


def notes(crm):
    """A note is written on the page of a person."""
    open_person(crm)
    crm.point("text", "Write a note, or log a call")
    crm.type("Likes tea")
    crm.click("button", "Add Note")

    def stored():
        return [note["body"] for note in crm.ask("list", "notes", "--workspace", crm.workspace())]

    wait("the note", lambda: stored() == ["Likes tea"])
    crm.see("Likes tea")


def tasks_and_calls(crm):
    """A task is added and a call is logged on the page of a person."""
    open_person(crm)

    def count(name):
        return int(crm.cli("count", name, "--workspace", crm.workspace()))

    crm.click("button", "Add Task", where=lambda w: w.inside("button") is not None)
    crm.find("text", "Title", hidden=True)
    crm.type("Send the offer")
    crm.press("Return")
    wait("the task", lambda: count("tasks") == 1)
    crm.see("Send the offer")
    crm.click("button", "Log Call", where=lambda w: w.inside("button") is not None)
    crm.find("text", "Subject", hidden=True)
    crm.type("Asked about prices")
    crm.press("Return")
    wait("the call", lambda: count("activities") == 1)


def company(crm):
    """A company shows its people and its deals."""
    company_id = crm.new("companies", name="Acme")
    crm.new("people", first_name="Anna", last_name="Bell", company=company_id)
    crm.new("deals", name="Roof", company=company_id)
    crm.start()
    crm.press("ctrl+4")
    crm.select("Acme")
    crm.press("Return")
    crm.find("label", "Anna Bell", hidden=True, where=lambda w: w.inside("cell") is None)
    crm.find("label", "Roof", hidden=True)


PATHS = [edit_and_undo, refuse_and_escape, draft, notes, tasks_and_calls, company]
