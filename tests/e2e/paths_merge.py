# SPDX-License-Identifier: GPL-3.0-or-later
"""Merging: what differs is chosen field by field, and everything can be taken back."""

from program import wait


def fill(crm):
    """Two records of one person, with values that differ; returns their ids."""
    ids = [
        crm.new("people", first_name="Jan", last_name="Novák", email="jan@example.com", city="Brno",
                job_title="Director"),
        crm.new("people", first_name="Honza", last_name="Novák", email="honza@example.com", city="Praha"),
    ]
    crm.new("notes", title="Likes tea", about=ids[1])
    return ids


def open_dialog(crm):
    crm.start()
    crm.press("ctrl+3")
    crm.select("Jan Novák")
    crm.press("ctrl+a")
    crm.click("button", "Merge")
    crm.window("Merge 2 People")
    crm.see("Most complete")


def choose_and_merge(crm):
    """A merge keeps the most complete one, takes the value that is chosen, and is taken back as one."""
    kept, other = fill(crm)
    open_dialog(crm)
    crm.find("check box", "Keep Jan Novák", "checked")
    crm.see("1 Note will belong to Jan Novák.")
    crm.point("check box", "City: Praha, from Honza Novák")
    crm.find("button", "Result, City: Praha")
    crm.point("check box", "E-mail Addresses: jan@example.com, from Jan Novák")
    crm.find("button", "Result, E-mail Addresses: honza@example.com")
    crm.press("ctrl+Return")
    wait("the merge", lambda: crm.people() == ["Jan Novák"])
    merged = crm.record("people", other)
    assert merged["id"] == kept and merged["city"] == "Praha", merged
    assert merged["emails"] == ["honza@example.com"] and merged["job_title"] == "Director", merged
    crm.press("ctrl+z")
    wait("the two", lambda: crm.people() == ["Honza Novák", "Jan Novák"])


def keep_another(crm):
    """Keeping another one changes what is proposed, and Escape gives it all up."""
    fill(crm)
    open_dialog(crm)
    crm.point("check box", "Keep Honza Novák")
    crm.find("button", "Result, City: Praha")
    crm.find("button", "Result, Job Title: Director")
    crm.click("button", "Take All from Jan Novák")
    crm.find("button", "Result, First Name: Jan")
    crm.press("Escape")
    wait("the window to go", lambda: len(crm.windows()) == 1)
    assert crm.people() == ["Honza Novák", "Jan Novák"]


def separate_again(crm):
    """What was merged is separated from the line that tells of it, and what was changed since stays."""
    kept, other = fill(crm)
    crm.cli("merge", "people", kept, other, "--workspace", crm.workspace())
    crm.cli("set", "people", kept, "city=Ostrava", "--workspace", crm.workspace())
    crm.start()
    crm.press("ctrl+3")
    crm.select("Jan Novák")
    crm.press("Return")
    crm.click("button", "Separate Again: Merged Honza Novák into Jan Novák")
    wait("the two", lambda: crm.people() == ["Honza Novák", "Jan Novák"])
    assert crm.record("people", kept)["city"] == "Ostrava"
    assert crm.record("people", other)["emails"] == ["honza@example.com"]
    crm.see_no("From Honza Novák")
    crm.press("ctrl+z")
    wait("one again", lambda: crm.people() == ["Jan Novák"])


def choose_with_whom(crm):
    """From one record, others are chosen: those that may be the same are proposed."""
    crm.new("people", first_name="Jan", last_name="Novák", phone="+420777123456", city="Brno")
    crm.new("people", first_name="Honza", last_name="Novák", phone="+420777123456", city="Brno")
    crm.new("people", first_name="Ida", last_name="Malá")
    crm.start()
    crm.press("ctrl+3")
    crm.select("Jan Novák")
    crm.press("Return")
    crm.see("Jan Novák")
    crm.press("ctrl+k")
    crm.window("Go To")
    crm.type(">merge")
    crm.see("Merge…")
    crm.press("Return")
    crm.window("Merge")
    crm.see("Merge Jan Novák With")
    crm.click("button", "Add Honza Novák")
    crm.find("button", "Leave out Honza Novák")
    crm.click("button", "Continue")
    crm.window("Merge 2 People")
    crm.press("ctrl+Return")
    wait("the merge", lambda: len(crm.people()) == 2)


PATHS = [choose_and_merge, keep_another, separate_again, choose_with_whom]
