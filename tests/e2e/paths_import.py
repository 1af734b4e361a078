# SPDX-License-Identifier: GPL-3.0-or-later
"""Files brought in with the import window, step by step."""

from program import wait


def write(crm, text, name="contacts.csv"):
    path = crm.folder / name
    path.write_text(text)
    return path


def go(crm, *steps):
    """Presses Next until each of the steps is the one that is seen."""
    for step in steps:
        crm.click("button", "Next")
        crm.find("button", step, "pressed")


def walk_through(crm):
    """A file is walked through by the names of things, imported, and the import undone."""
    crm.new("people", first_name="Old", last_name="Friend", email="old@example.com")
    path = write(crm, "First Name,Last Name,E-mail,Shoe Size\nAnna,Bell,anna@example.com,38\n"
                      "Cyril,Dvorak,cyril@example.com,44\nOld,Friend,old@example.com,40\n"
                      "Bad,Row,not an address,41\n")
    crm.start(path)
    crm.window("Import")
    crm.see("4 rows")
    go(crm, "Columns", "Matching", "Preview")
    for label in ["All 4", "New 2", "Unchanged 1", "Refused 1"]:
        crm.find("button", label)
    assert crm.people() == ["Old Friend"], "looking changes nothing"
    crm.click("button", "Import 2 People")
    crm.see("Imported 2 people")
    wait("the people", lambda: crm.people() == ["Anna Bell", "Cyril Dvorak", "Old Friend"])
    crm.click("button", "Undo Import")
    wait("the people to go", lambda: crm.people() == ["Old Friend"])
    crm.see("This import was undone.")
    crm.click("button", "Close", number=0, where=lambda w: w.inside("window").name == "Import")


def ambiguous_dates(crm):
    """Dates that can be read in two ways have to be answered before the next step."""
    crm.start(write(crm, "First Name,E-mail,Birthday\nAnna,anna@example.com,03/04/1990\n"
                         "Cyril,cyril@example.com,05/06/1991\n"))
    crm.window("Import")
    crm.see("2 rows")
    go(crm, "Columns")
    crm.see("Please answer")
    assert "sensitive" not in crm.find("button", "Next", hidden=True).states
    crm.click("button", "4 Mar 1990")
    go(crm, "Matching", "Preview")
    crm.click("button", "Import 2 People")
    crm.see("Imported 2 people")
    crm.click("button", "Show Imported")
    crm.see("Part of Them")
    crm.find("row", "Anna")


def correct_rows(crm):
    """In the preview a row is left out and another corrected, and what is still refused is saved."""
    crm.start(write(crm, "First Name,E-mail\nAnna,anna@example.com\nCyril,nowhere\nDora,dora at home\n"
                         "Egon,egon@example.com\n"))
    crm.window("Import")
    crm.see("4 rows")
    go(crm, "Columns", "Matching", "Preview")
    crm.find("button", "Refused 2")
    crm.point("check box", "Import line 5")
    crm.find("button", "Left Out 1")
    crm.point("row", "Line 3: Refused")
    crm.press("F2")
    crm.find("button", "Close Row")
    crm.press("ctrl+a")
    crm.type("cyril@example.com")
    crm.press("Return")
    crm.find("button", "Refused 1")
    crm.click("button", "Import 2 People")
    crm.see("Imported 2 people")
    crm.click("button", "Save Refused Rows…")
    crm.window("Save Refused Rows")
    crm.press("ctrl+a")
    crm.type(str(crm.folder / "refused.csv"))
    crm.press("Return")
    wait("the refused rows", lambda: (crm.folder / "refused.csv").exists()
         and "dora at home" in (crm.folder / "refused.csv").read_text())
    assert crm.people() == ["Anna", "Cyril"], crm.people()


PATHS = [walk_through, ambiguous_dates, correct_rows]
