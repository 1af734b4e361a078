# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups of a table with their headings, and what is told below its columns."""

from paths_lists import rows
from program import wait

VIEW = ["--columns", "name,stage,amount", "--sort", "name", "--group", "stage", "--favorite"]


def fill(crm):
    for name, stage, amount in [("Roof", "New", "1000 EUR"), ("Cellar", "Proposal", "500 EUR"),
                                ("Garden", "Proposal", "250 EUR")]:
        crm.new("deals", name=name, stage=stage, amount=amount)
    crm.cli("view", "add", "deals", "By Stage", *VIEW, "--workspace", crm.workspace())


def go(crm, words, title):
    crm.press("ctrl+k")
    crm.see("Go to People")
    crm.type(words)
    crm.see(title)
    crm.press("Return")
    crm.see_no(title)


def group_and_sum(crm):
    """Headings tell how many and how much, collapse by key and by click, and a footer sums up the column."""
    fill(crm)
    crm.start()
    crm.point("list item", "By Stage")
    new, proposal = "New, 1 deal, €1,000.00", "Proposal, 2 deals, €750.00"
    expected = [new, "Roof", proposal, "Cellar", "Garden"]
    wait("the groups", lambda: rows(crm) == expected)
    crm.point("row", proposal)
    wait("a collapsed group", lambda: rows(crm) == expected[:3])
    crm.press("Right")
    wait("the group again", lambda: rows(crm) == expected)
    crm.press("Left", "space")
    wait("the group again", lambda: rows(crm) == expected)
    go(crm, ">collapse", "Collapse All Groups")
    wait("headings alone", lambda: rows(crm) == [new, proposal])
    crm.press("ctrl+a")
    crm.see("3 selected")
    crm.point("row", new)
    wait("one group again", lambda: rows(crm) == expected[:3])

    crm.point("label", "€1,000.00", number=1)
    go(crm, ">show sum", "Column: Show Sum")
    crm.see("Amount: Sum €1,750.00")
    crm.new("deals", name="Shed", stage="New", amount="50 EUR")
    crm.see("Amount: Sum €1,800.00")
    wait("the new one", lambda: "Shed" in rows(crm))


PATHS = [group_and_sum]
