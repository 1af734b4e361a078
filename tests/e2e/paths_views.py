# SPDX-License-Identifier: GPL-3.0-or-later
"""Saved views: changed, saved under another name, deleted, taken back, and kept from one start to the next."""

from program import wait

from paths_lists import fill


def views(crm, type_name):
    return [view["label"] for view in crm.ask("view", "list", type_name, "--workspace", crm.workspace())]


def wait_rows(crm, *names):
    """Of the list that is shown: those that were looked at before are still there."""
    def rows():
        tree = crm.tree()
        return [row.name for row in tree.shown(tree.all("row", where=lambda w: w.inside("list") is not None))]

    wait(f"the rows {', '.join(names)}", lambda: rows() == list(names))


def command(crm, name, typed=None):
    """An action by the palette."""
    crm.press("ctrl+k")
    crm.window("Go To")
    crm.type(">" + (typed or name))
    crm.see(name)
    crm.press("Return")


def save_as_and_delete(crm):
    """A view that was changed says so, is saved as another one, and that is deleted and comes back."""
    fill(crm)
    for person in crm.ask("list", "people", "--workspace", crm.workspace()):
        crm.cli("set", "people", person["id"], "newsletter=true", "--workspace", crm.workspace())
    crm.start()
    command(crm, "Go to People – Newsletter Subscribers", "newsletter")
    crm.find("button", "View: Newsletter Subscribers")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    crm.see_no("Modified")
    crm.point("label", "Company", where=lambda w: w.inside("cell") is None)
    wait_rows(crm, "Cyril Dvorak", "Eva Fiala", "Anna Bell")
    crm.see("Modified")
    crm.click("button", "Save As…")
    crm.window("Save View As")
    crm.type("By Company")
    crm.press("Return")
    crm.find("button", "View: By Company")
    wait_rows(crm, "Cyril Dvorak", "Eva Fiala", "Anna Bell")
    crm.see_no("Modified")
    crm.find("list item", "By Company")
    assert "By Company" in views(crm, "people")
    command(crm, "Delete View")
    crm.gone("list item", "By Company")
    crm.find("button", "View: People")
    crm.press("ctrl+z")
    crm.find("list item", "By Company")
    assert "By Company" in views(crm, "people")


def kept(crm):
    """What was changed and not saved is there at the next start."""
    fill(crm)
    crm.start()
    crm.press("ctrl+3")
    wait_rows(crm, "Anna Bell", "Cyril Dvorak", "Eva Fiala")
    crm.point("label", "Company", where=lambda w: w.inside("cell") is None)
    wait_rows(crm, "Cyril Dvorak", "Eva Fiala", "Anna Bell")
    crm.quit()
    crm.start()
    wait_rows(crm, "Cyril Dvorak", "Eva Fiala", "Anna Bell")


PATHS = [save_as_and_delete, kept]
