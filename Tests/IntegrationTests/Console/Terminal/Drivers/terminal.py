"""A terminal for a program under test: a pty, an emulator that shows what the program drew, and a ledger of modes.

Nothing here sleeps: everything waits for bytes, for lines, or for the end of a process.
"""

import errno
import fcntl
import json
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pyte


class Failure(Exception):
    """What a check found wrong."""


def check(condition, message):
    if not condition:
        raise Failure(message)


class Screen(pyte.Screen):
    """An emulated screen that also knows REP, the repetition of a character (ECMA-48)."""

    last = " "

    def draw(self, data):
        super().draw(data)
        self.last = data[-1:] or self.last

    def repeat(self, count=1):
        super().draw(self.last * max(1, count))


class Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "b": "repeat"}
    events = pyte.ByteStream.events | {"repeat"}


class Ledger:
    """The modes that a program set and has to reset, from everything it wrote."""

    PATTERN = re.compile(
        rb"\x1b\[\?([0-9;]+)([hl])|\x1b([=>])|\x1b\[([0-9;]*)r|\x1b\[([0-9;:]*)m|\x1b\(([0AB])|([\x0e\x0f])"
    )
    RESETS = {b"22": (b"1", b"2"), b"23": (b"3",), b"24": (b"4",), b"25": (b"5",), b"27": (b"7",)}

    def __init__(self, rows):
        # A region that was all of the screen before its size changed ends with the change.
        self.whole = {b"", b"1;%d" % rows}
        self.data = bytearray()

    def feed(self, data):
        self.data += data

    def was_set(self, mode):
        return b"\x1b[?%dh" % mode in self.data

    def open_modes(self):
        """What is still set at the end: names, empty when the terminal is as it was."""
        private, keypad, region, looks, charset = {}, False, False, set(), False
        for found in self.PATTERN.finditer(bytes(self.data)):
            numbers, switch, pad, margins, sgr, letter, shift = found.groups()
            if switch:
                for number in numbers.split(b";"):
                    private[number.decode()] = switch == b"h"
            elif pad:
                keypad = pad == b"="
            elif margins is not None:
                region = margins not in self.whole
            elif sgr is not None:
                looks = self._looks(looks, sgr)
            elif letter:
                charset = letter != b"B"
            elif shift:
                charset = shift == b"\x0e"
        left = ["?" + number for number, on in private.items() if on and number not in ("25", "7")]
        if private.get("25") is False:
            left.append("hidden cursor")
        if private.get("7") is False:
            left.append("no wrapping")
        left += [f"SGR {look}" for look in sorted(looks)]
        for name, on in (("keypad", keypad), ("region", region), ("charset", charset)):
            if on:
                left.append(name)
        return left

    def _looks(self, looks, sgr):
        looks = set(looks)
        numbers = sgr.split(b";")
        while numbers:
            number = numbers.pop(0)
            if number in (b"", b"0"):
                looks = set()
            elif number in self.RESETS:
                looks -= {name.decode() for name in self.RESETS[number]}
            elif number in (b"39", b"49"):
                looks.discard("foreground" if number == b"39" else "background")
            elif number in (b"38", b"48"):
                looks.add("foreground" if number == b"38" else "background")
                numbers = numbers[2:] if numbers[:1] == [b"5"] else numbers[4:]
            elif number[:1] in b"39" and len(number) == 2:
                looks.add("foreground")
            elif number[:1] == b"4" and len(number) == 2 or number[:2] == b"10" and len(number) == 3:
                looks.add("background")
            elif number != b"10":
                looks.add(number.decode())
        return looks


