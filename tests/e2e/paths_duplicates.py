# SPDX-License-Identifier: GPL-3.0-or-later
"""Duplicates: found with their reasons, merged at once or told apart, and all of it taken back."""

from program import wait


def fill(crm):
    for email in ("jan@example.com", "novak@example.com"):
        crm.new("people", first_name="Jan", last_name="Novák", email=email, phone="+420 601 123 456",
                job_title="Director of Tests", city="Brno", birthday="1970-02-03")
    for number, name in enumerate(["Cyril Bell", "Eva Fiala", "Olga Mintová", "Petr Adler", "Ivo Zeman"]):
        first, last = name.split()
        crm.new("people", first_name=first, last_name=last, email=f"{first.lower()}@example.org",
                phone=f"+420 602 55{number} 7{number}1")


def open_page(crm):
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    crm.find("row", "Eva Fiala")
    crm.press("ctrl+k")
    crm.see("Go to People")
    crm.type("find duplicates people")
    crm.see("Find Duplicates – People")
    crm.press("Return")
    crm.find("button", "Merge Jan Novák · Jan Novák")


def tell_apart(crm):
    """What is said not to be a duplicate is not proposed again, until that is taken back."""
    open_page(crm)
    crm.click("button", "Not Duplicates: Jan Novák · Jan Novák")
    crm.see("No Duplicates")
    crm.click("button", "Look Again")
    crm.see("No Duplicates")
    crm.press("ctrl+z")
    crm.wait_undone()
    crm.click("button", "Look Again")
    crm.find("button", "Merge Jan Novák · Jan Novák")


def merge_likely_ones(crm):
    """All the sure ones are merged at once, after they were shown, and are taken back at once."""
    open_page(crm)
    crm.click("button", "Merge Likely Duplicates…")
    crm.window("Merge Likely Duplicates")
    crm.click("button", "Merge 1 Group")
    wait("the merge", lambda: len(crm.people()) == 6)
    crm.see("No Duplicates")
    crm.press("ctrl+z")
    wait("all of them", lambda: len(crm.people()) == 7)


def warn_while_entering(crm):
    """Who is entered a second time is told beside it, with the reasons, and merged with a click."""
    crm.new("people", first_name="Jan", last_name="Dvořák", email="jan@example.com", city="Brno")
    crm.start()
    crm.press("ctrl+3")
    crm.find("row", "Jan Dvořák")
    crm.press("ctrl+n")
    crm.find("text", "First Name")
    crm.type("Jan")
    crm.press("Tab")
    crm.type("Dvorak")
    crm.press("Tab")
    crm.find("button", "Open Jan Dvořák")
    crm.click("button", "Merge with Jan Dvořák")
    crm.window("Merge 2 People")
    crm.see("Most complete")
    crm.press("ctrl+Return")
    wait("one person", lambda: crm.people() == ["Jan Dvořák"])
    crm.gone("button", "Merge with Jan Dvořák")


def forbid_by_rule(crm):
    """A rule is made in its window, refuses what it forbids, and is taken back."""
    crm.new("people", first_name="Ida", last_name="Malá")
    crm.start()
    crm.press("ctrl+3")
    crm.find("row", "Ida Malá")
    crm.press("ctrl+k")
    crm.window("Go To")
    crm.type(">rules against")
    crm.see("Rules Against Duplicates…")
    crm.press("Return")
    crm.window("Rules Against Duplicates")
    crm.see("No Rules Yet")
    crm.click("button", "New Rule")
    crm.see("If All of These Are Alike")
    for title in ("When Entered Again", "First Name", "Last Name"):
        crm.point("label", title)
        crm.press("Down", "Return")
    crm.click("button", "Save")
    crm.see("Another one is refused")
    crm.cli("new", "people", "first_name=IDA", "last_name=Mala", "--workspace", crm.workspace(), status=1)
    crm.cli("undo", "--workspace", crm.workspace())
    crm.see("No Rules Yet")
    crm.cli("redo", "--workspace", crm.workspace())
    crm.see("Another one is refused")
    crm.press("Escape")
    wait("the window to go", lambda: len(crm.windows()) == 1)
    assert crm.people() == ["Ida Malá"]


PATHS = [warn_while_entering, tell_apart, merge_likely_ones, forbid_by_rule]
