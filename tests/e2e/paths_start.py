# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start, workspaces and files that are opened."""

import json

from program import wait


def start_empty(crm):
    """The first start asks who I am and ends in an empty list."""
    crm.start()
    crm.see("Welcome to CRM")
    crm.point("text", "Your Name")
    crm.type("Jana Novakova")
    crm.press("Tab")
    crm.type("jana@example.com")
    crm.click("button", "Start Empty")
    crm.see("No People Yet")
    members = crm.ask("list", "members")
    assert [(m["name"], m["email"]) for m in members] == [("Jana Novakova", "jana@example.com")], members
    crm.quit()
    crm.start()
    crm.see("No People Yet")


def start_demo(crm):
    """Demo data is a workspace of its own, and one step from there is my own."""
    crm.start()
    crm.click("button", "Demo")
    crm.find("button", "Demo – Start Your Own")
    crm.press("ctrl+3")
    crm.find("row")


def open_csv(crm):
    """A file that is opened says what will happen, is imported, and its toast takes it back."""
    crm.new("people", first_name="Old", last_name="Friend", email="old@example.com")
    path = crm.folder / "contacts.csv"
    path.write_text("First Name,Last Name,E-mail,Shoe Size\nAnna,Bell,anna@example.com,38\n"
                    "Cyril,Dvorak,cyril@example.com,44\nOld,Friend,old@example.com,40\n"
                    "Bad,Row,not an address,41\n")
    crm.start(path)
    crm.see("What Will Happen")
    crm.window("Import")
    crm.find("label", "Refused")
    crm.find("label", where=lambda w: "Shoe Size" in w.name, hidden=True)
    assert crm.people() == ["Old Friend"], "looking changes nothing"
    crm.click("button", "Import 2 People")
    wait("the people", lambda: crm.people() == ["Anna Bell", "Cyril Dvorak", "Old Friend"])
    crm.click("button", "Undo")
    wait("the people to go", lambda: crm.people() == ["Old Friend"])


def open_another_workspace(crm):
    """Another workspace opens beside the first, and is the one that is opened next."""
    crm.new("people", first_name="Mine")
    other = crm.workspace("other")
    crm.cli("new", "people", "first_name=Yours", "--workspace", other)
    crm.start()
    crm.press("ctrl+3")
    crm.find("row", "Mine")
    crm.run(other)
    crm.window("People – other")
    crm.find("row", "Yours")
    crm.quit()
    crm.start()
    crm.find("row", "Yours")
    assert json.loads(crm.cli("list", "people", "--format", "json"))[0]["name"] == "Yours"


PATHS = [start_empty, start_demo, open_csv, open_another_workspace]
