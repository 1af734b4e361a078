# SPDX-License-Identifier: GPL-3.0-or-later
"""The trash: all types together, back again with a choice where a value is taken, and gone for good."""

from program import wait


def table(crm):
    return crm.find("table", "Trash")


def rows(crm):
    return [row.name for row in table(crm).all("row", where=lambda w: w.inside("list") is not None)]


def wait_rows(crm, *names):
    wait(f"the rows {', '.join(names)}", lambda: rows(crm) == list(names))


def trash(crm, type_name, *ids):
    crm.cli("delete", type_name, *ids, "--workspace", crm.workspace())


def trashed(crm):
    entries = crm.ask("trash", "list", "--workspace", crm.workspace())
    return sorted(entry["label"] for entry in entries)


def open_trash(crm):
    crm.start()
    crm.point("list item", "Trash")
    table(crm)


def look_into_the_trash(crm):
    """The trash shows all types with when and why, is searched, and opens what it holds."""
    company = crm.new("companies", name="Acme")
    person = crm.new("people", first_name="Jan", last_name="Novak", company=company)
    crm.new("people", first_name="Eva", last_name="Kept", company=company)
    trash(crm, "people", person)
    trash(crm, "companies", company)
    open_trash(crm)
    wait_rows(crm, "Acme", "Jan Novak")
    cells = [label.name for label in table(crm).all("label")]
    for text in ("Company", "Person", "Deleted", "Eva Kept"):
        assert text in cells, (text, cells)
    crm.see("Kept for ever")
    crm.point("label", "Name", where=lambda w: w.inside("cell") is None)
    wait_rows(crm, "Acme", "Jan Novak")
    crm.press("ctrl+f")
    crm.type("nov")
    wait_rows(crm, "Jan Novak")
    crm.press("Escape")
    wait_rows(crm, "Acme", "Jan Novak")
    crm.select("Jan Novak")
    crm.press("Return")
    crm.see("Jan Novak")
    crm.find("button", "Restore")


def restore_a_taken_address(crm):
    """What is taken by now is asked for, both side by side, once for all."""
    for number in range(3):
        old = crm.new("people", last_name=f"Old {number}", email=f"p{number}@example.com")
        trash(crm, "people", old)
        crm.new("people", last_name=f"New {number}", email=f"p{number}@example.com")
    open_trash(crm)
    wait("three rows", lambda: len(rows(crm)) == 3)
    crm.point("row", "Old 0")
    crm.press("ctrl+a")
    crm.click("button", "Restore")
    crm.window("Restore")
    crm.see("From the Trash")
    crm.find("button", "Merge")
    crm.find("button", "Restore Without It")
    crm.find("button", "Skip")
    crm.click("button", "Skip")
    crm.see("2 of 3")
    crm.point("check box", "Same for the Other 1")
    crm.click("button", "Swap")
    wait("two to be back", lambda: len(trashed(crm)) == 1)
    addresses = [person["email"] for person in crm.ask("list", "people", "--workspace", crm.workspace())
                 if person["name"].startswith("Old")]
    assert len(addresses) == 2 and all(addresses), addresses


def delete_permanently(crm):
    """Deleting for good asks first, says how many, and Cancel is the default."""
    trash(crm, "people", *[crm.new("people", last_name=name) for name in ("Abel", "Bell", "Cole")])
    open_trash(crm)
    wait("three rows", lambda: len(rows(crm)) == 3)
    crm.select("Bell")
    crm.click("button", "Delete Permanently…")
    crm.see("Delete 1 Permanently?")
    crm.press("Return")
    wait("three of them still", lambda: trashed(crm) == ["Abel", "Bell", "Cole"])
    crm.click("button", "Delete Permanently…")
    crm.click("button", "Delete Permanently")
    wait_rows(crm, *[name for name in rows(crm) if name != "Bell"])
    wait("two left", lambda: trashed(crm) == ["Abel", "Cole"])
    history = crm.ask("history", "--limit", 1, "--workspace", crm.workspace())
    assert history[0]["label"] == "Deleted 1 person for good", history


PATHS = [look_into_the_trash, restore_a_taken_address, delete_permanently]