class Session:
    """A program on its own terminal.

    commands: lines to the program's standard input; told: JSON lines from its standard output; idle: how many inputs
    it has handled, as it says itself.
    """

    def __init__(self, program, term="xterm-256color", locale="C.UTF-8", columns=80, rows=24, environment=None,
                 jobs=False, tty=True, arguments=()):
        self.columns, self.rows = columns, rows
        self.screen = Screen(columns, rows)
        self.stream = Stream(self.screen)
        self.ledger = Ledger(rows)
        self.output = bytearray()
        self.told = []
        self.idle = []
        self.partial = {"log": b"", "idle": b"", "job": b""}
        self.jobs = []
        self.ended = False
        self.emulates = True

        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.settings = termios.tcgetattr(slave)
        idle_read, idle_write = os.pipe()
        log_read, log_write = os.pipe()
        command_read, command_write = os.pipe()
        self.descriptors = {self.master: "tty", log_read: "log", idle_read: "idle"}
        variables = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": os.environ.get("HOME", "/"),
            "SLUICE_CONSOLE_IDLE_FD": str(idle_write), "SWIFT_BACKTRACE": "enable=no",
            "LINES": "7", "COLUMNS": "13",
        }
        if term is not None:
            variables["TERM"] = term
        if locale is not None:
            variables["LC_ALL"] = locale
        for name in ("LD_LIBRARY_PATH", "TMPDIR"):
            if name in os.environ:
                variables[name] = os.environ[name]
        for name, value in (environment or {}).items():
            if value is None:
                variables.pop(name, None)
            else:
                variables[name] = value
        keep = [idle_write]
        command = [program, *arguments]
        if jobs:
            job_read, job_write = os.pipe()
            order_read, self.orders = os.pipe()
            keep += [job_write, order_read]
            command = [sys.executable, "-B", os.path.join(os.path.dirname(__file__), "job.py"), str(order_read),
                       str(job_write), *command]
            self.descriptors[job_read] = "job"

        def prepare():
            if tty:
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)

        self.process = subprocess.Popen(
            command, stdin=command_read if tty else slave, stdout=log_write if tty else slave, stderr=slave,
            env=variables, pass_fds=keep, start_new_session=True, preexec_fn=prepare, close_fds=True)
        for descriptor in [slave, idle_write, log_write, command_read, *(keep[1:])]:
            os.close(descriptor)
        self.commands = command_write

    # -- talking

    def command(self, line):
        os.write(self.commands, (line + "\n").encode())

    def type(self, data):
        """Types, reading meanwhile: a terminal never stops showing while somebody types."""
        if isinstance(data, str):
            data = data.encode()
        while data:
            readable, writable, _ = select.select(list(self.descriptors), [self.master], [], 20)
            check(readable or writable, "the program takes no input")
            for descriptor in readable:
                self._read(descriptor)
            if self.ended:
                return
            if writable:
                os.set_blocking(self.master, False)
                try:
                    data = data[os.write(self.master, data[:512]):]
                except BlockingIOError:
                    pass
                except OSError:
                    return
                finally:
                    os.set_blocking(self.master, True)

    def order(self, word):
        os.write(self.orders, (word + "\n").encode())

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        self.ledger.whole.add(b"1;%d" % rows)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number):
        os.kill(self.pid, number)

    def last(self):
        """The end of what was told, without whole screens."""
        return [told if told["event"] != "grid" else "grid" for told in self.told[-5:]]

    @property
    def pid(self):
        return next((told["pid"] for told in self.told if told["event"] == "open"), self.process.pid)

    # -- waiting

    def _read(self, descriptor):
        kind = self.descriptors[descriptor]
        try:
            data = os.read(descriptor, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        if not data:
            del self.descriptors[descriptor]
            os.close(descriptor)
            if kind == "tty":
                self.ended = True
            return
        if kind == "tty":
            self.output += data
            self.ledger.feed(data)
            if self.emulates:
                self.stream.feed(data)
            return
        lines = (self.partial[kind] + data).split(b"\n")
        self.partial[kind] = lines.pop()
        for line in lines:
            if kind == "log":
                self.told.append(json.loads(line))
            elif kind == "idle":
                self.idle.append(int(line.split()[1]))
            else:
                self.jobs.append(line.decode())

    def pump(self, until, what, limit=20.0):
        """Reads until a condition holds."""
        end = time.monotonic() + limit
        while True:
            value = until()
            if value:
                return value
            left = end - time.monotonic()
            if left <= 0 or not self.descriptors:
                raise Failure(f"waited for {what}; told: {self.last()}; jobs: {self.jobs}; "
                              f"end of output: {bytes(self.output[-300:])!r}")
            readable, _, _ = select.select(list(self.descriptors), [], [], min(left, 1.0))
            for descriptor in readable:
                self._read(descriptor)

    def settle(self):
        """Reads what is there already."""
        while True:
            readable, _, _ = select.select(list(self.descriptors), [], [], 0)
            if not readable:
                return
            for descriptor in readable:
                self._read(descriptor)

    def expect(self, event, start=0, limit=20.0, **facts):
        """The first thing told from `start` on that matches."""
        def found():
            for told in self.told[start:]:
                if told["event"] == event and all(told.get(name) == value for name, value in facts.items()):
                    return told
            return None
        return self.pump(found, f"{event} {facts}", limit)

    def turns(self):
        """How often the program was idle so far; for `turned`."""
        return len(self.idle)

    def turned(self, turns):
        """Waits until the program was idle again since `turns`, and has drawn what there was."""
        self.pump(lambda: len(self.idle) > turns, "idle")
        self.settle()

    def do(self, line):
        """A command, and the frame it leads to."""
        start, turns = len(self.told), self.turns()
        self.command(line)
        self.expect("done", start, line=line)
        self.turned(turns)

    def started(self):
        told = self.expect("open")
        self.pump(lambda: self.idle, "idle")
        self.settle()
        return told

    def shows(self, text, limit=10.0):
        return self.pump(lambda: any(text in line for line in self.screen.display), f"{text!r} on the screen", limit)

    def status(self, limit=20.0):
        """How it ended: its exit status, or minus the signal."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            check(time.monotonic() < end, f"the program did not end; told: {self.last()}")
            readable, _, _ = select.select(list(self.descriptors), [], [], 0.05)
            for descriptor in readable:
                self._read(descriptor)
        self.settle()
        return self.process.returncode

    def check_restored(self):
        """The terminal is as it was found."""
        left = self.ledger.open_modes()
        check(not left, f"left set: {left}; end of output {bytes(self.output[-200:])!r}")
        if self.master in self.descriptors:
            found = termios.tcgetattr(self.master)
            check(found == self.settings, f"terminal settings differ: {self.settings} became {found}")

    def lose(self):
        """The line drops."""
        del self.descriptors[self.master]
        os.close(self.master)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            # Its own process only, and what that started on this terminal ends with the terminal.
            if self.pid != self.process.pid:
                try:
                    os.kill(self.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.process.kill()
        self.process.wait()
        for descriptor in [*self.descriptors, self.commands]:
            os.close(descriptor)
        self.descriptors = {}
