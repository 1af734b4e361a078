# SPDX-License-Identifier: GPL-3.0-or-later
"""Presses keys and the mouse's buttons as a person does: the X server makes the events."""

import ctypes

MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}


class Keyboard:
    def __init__(self, display):
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XStringToKeysym.argtypes = [ctypes.c_char_p]
        self.x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.x.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        self.x.XkbKeycodeToKeysym.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, ctypes.c_int, ctypes.c_int]
        self.x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.test.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.test.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int,
                                                   ctypes.c_ulong]
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x.XInternAtom.restype = ctypes.c_ulong
        self.x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        pointer = ctypes.c_void_p
        self.x.XGetWindowProperty.argtypes = [pointer, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_long, ctypes.c_long,
                                              ctypes.c_int, ctypes.c_ulong, *[pointer] * 5]
        self.x.XGetGeometry.argtypes = [pointer, ctypes.c_ulong, *[pointer] * 7]
        self.x.XTranslateCoordinates.argtypes = [pointer, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
                                                 *[pointer] * 3]
        # A window may go between two questions about it, which would end this program.
        self.on_error = ctypes.CFUNCTYPE(ctypes.c_int, pointer, pointer)(lambda display, error: 0)
        self.x.XSetErrorHandler.argtypes = [pointer]
        self.x.XSetErrorHandler(self.on_error)
        self.display = self.x.XOpenDisplay(display.encode())
        self.holds = False
        if not self.display:
            raise RuntimeError(f"cannot reach the display {display}")

    def _code(self, keysym):
        code = self.x.XKeysymToKeycode(self.display, keysym)
        if code == 0:
            raise ValueError(f"no key gives the symbol {keysym:#x}")
        return code, self.x.XkbKeycodeToKeysym(self.display, code, 0, 0) != keysym

    def _tap(self, codes):
        for code in codes:
            self.test.XTestFakeKeyEvent(self.display, code, 1, 0)
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.display, code, 0, 0)
        self.x.XSync(self.display, 0)

    def press(self, *keys):
        """Presses keys such as "ctrl+shift+z", "Return"; one after the other."""
        for key in keys:
            *modifiers, name = key.split("+")
            codes = [self._code(self.x.XStringToKeysym(MODIFIERS[m].encode()))[0] for m in modifiers]
            keysym = self.x.XStringToKeysym(name.encode())
            if keysym == 0:
                raise ValueError(f"no key is named {name}")
            code, is_shifted = self._code(keysym)
            if is_shifted and "shift" not in modifiers and len(name) > 1:
                codes.append(self._code(self.x.XStringToKeysym(b"Shift_L"))[0])
            self._tap([*codes, code])

    def type(self, text):
        """Types text that the plain American keyboard has."""
        shift = self._code(self.x.XStringToKeysym(b"Shift_L"))[0]
        for letter in text:
            code, is_shifted = self._code(ord(letter))
            self._tap([shift, code] if is_shifted else [code])

    def active_window(self):
        """x, y, width and height on the screen of the window that has the keyboard, or None."""
        root = self.x.XDefaultRootWindow(self.display)
        atom = self.x.XInternAtom(self.display, b"_NET_ACTIVE_WINDOW", 0)
        kind, form = ctypes.c_ulong(), ctypes.c_int()
        count, left = ctypes.c_ulong(), ctypes.c_ulong()
        data = ctypes.POINTER(ctypes.c_ulong)()
        self.x.XGetWindowProperty(self.display, root, atom, 0, 1, 0, 0, ctypes.byref(kind), ctypes.byref(form),
                                  ctypes.byref(count), ctypes.byref(left), ctypes.byref(data))
        if count.value == 0 or data[0] == 0:
            return None
        window = data[0]
        other = ctypes.c_ulong()
        x, y, width, height, border, depth = (ctypes.c_int() for _ in range(6))
        if not self.x.XGetGeometry(self.display, window, *map(ctypes.byref, (other, x, y, width, height, border, depth))):
            return None
        self.x.XTranslateCoordinates(self.display, window, root, 0, 0, *map(ctypes.byref, (x, y, other)))
        return x.value, y.value, width.value, height.value

    def click(self, x, y, button=1):
        self.test.XTestFakeMotionEvent(self.display, -1, x, y, 0)
        self.test.XTestFakeButtonEvent(self.display, button, 1, 0)
        self.test.XTestFakeButtonEvent(self.display, button, 0, 0)
        self.x.XSync(self.display, 0)

    def hold(self, x, y):
        """Presses the first button somewhere on the screen."""
        self.test.XTestFakeMotionEvent(self.display, -1, x, y, 0)
        self.test.XTestFakeButtonEvent(self.display, 1, 1, 0)
        self.x.XSync(self.display, 0)
        self.at = x, y
        self.holds = True

    def move(self, x, y):
        """Moves the mouse in steps, as a hand does."""
        for step in range(1, 11):
            between = (a + (b - a) * step // 10 for a, b in zip(self.at, (x, y)))
            self.test.XTestFakeMotionEvent(self.display, -1, *between, 15)
            self.x.XSync(self.display, 0)
        self.at = x, y

    def release(self):
        """Lets the first button go, if it is held."""
        if not self.holds:
            return
        self.holds = False
        self.test.XTestFakeButtonEvent(self.display, 1, 0, 60)
        self.x.XSync(self.display, 0)
