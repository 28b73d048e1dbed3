"""The console's terminal layer in tmux: another emulator than the one of `terminal.py`, with a real shell around it."""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

from terminal import check


class Tmux:
    """A tmux server of its own with one shell in it. What the probe tells and when it is idle come through files."""

    def __init__(self, program, columns=80, rows=24, environment=None):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="sluice-tmux-")
        self.log = os.path.join(self.folder, "log")
        fifo = os.path.join(self.folder, "idle")
        os.mkfifo(fifo)
        # Open at both ends, so that neither side waits for the other.
        self.idle = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
        self.inputs = b""
        variables = {
            "LC_ALL": "C.UTF-8", "SLUICE_CONSOLE_IDLE_FD": "9", "PROBE_LOG": self.log,
            "PROBE_SCENE": "glyphs", "SWIFT_BACKTRACE": "enable=no", **(environment or {}),
        }
        arguments = [word for name, value in variables.items() for word in ("-e", f"{name}={value}")]
        self.run("new-session", "-d", "-x", str(columns), "-y", str(rows), *arguments,
                 f"exec env 'PS1=$ ' bash --norc --noprofile -i 9<>{fifo}")
        self.wait(lambda: "$" in "".join(self.shown()), "the shell")

    def run(self, *arguments):
        # A server without a user's configuration, which ends with its only session.
        socket = os.path.join(self.folder, "socket")
        done = subprocess.run(["tmux", "-S", socket, "-f", "/dev/null", *arguments], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "TMUX": ""})
        check(done.returncode == 0, f"tmux {arguments[0]}: {done.stderr}")
        return done.stdout

    def shown(self):
        return self.run("capture-pane", "-p").split("\n")

    def type(self, *keys):
        self.run("send-keys", *keys)

    def state(self):
        """What the emulator thinks of its modes."""
        names = ("alternate_on", "cursor_flag", "keypad_cursor_flag", "keypad_flag", "mouse_any_flag", "insert_flag",
                 "wrap_flag", "origin_flag", "scroll_region_upper", "scroll_region_lower", "pane_height")
        values = self.run("display-message", "-p", " ".join("#{%s}" % name for name in names)).split()
        return dict(zip(names, map(int, values)))

    def told(self):
        if not os.path.exists(self.log):
            return []
        with open(self.log) as file:
            return [json.loads(line) for line in file.read().split("\n")[:-1]]

    def wait(self, until, what, limit=20):
        """Waits for a condition; the idle lines and the passing of a moment are when it is looked at again."""
        end = time.monotonic() + limit
        while True:
            value = until()
            if value:
                return value
            check(time.monotonic() < end, f"waited for {what}; told {self.told()[-4:]}; shown {self.shown()[:8]}")
            readable, _, _ = select.select([self.idle], [], [], 0.05)
            if readable:
                self.inputs += os.read(self.idle, 65536)

    def expect(self, event, **facts):
        return self.wait(
            lambda: next((told for told in self.told() if told["event"] == event
                          and all(told.get(name) == value for name, value in facts.items())), None),
            f"{event} {facts}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # By its own process id: a server that is only asked may outlive its last window.
        told = subprocess.run(
            ["tmux", "-S", os.path.join(self.folder, "socket"), "display-message", "-p", "#{pid}"],
            capture_output=True, text=True).stdout.strip()
        if told.isdigit():
            os.kill(int(told), signal.SIGKILL)
        os.close(self.idle)
        shutil.rmtree(self.folder, ignore_errors=True)


def tour(program):
    """Drawn, typed at, pasted into, resized, stopped, continued, ended: and the shell is as it was."""
    with Tmux(program) as tmux:
        before = tmux.state()
        tmux.type(program, "Enter")
        opened = tmux.expect("open")
        check(opened["utf8"] and (opened["columns"], opened["rows"]) == (80, 24), f"{opened}")
        tmux.wait(lambda: "日本語 topic 漢字" in tmux.shown()[6], "wide characters")
        check(tmux.shown()[0].startswith("┌────"), f"{tmux.shown()[0]!r}")
        check(tmux.shown()[23].endswith("#"), "the last corner is empty")
        check(tmux.state()["alternate_on"] == 1, "no alternate screen")

        tmux.type("Up", "F5", "C-p", "é", "M-x", "Escape")
        for key in ("Up", "F5", "Ctrl-P", "é", "Alt-x", "Esc"):
            tmux.expect("key", key=key)

        text = "first line\nq\nlast line"
        tmux.run("set-buffer", text)
        tmux.run("paste-buffer", "-p")
        check(tmux.expect("paste")["start"] == text, "the paste came otherwise")

        tmux.run("resize-window", "-x", "100", "-y", "30")
        tmux.expect("resize", columns=100, rows=30)
        tmux.wait(lambda: len(tmux.shown()) > 29 and tmux.shown()[29].endswith("#"), "the new corner")

        tmux.type("C-z")
        tmux.wait(lambda: any("Stopped" in line for line in tmux.shown()), "the shell's word")
        stopped = tmux.state()
        check(stopped["alternate_on"] == 0 and stopped["cursor_flag"] == 1, f"while stopped: {stopped}")
        tmux.type("fg", "Enter")
        tmux.expect("resumed")
        tmux.wait(lambda: "日本語" in tmux.shown()[6], "everything drawn again")

        tmux.type("q")
        tmux.expect("end", how="quit")
        tmux.wait(lambda: tmux.state()["alternate_on"] == 0, "the shell's screen")
        after = tmux.state()
        for name in ("scroll_region_lower", "pane_height"):
            before[name] += 6
        check(after == before, f"{before} became {after}")
        tmux.type("stty -a | tr ' ' '\\n' | grep -cx -e icanon -e isig -e echo -e ixon -e icrnl -e opost", "Enter")
        tmux.wait(lambda: "6" in tmux.shown()[:40], "the settings of a shell")


def clipboard(program):
    """A copy reaches tmux, which keeps it as a buffer when it may."""
    with Tmux(program) as tmux:
        tmux.run("set-option", "-s", "set-clipboard", "on")
        # The Linux pipe of commands is for a driver with a terminal of its own; here the shell types.
        tmux.type(f"(echo copy hello from afar; sleep 30) | {program}", "Enter")
        tmux.expect("copied")
        tmux.wait(lambda: "hello from afar" in tmux.run("list-buffers"), "the buffer")
        tmux.type("q")
        tmux.expect("end")
