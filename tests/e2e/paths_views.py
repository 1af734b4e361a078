# SPDX-License-Identifier: GPL-3.0-or-later
"""Saved views: changed, saved under another name, deleted, taken back, and kept from one start to the next."""

from program import wait

from paths_lists import fill


def views(crm, type_name):
    return [view["label"] for view in crm.ask("view", "list", type_name, "--workspace", crm.workspace())]


def rows(tree):
    """Of the list that is shown: those that were looked at before are still there."""
    return [row.name for row in tree.shown(tree.all("row", where=lambda w: w.inside("list") is not None))]


def wait_view(crm, view, names, modified):
    """Which view is shown, its rows in order, and whether it says that it was changed: all in one look."""
    def shown():
        tree = crm.tree()
        return tree.all("button", f"View: {view}") and rows(tree) == names and tree.has("Modified") == modified

    wait(f"the view {view} with {', '.join(names)}", shown)


def command(crm, name, typed=None):
    """An action by the palette."""
    crm.press("ctrl+k")
    palette = crm.window("Go To")
    crm.type(">" + (typed or name))
    wait(f"{name} in the palette", lambda: crm.tree(palette.place).all(name=name))
    crm.press("Return")


def save_as_and_delete(crm):
    """A view that was changed says so, is saved as another one, and that is deleted and comes back."""
    fill(crm)
    by_name = ["Anna Bell", "Cyril Dvorak", "Eva Fiala"]
    by_company = ["Cyril Dvorak", "Eva Fiala", "Anna Bell"]
    crm.start("--window", "people/not_contacted")
    wait_view(crm, "Not Contacted for 90 Days", by_name, False)
    crm.point("label", "Company", where=lambda w: w.inside("cell") is None)
    wait_view(crm, "Not Contacted for 90 Days", by_company, True)
    crm.click("button", "Save As…")
    crm.window("Save View As")
    crm.type("By Company")
    crm.press("Return")
    wait_view(crm, "By Company", by_company, False)
    assert "By Company" in views(crm, "people")
    command(crm, "Delete View")
    crm.find("button", "View: People")
    assert "By Company" not in views(crm, "people")
    crm.press("ctrl+z")
    wait("the view again", lambda: "By Company" in views(crm, "people"))


def kept(crm):
    """What was changed and not saved is there at the next start."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    wait("the rows", lambda: rows(crm.tree()) == ["Anna Bell", "Cyril Dvorak", "Eva Fiala"])
    crm.point("label", "Company", where=lambda w: w.inside("cell") is None)
    wait("the order", lambda: rows(crm.tree()) == ["Cyril Dvorak", "Eva Fiala", "Anna Bell"])
    crm.quit()
    crm.start()
    wait("the same order", lambda: rows(crm.tree()) == ["Cyril Dvorak", "Eva Fiala", "Anna Bell"])


PATHS = [save_as_and_delete, kept]
