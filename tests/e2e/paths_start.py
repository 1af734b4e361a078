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


PATHS = [start_empty, start_demo, open_another_workspace]
