# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: columns, the active cell, editing in cells, copying and pasting."""

from program import wait


def fill(crm):
    ids = {}
    for name, title in [("Anna Bell", "Owner"), ("Cyril Dvorak", "Buyer"), ("Eva Fiala", None)]:
        first, last = name.split()
        fields = {"first_name": first, "last_name": last}
        if title is not None:
            fields["job_title"] = title
        ids[name] = crm.new("people", **fields)
    return ids


def titles(crm):
    return [w.name for w in crm.tree().all("label", where=lambda w: w.inside("column header") is not None)]


def columns(crm):
    """Columns are hidden and sorted by from the palette, for whichever column the active cell is in."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("Home", "Right", "Right")
    crm.find("row", "Anna Bell", "focused", where=lambda w: w.description() == "Job Title: Owner")
    crm.press("ctrl+k")
    crm.see("Go to People")
    crm.type(">hide")
    crm.see("Column: Hide")
    crm.press("Return")
    crm.see_no("Job Title")
    crm.press("Right", "Down", "Home")
    crm.find("row", "Cyril Dvorak", "focused")
    crm.press("ctrl+End", "Home")
    crm.find("row", "Eva Fiala", "focused")
    crm.press("Return")
    crm.window("Eva Fiala")


def value(crm, record, field):
    return crm.ask("show", "people", record).get(field)


def edit_cells(crm):
    """F2 edits the cell, Tab saves and goes on to the next one, Escape gives up, and Ctrl+Z takes it back."""
    ids = fill(crm)
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("Home", "Right", "Right", "F2")
    crm.find("text", "Job Title", "focused", hidden=True)
    crm.type("Chief")
    crm.press("Tab")
    crm.find("text", "E-mail", "focused", hidden=True)
    wait("the new title", lambda: value(crm, ids["Anna Bell"], "job_title") == "Chief")
    crm.type("wrong")
    crm.press("Return")
    crm.find("text", "E-mail", "focused", hidden=True)
    crm.press("Escape")
    crm.find("row", "Anna Bell", "focused")
    crm.press("Down", "Home", "Right", "Right", "F2")
    crm.find("text", "Job Title", "focused", hidden=True)
    crm.type("Seller")
    crm.press("Return")
    crm.find("row", "Eva Fiala", "focused")
    wait("the second title", lambda: value(crm, ids["Cyril Dvorak"], "job_title") == "Seller")
    crm.press("ctrl+z")
    wait("the old title", lambda: value(crm, ids["Cyril Dvorak"], "job_title") == "Buyer")


def copy_and_paste(crm):
    """A cell is copied and pasted into the same column of all rows, and one Ctrl+Z takes that back."""
    ids = fill(crm)
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("Home", "Right", "Right", "ctrl+c", "ctrl+a")
    crm.see("3 selected")
    crm.press("ctrl+v")
    wait("the pasted title", lambda: [value(crm, ids[name], "job_title") for name in ids] == ["Owner"] * 3)
    crm.press("ctrl+z")
    wait("the old titles", lambda: [value(crm, ids[name], "job_title") for name in ids] == ["Owner", "Buyer", None])


PATHS = [columns, edit_cells, copy_and_paste]
