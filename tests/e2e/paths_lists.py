# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists: rows, search, order, trash, and what other programs change."""

from program import wait


def rows(crm):
    return [row.name for row in crm.tree().all("row", where=lambda w: w.inside("list") is not None)]


def fill(crm):
    for first, last, company in [("Anna", "Bell", "Zeta"), ("Cyril", "Dvorak", "Alpha"), ("Eva", "Fiala", "Mint")]:
        crm.new("people", first_name=first, last_name=last, company=crm.new("companies", name=company))


def wait_rows(crm, *names):
    wait(f"the rows {', '.join(names)}", lambda: rows(crm) == list(names))


def search_and_sort(crm):
    """A list shows its records in rows and cells, typing filters it, and a column's head sorts it."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    crm.find("table", "People")
    cells = [w.name for w in crm.tree().all("label", where=lambda w: w.inside("cell") is not None)]
    assert cells[:2] == ["Anna Bell", "Zeta"], cells
    crm.type("dvo")
    wait_rows(crm, "Cyril Dvorak")
    crm.press("Escape")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    crm.point("label", "Company", where=lambda w: w.inside("cell") is None)
    wait_rows(crm, "Cyril Dvorak", "Eva Fiala", "Anna Bell")
    crm.point("label", "Company", at=0.1, where=lambda w: w.inside("cell") is None)
    wait_rows(crm, "Anna Bell", "Eva Fiala", "Cyril Dvorak")
    crm.type("nobody")
    crm.see("No Matches")
    crm.click("button", "Clear Search")
    wait_rows(crm, "Anna Bell", "Eva Fiala", "Cyril Dvorak")


def trash_and_restore(crm):
    """Delete moves to the trash, Ctrl+Z takes it back, and the trash restores."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    crm.select("Cyril Dvorak")
    crm.press("Delete")
    wait_rows(crm, "Anna Bell", "Eva Fiala")
    crm.press("ctrl+z")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    crm.select("Eva Fiala")
    crm.press("Delete")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak")
    crm.point("list item", "Trash")
    crm.point("label", "Eva Fiala")
    crm.click("button", "Restore")
    wait("the restored one", lambda: "Eva Fiala" in crm.people())


def change_from_outside(crm):
    """What the command line changes is seen in the open window."""
    record_id = crm.new("people", first_name="Anna", last_name="Bell")
    crm.start()
    crm.press("ctrl+3")
    crm.find("row", "Anna Bell")
    crm.cli("set", "people", record_id, "last_name=Novak", "--workspace", crm.workspace())
    # A second is the promise; the rest is for a machine that does other things too.
    wait("the new name", lambda: rows(crm) == ["Anna Novak"], 5)
    path = crm.folder / "more.csv"
    path.write_text("First Name,Last Name\nCyril,Dvorak\n")
    crm.cli("import", "people", path, "--workspace", crm.workspace())
    wait("the imported one", lambda: rows(crm) == ["Cyril Dvorak", "Anna Novak"], 5)


def deals_on_a_board(crm):
    """Deals are shown on a board, with how many each stage holds and what they come to; Ctrl+Right moves one on."""
    for name, stage in [("Roof", "New"), ("Cellar", "Proposal"), ("Garden", "Proposal")]:
        crm.new("deals", name=name, stage=stage, amount="1000 EUR")
    crm.start()
    crm.press("ctrl+2")
    crm.see("3 open · €3,000.00 · weighted €1,300.00")
    crm.see("1 · €1,000.00")
    crm.press("ctrl+Right")
    wait("the stage", lambda: crm.ask("count", "deals", "--filter", 'name = "Roof" and stage = "Qualified"') == 1)


def saved_views(crm):
    """The views of a type are below it in the sidebar, and show what their filter finds in their own order."""
    for name, newsletter in [("Anna", "true"), ("Boris", "false"), ("Cyril", "true")]:
        crm.new("people", first_name=name, newsletter=newsletter)
    crm.start()
    crm.press("ctrl+3")
    crm.see("Boris")
    crm.point("list item", "Newsletter Subscribers")
    crm.window("Newsletter Subscribers – My Workspace")
    crm.see("2 of 3")
    crm.see("Cyril")
    crm.see_no("Boris")
    crm.press("ctrl+2")
    crm.see("Closing This Month")
    crm.see_no("Not Contacted for 90 Days")
    crm.press("ctrl+k")
    crm.see("Go to People")
    crm.type("due today")
    crm.see("Go to Tasks – Due Today")
    crm.press("Return")
    crm.see("Nothing Here Now")


PATHS = [search_and_sort, trash_and_restore, change_from_outside, deals_on_a_board, saved_views]
