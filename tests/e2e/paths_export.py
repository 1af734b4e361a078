# SPDX-License-Identifier: GPL-3.0-or-later
"""Records on their way out."""

from program import wait


def export_selected(crm):
    """What is selected is offered first, and arrives in the file that is named."""
    for name in ("Adams", "Bell", "Clark"):
        crm.new("people", last_name=name)
    target = crm.folder / "out.csv"
    crm.start()
    crm.press("ctrl+3")
    crm.select("Bell")
    crm.click("button", "Export…")
    crm.window("Export")
    crm.find("label", "Only the Selected (1)", hidden=True)
    crm.press("ctrl+Return")
    crm.find("button", "Save")
    crm.press("ctrl+a")
    crm.type(str(target))
    crm.press("Return")
    wait("the file", target.exists)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 and "Bell" in lines[1], lines


def export_from_anywhere(crm):
    """Where no list is seen, the whole workspace is offered."""
    crm.new("people", last_name="Adams")
    crm.start()
    crm.find("row", "Adams")
    crm.point("list item", "Trash")
    crm.window("Trash")
    crm.press("ctrl+e")
    crm.window("Export")
    crm.find("label", "Everything in the Workspace", hidden=True)
    crm.press("Escape")
    crm.window("Trash")


PATHS = [export_selected, export_from_anywhere]
