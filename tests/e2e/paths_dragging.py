# SPDX-License-Identifier: GPL-3.0-or-later
"""Dragging with the mouse: a view in the sidebar, a card on the board, a record in the calendar."""

import datetime

from program import wait


def drag_a_view(crm):
    """A view is dragged to another place below its type, and Undo takes it back."""
    def names():
        return [view["name"] for view in crm.ask("view", "list", "people", "--workspace", crm.workspace())]

    crm.new("people", first_name="Anna")
    before = names()
    crm.start()
    crm.press("ctrl+3")
    last = crm.find("list item", "Newsletter Subscribers")
    crm.drag(last, crm.find("list item", "Not Contacted for 90 Days"), down=0.2)
    wait("the order", lambda: names() == ["newsletter", "not_contacted", "leads_this_week"])
    crm.find("list item", "Newsletter Subscribers")
    crm.press("ctrl+z")
    wait("the order of before", lambda: names() == before)


def drag_a_card(crm):
    """A card is dragged to another stage, to another place in it, and to Won, which is there while one drags."""
    def card(name):
        return crm.find("list item", where=lambda w: w.name.startswith(name))

    def stage():
        return crm.record("deals", roof)["stage"]

    def cards():
        tree = crm.tree()
        return [item.name[:4] for item in tree.shown(tree.all("list item", where=lambda w: w.name[:4] in ("Roof", "Boat")))]

    roof = crm.new("deals", name="Roof", stage="New")
    crm.new("deals", name="Boat", stage="Qualified")
    crm.start()
    crm.press("ctrl+2")
    crm.drag(card("Roof"), card("Boat"), down=0.2)
    wait("the stage", lambda: stage() == "Qualified")
    wait("two cards", lambda: sorted(cards()) == ["Boat", "Roof"])
    first, second = cards()
    crm.drag(card(second), card(first), down=0.2)
    wait("the order", lambda: cards() == [second, first])
    crm.hold(card("Roof"))
    crm.drop(crm.find("label", "Won"))
    wait("the deal to be won", lambda: stage() == "Won")


def drag_to_a_day(crm):
    """A deal is dragged to another day of the calendar."""
    today = datetime.date.today().replace(day=14)
    roof = crm.new("deals", name="Roof", close_date=today.isoformat())
    crm.cli("view", "add", "deals", "plan", "--label", "Plan", "--layout", "calendar", "--workspace", crm.workspace())
    crm.start("--window", "deals/plan")
    other = today.replace(day=22)
    crm.drag(crm.find("button", "Roof"), crm.find("cell", where=lambda w: f"{other:%-d %B %Y}" in w.name))
    wait("the day", lambda: crm.record("deals", roof)["close_date"] == other.isoformat())


PATHS = [drag_a_view, drag_a_card, drag_to_a_day]
