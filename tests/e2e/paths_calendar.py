# SPDX-License-Identifier: GPL-3.0-or-later
"""The calendar: records on the days of a date, moved and made there."""

import datetime

from program import wait

from paths_views import command


def day_of(crm, name):
    """The day in the grid that a record is on."""
    cell = crm.find("button", name, where=lambda w: w.inside("cell") is not None).inside("cell")
    return cell.name


def deals_in_a_calendar(crm):
    """A view shows deals on the days they close; Ctrl+Right takes one to the next day, and Undo back."""
    today = datetime.date.today().replace(day=14)
    other = today.replace(day=15)
    roof = crm.new("deals", name="Roof", close_date=today.isoformat())
    crm.cli("view", "add", "deals", "plan", "--label", "Plan", "--layout", "calendar",
            "--workspace", crm.workspace())
    crm.start("--window", "deals/plan")
    crm.see(f"{today:%B %Y}")
    wait("the deal on its day", lambda: f"{today:%-d %B %Y}, 1 deal" in day_of(crm, "Roof"))

    crm.point("cell", where=lambda w: f"{other:%-d %B %Y}" in w.name)
    crm.press("Left")
    crm.find("button", f"New Deal – {today:%-d %B}", hidden=True)
    crm.press("Return")
    crm.find("button", "Roof", "focused")
    crm.press("ctrl+Right")
    wait("the deal on the next day", lambda: f"{other:%-d %B %Y}, 1 deal" in day_of(crm, "Roof"))
    assert crm.record("deals", roof)["close_date"] == other.isoformat()
    crm.press("ctrl+z")
    wait("the deal on its day again", lambda: f"{today:%-d %B %Y}, 1 deal" in day_of(crm, "Roof"))

    command(crm, "Calendar: Agenda")
    crm.click("button", "Roof, New")
    crm.see("1 of 1")


PATHS = [deals_in_a_calendar]
