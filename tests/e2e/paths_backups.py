# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups, and a workspace that is damaged."""

from program import wait


def go_to_backups(crm):
    crm.press("ctrl+k")
    crm.window("Go To")
    crm.type(">backups")
    crm.see("Go to Backups")
    crm.press("Return")


def back_up_and_restore(crm):
    """A backup is made by hand, looked into, and restored over what came later."""
    crm.new("people", last_name="Early")
    crm.start()
    crm.find("row", "Early")
    go_to_backups(crm)
    # The day's own backup comes by itself; what is made by hand is above it.
    crm.find("label", where=lambda w: w.name.startswith("Daily"))
    crm.click("button", "Back Up Now")
    crm.find("label", where=lambda w: w.name.startswith("By hand"))
    crm.see("The newest backup was made just now")
    crm.find("button", "Open to Look")
    crm.new("people", last_name="Late")
    crm.click("button", "Restore…")
    crm.see("Restore This Backup?")
    crm.click("button", "Restore")
    wait("the person that came later to go", lambda: people_when_free(crm) == ["Early"])
    crm.find("button", "Back Up Now")
    # What was there before the restore is a backup too.
    crm.find("label", where=lambda w: w.name.startswith("Before a restore"))


def people_when_free(crm):
    try:
        return crm.people()
    except Exception:
        return None


def damage(path):
    """Wipes what lies behind the first pages, where the records are."""
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096, 3):
        data[page * 4096:(page + 1) * 4096] = bytes(4096)
    path.write_bytes(data)


def salvage_a_damaged_workspace(crm):
    """A damaged workspace says so, and what can be read of it goes into a new one."""
    for number in range(30):
        crm.new("people", last_name=f"Person{number}")
    path = crm.workspace()
    before = path.read_bytes()
    damage(path)
    damaged = path.read_bytes()
    assert damaged != before
    crm.start()
    crm.see("“My Workspace” Is Damaged")
    crm.see("There is no good backup of it.")
    crm.click("button", "Salvage What Can Be Read")
    crm.see("Salvaged What Could Be Read")
    assert path.read_bytes() == damaged, "the damaged file stays as it is"
    crm.click("button", "Open the New Workspace")
    crm.window("People – default salvaged")


def open_the_newest_good_backup(crm):
    """A damaged workspace offers its newest good backup."""
    crm.new("people", last_name="Saved")
    crm.start()
    crm.find("row", "Saved")
    go_to_backups(crm)
    crm.click("button", "Back Up Now")
    crm.see("The newest backup was made just now")
    crm.quit()
    damage(crm.workspace())
    crm.start()
    crm.see("“My Workspace” Is Damaged")
    crm.click("button", "Open the Newest Good Backup")
    crm.window("Backups")
    crm.press("ctrl+3")
    crm.find("row", "Saved")
    assert crm.people() == ["Saved"]


def file_goes_while_open(crm):
    """A file that goes while it is open is noticed, nothing is written into another of its name, and a copy is offered."""
    crm.new("people", last_name="Mine")
    crm.start()
    crm.find("row", "Mine")
    crm.workspace().rename(crm.folder / "elsewhere.crm")
    crm.see("The Workspace’s File Is Gone")
    crm.find("button", "Save a Copy…")
    crm.press("Escape")
    assert not crm.workspace().exists()


PATHS = [back_up_and_restore, salvage_a_damaged_workspace, open_the_newest_good_backup,
         file_goes_while_open]
