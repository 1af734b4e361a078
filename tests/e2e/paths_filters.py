# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters: chips, their editors, the window for the whole filter, and what a cell has."""

from paths_lists import rows, wait_rows
from program import wait


def fill(crm):
    for first, last, city in [("Anna", "Bell", "Brno"), ("Cyril", "Dvorak", "Praha"), ("Eva", "Fiala", "Brno")]:
        company = crm.new("companies", name=f"Firm in {city} of {last}", city=city)
        crm.new("people", first_name=first, last_name=last, company=company)


def add_filter(crm, words):
    """By the keyboard alone: a field, found by what it is called."""
    crm.press("ctrl+shift+f")
    crm.find("text", "Search Fields", "focused", hidden=True)
    crm.type(words)
    crm.press("Return")


def command(crm, words, title):
    crm.press("ctrl+k")
    crm.see("Go to People")
    crm.type(words)
    crm.see_no("Go to People")
    crm.see(title)
    crm.press("Return")


def filter_by_chips(crm):
    """A chip filters by a related record's field while one types, and goes by Delete."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    add_filter(crm, "company city")
    crm.find("text", "Value", "focused", hidden=True)
    crm.type("brno")
    wait_rows(crm, "Anna Bell", "Eva Fiala")
    crm.press("Return")
    crm.find("button", "Filter: Company › City contains brno")
    crm.type("bell")
    wait_rows(crm, "Anna Bell")
    crm.press("Escape")
    wait_rows(crm, "Anna Bell", "Eva Fiala")
    crm.click("button", "Remove Filter: Company › City contains brno")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")


def filter_as_text(crm):
    """The window for the whole filter reads text, says how many match and what is wrong; No Matches clears it."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    command(crm, ">edit filter", "Edit Filter…")
    crm.window("Filter People")
    crm.see("3 people match")
    crm.find("text", "Filter as Text", "focused", hidden=True)
    crm.type('company.city = Brno and none deals (stage = Won')
    crm.see("but the filter ends")
    crm.type(')')
    crm.see("2 people match")
    crm.see("Deals, for which")
    crm.press("ctrl+Return")
    wait_rows(crm, "Anna Bell", "Eva Fiala")
    crm.find("button", "Filter: No Deals where Stage is Won")
    add_filter(crm, "last name")
    crm.find("text", "Value", "focused", hidden=True)
    crm.type("nobody")
    crm.press("Return")
    crm.see("No Matches")
    crm.click("button", "Clear Filters")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")


def filter_by_a_cell(crm):
    """What a cell has is shown alone, or hidden, and the same from the palette."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    crm.point("label", "Firm in Praha of Dvorak")
    crm.find("row", "Cyril Dvorak", "focused")
    command(crm, ">hide this", "Hide This Value")
    wait_rows(crm, "Anna Bell", "Eva Fiala")
    wait("the chip", lambda: crm.tree().all("button", "Filter: Company is not Firm in Praha of Dvorak"))
    crm.point("label", "Firm in Brno of Bell", button=3)
    crm.find("menu item", "Show Only Company: Firm in Brno of Bell", hidden=True)
    crm.press("Down", "Down", "Return")
    wait("one row", lambda: rows(crm) == ["Anna Bell"])


PATHS = [filter_by_chips, filter_as_text, filter_by_a_cell]
