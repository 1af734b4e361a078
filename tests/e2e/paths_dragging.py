# SPDX-License-Identifier: GPL-3.0-or-later
"""Dragging with the mouse: a view in the sidebar, a card on the board, a record in the calendar."""

import datetime

from program import Failure, wait


def drag_until(what, done, drag):
    """Drags, and again where something else came under the mouse meanwhile, as a person would."""
    for _ in range(2):
        drag()
        try:
            return wait(what, done, 8)
        except Failure:
            pass
    drag()
    return wait(what, done)


def drag_a_view(crm):
    """A view is dragged to another place below its type, and Undo takes it back."""
    def names():
        return [view["name"] for view in crm.ask("view", "list", "people", "--workspace", crm.workspace())]

    crm.new("people", first_name="Anna")
    before = names()
    crm.start()
    crm.press("ctrl+3")
    drag_until("the order", lambda: names() == ["newsletter", "not_contacted", "leads_this_week"],
               lambda: crm.drag(crm.find("list item", "Newsletter Subscribers"),
                                crm.find("list item", "Not Contacted for 90 Days"), down=0.2))
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
    drag_until("the stage", lambda: stage() == "Qualified", lambda: crm.drag(card("Roof"), card("Boat"), down=0.2))
    wait("two cards", lambda: sorted(cards()) == ["Boat", "Roof"])
    first, second = cards()
    drag_until("the order", lambda: cards() == [second, first], lambda: crm.drag(card(second), card(first), down=0.2))

    def drag_to_won():
        crm.hold(card("Roof"))
        crm.drop(crm.find("label", "Won"))

    drag_until("the deal to be won", lambda: stage() == "Won", drag_to_won)


def drag_to_a_day(crm):
    """A deal is dragged to another day of the calendar."""
    today = datetime.date.today().replace(day=14)
    roof = crm.new("deals", name="Roof", close_date=today.isoformat())
    crm.cli("view", "add", "deals", "plan", "--label", "Plan", "--layout", "calendar", "--workspace", crm.workspace())
    crm.start("--window", "deals/plan")
    other = today.replace(day=22)
    drag_until("the day", lambda: crm.record("deals", roof)["close_date"] == other.isoformat(),
               lambda: crm.drag(crm.find("button", "Roof"),
                                crm.find("cell", where=lambda w: f"{other:%-d %B %Y}" in w.name)))


PATHS = [drag_a_view, drag_a_card, drag_to_a_day]
