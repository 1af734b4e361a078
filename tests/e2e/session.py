# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own for the tests: X server, window manager, session bus, accessibility bus."""

import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from gi.repository import Gio, GLib

PROGRAMS = ["Xvfb", "openbox", "dbus-daemon"]
SIZE = (1280, 900)


def missing():
    """What the machine lacks to run the tests, or None."""
    for name in PROGRAMS:
        if shutil.which(name) is None:
            return f"{name} is not installed"
    if not any(Path(folder, "dbus-1/services/org.a11y.Bus.service").exists()
               for folder in ["/usr/local/share", "/usr/share"]):
        return "the accessibility bus (at-spi2-core) is not installed"
    return None


class Session:
    """Everything is started once, for all tests, and stops with close ()."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="crm-e2e-"))
        self.processes = []
        self.environment = dict(os.environ)
        for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "CRM_WORKSPACE",
                     "XAUTHORITY", "DESKTOP_STARTUP_ID"):
            self.environment.pop(name, None)
        self.environment.update(
            GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="atspi",
            GIO_USE_VFS="local", GSETTINGS_BACKEND="keyfile", GTK_IM_MODULE="gtk-im-context-simple",
            NO_AT_BRIDGE="0", LC_ALL="C.UTF-8", TZ="Europe/Prague", G_DEBUG="gc-friendly",
            MALLOC_PERTURB_="165",
            ADW_DISABLE_PORTAL="1", XDG_RUNTIME_DIR=self._make("run"), HOME=self._make("home"))
        try:
            self._start_display()
            self._start_buses()
        except BaseException:
            self.close()
            raise

    def _make(self, name):
        (self.folder / name).mkdir(mode=0o700)
        return str(self.folder / name)

    def _start(self, *command, **options):
        process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process

    def _start_display(self):
        # The server chooses a free number, and says it once it is ready.
        end, other = os.pipe()
        self._make("screen")
        self._start("Xvfb", "-displayfd", str(other), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp",
                    "-noreset", "-fbdir", str(self.folder / "screen"), pass_fds=[other], stdout=subprocess.DEVNULL)
        os.close(other)
        with os.fdopen(end) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.environment["DISPLAY"] = os.environ["DISPLAY"] = f":{number}"
        # Without bindings of its own: it would hold back clicks, and keys would overtake them.
        settings = self.folder / "openbox.xml"
        settings.write_text('<openbox_config xmlns="http://openbox.org/3.4/rc"><focus><focusNew>yes</focusNew>'
                            '</focus><keyboard/><mouse/></openbox_config>')
        self._start("openbox", "--sm-disable", "--config-file", str(settings), stdout=subprocess.DEVNULL)

    def _start_buses(self):
        bus = self._start("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1",
                          stdout=subprocess.PIPE)
        address = bus.stdout.readline().decode().strip()
        if not address:
            raise RuntimeError("dbus-daemon did not start")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self.bus = connect(address)
        answer = self.bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                                    GLib.VariantType("(s)"), 0, 30000, None)
        # Newer toolkits keep quiet until somebody says that they listen.
        self.bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                           GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))),
                           None, 0, 30000, None)
        self.accessibility = connect(answer.unpack()[0])

    def has_owner(self, name):
        answer = self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                    "NameHasOwner", GLib.Variant("(s)", (name,)), None, 0, 30000, None)
        return answer.unpack()[0]

    def save_picture(self, path):
        """Writes what the screen shows as a PNG."""
        data = (self.folder / "screen/Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", data[:100])
        width, height, line, colors = header[4], header[5], header[12], header[19]
        start = header[0] + colors * 12
        rows = bytearray()
        for y in range(height):
            row = data[start + y * line:start + y * line + width * 4]
            pixels = bytearray(width * 3)
            pixels[0::3], pixels[1::3], pixels[2::3] = row[2::4], row[1::4], row[0::4]
            rows += b"\0" + pixels

        def chunk(kind, content):
            return (struct.pack(">I", len(content)) + kind + content
                    + struct.pack(">I", zlib.crc32(kind + content)))

        Path(path).write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(rows), 6)) + chunk(b"IEND", b""))

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def connect(address):
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        None, None)
