# SPDX-License-Identifier: GPL-3.0-or-later
"""Data quality: what is written in different ways is counted, shown before it is changed, and taken back."""

from program import wait


def last_names(crm, ids):
    return [crm.record("people", person)["last_name"] for person in ids]


def tidy_up(crm):
    """Names in capitals are standardised after a preview, and come back with one undo."""
    ids = [crm.new("people", first_name="Jan", last_name="NOVÁK", email="jan@example.com"),
           crm.new("people", first_name="Eva", last_name="van der berg", email="eva@example.com"),
           crm.new("people", first_name="Ian", last_name="McDonald", email="ian@example.com")]
    before = crm.cli("check", "--dump", "--workspace", crm.workspace())
    crm.start()
    crm.press("ctrl+k")
    crm.see("Go to People")
    crm.type("data quality")
    crm.see("Go to Data Quality")
    crm.press("Return")
    crm.see("Weeks between Reviews")
    crm.point("list item", "Names in capitals, or without any")
    crm.see("NOVÁK → Novák")
    crm.see("van der berg → van der Berg")
    crm.see("2 of 2")
    crm.click("button", "Standardise 2 Names")
    wait("the names", lambda: last_names(crm, ids) == ["Novák", "van der Berg", "McDonald"])
    crm.see("Nothing Left to Do Here")
    crm.press("ctrl+z")
    wait("what was before",
         lambda: crm.cli("check", "--dump", "--workspace", crm.workspace()) == before)
    crm.click("button", "All Checks")
    crm.find("list item", "Names in capitals, or without any")


PATHS = [tidy_up]
