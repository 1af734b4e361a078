# SPDX-License-Identifier: GPL-3.0-or-later
"""Files attached to a person: chosen, listed while the window is open, renamed, removed."""

from program import wait

WHEEL_DOWN = 5


def write(crm, name, text):
    path = crm.folder / name
    path.write_text(text)
    return path


def attach(crm, record_id, path):
    crm.cli("set", "people", record_id, f"files+={path}", "--workspace", crm.workspace())


def names(crm, record_id):
    return [file["name"] for file in crm.record("people", record_id)["files"] or []]


def open_person(crm):
    record_id = crm.new("people", first_name="Anna", last_name="Bell")
    crm.start()
    crm.press("ctrl+3")
    crm.select("Anna Bell")
    crm.press("Return")
    crm.find("text", "Job Title")
    return record_id


def scroll_to(crm, role, name):
    """Turns the wheel over the record until a widget is seen."""
    def look():
        tree = crm.tree()
        if tree.shown(tree.all(role, name)):
            return True
        x, y, width, height = wait("the window to be the active one", crm.keyboard.active_window)
        crm.keyboard.click(x + width // 2, y + height // 2, WHEEL_DOWN)
        return False

    wait(f"{role} “{name}” to be scrolled to", look)


def focus(crm, name):
    """Goes to a file by the keyboard alone."""
    def look():
        if crm.tree().all("list item", name, "focused"):
            return True
        crm.press("shift+Tab")
        return False

    crm.find("button", f"Menu of {name}", hidden=True)
    crm.point("button", f"Menu of {name}")
    crm.press("Escape")
    wait(f"“{name}” to have the focus", look)


def choose(crm):
    """Files are chosen in a dialog, and listed with what they are called."""
    record_id = open_person(crm)
    path = write(crm, "contract.txt", "hello")
    crm.point("button", "Menu", number=1)
    crm.find("menu item", "Add Files…", hidden=True)
    crm.press("Down", "Return")
    crm.window("Add Files")
    crm.type(str(path))
    crm.press("Return")
    wait("the file", lambda: names(crm, record_id) == ["contract.txt"])
    crm.find("list item", "contract.txt", hidden=True)


def rename_and_remove(crm):
    """A file is renamed with F2 and removed with Delete, and Ctrl+Z brings it back."""
    record_id = open_person(crm)
    attach(crm, record_id, write(crm, "contract.txt", "hello"))
    scroll_to(crm, "list item", "contract.txt")
    focus(crm, "contract.txt")
    crm.press("F2")
    crm.find("text", "File Name", "focused", hidden=True)
    crm.type("agreement")
    crm.press("Return")
    wait("the new name", lambda: names(crm, record_id) == ["agreement.txt"])
    crm.find("list item", "agreement.txt", "focused", hidden=True)
    crm.press("Delete")
    wait("the file to go", lambda: names(crm, record_id) == [])
    crm.press("ctrl+z")
    wait("the file again", lambda: names(crm, record_id) == ["agreement.txt"])
    crm.find("list item", "agreement.txt", hidden=True)


PATHS = [choose, rename_and_remove]
