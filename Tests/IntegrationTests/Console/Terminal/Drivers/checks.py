"""Checks of the console's terminal layer. `checks.py PROGRAM CHECK [ARGUMENTS]` runs one; no CHECK lists them all.

PROGRAM is ConsoleProbe. A check that fails says why on standard error and ends with 1.
"""

import os
import random
import re
import select
import signal
import subprocess
import sys
import termios
import time
import unicodedata

from pyte import graphics

import multiplexer
from terminal import Failure, Screen, Session, Stream, check

CHECKS = {}


def named(function):
    CHECKS[function.__name__.replace("_", "-")] = function
    return function


# -- what is drawn

NAMES = ["black", "red", "green", "brown", "blue", "magenta", "cyan", "white"]
BOLD, ITALIC, UNDERLINE, REVERSE = 1, 4, 8, 16


def colour(number):
    if number < 0:
        return "default"
    if number < 8:
        return NAMES[number]
    if number < 16:
        return "bright" + NAMES[number - 8]
    return graphics.FG_BG_256[number]


def compare(session, told, opened):
    """Every cell of the emulator with the grid that was drawn."""
    differences = []
    coloured = opened["colours"] > 0
    for y, row in enumerate(told["rows"]):
        for x, (text, foreground, background, attributes) in enumerate(row):
            cell = session.screen.buffer[y][x]
            attributes &= opened["attributes"]
            if opened["term"] in ("linux", "ansi") and (foreground >= 0 or background >= 0):
                # Its description says that underlining and colours do not go together.
                attributes &= ~UNDERLINE
            expected = [
                unicodedata.normalize("NFC", text), colour(foreground) if coloured else "default", colour(background) if coloured else "default",
                bool(attributes & BOLD), bool(attributes & ITALIC), bool(attributes & UNDERLINE),
                bool(attributes & REVERSE)]
            found = [cell.data, cell.fg.replace("bfightmagenta", "brightmagenta"), cell.bg, cell.bold, cell.italics,
                     cell.underscore, cell.reverse]
            # The colour of letters that are not there, and of halves of wide characters, is nobody's business.
            if text in ("", " ") and not attributes & UNDERLINE:
                blank = [cell.data.strip() or "", cell.bg, cell.reverse]
                if blank == ["", expected[2], expected[6]] or text == "":
                    continue
            if expected != found:
                differences.append(f"row {y} column {x}: drawn {expected}, shown {found}")
    check(not differences, f"{len(differences)} cells differ, such as {differences[:4]}; "
                           f"screen: {session.screen.display[:4]}")


def compare_scene(session, opened, scene):
    start = len(session.told)
    session.do(f"scene {scene}")
    session.do("repaint")
    grids = [told for told in session.told[start:] if told["event"] == "grid"]
    check(grids, "no grid was told")
    compare(session, grids[-1], opened)


@named
def cells(program, term, locale):
    """What a terminal shows is the grid, cell by cell."""
    with Session(program, term=term, locale=locale) as session:
        opened = session.started()
        utf8 = "UTF-8" in locale
        check(opened["utf8"] == utf8, f"UTF-8: {opened}")
        check(opened["family"] == ("unicode" if utf8 else "ascii"), f"glyphs: {opened}")
        check((opened["columns"], opened["rows"]) == (80, 24), f"size: {opened}")
        session.do("grids on")
        for scene in ("looks", "glyphs", "numbers", "full", "empty", "glyphs"):
            compare_scene(session, opened, scene)
        check((session.screen.cursor.x, session.screen.cursor.y) == (4, 4), "the cursor is elsewhere")
        # Small changes go another way than whole screens.
        session.do("scene numbers")
        for _ in range(3):
            start = len(session.told)
            session.do("turn")
            compare(session, [told for told in session.told[start:] if told["event"] == "grid"][-1], opened)
        session.type("q")
        check(session.status() == 0, "it did not end well")
        session.check_restored()
    return f"{opened['term']} {opened['colours']} colours, {opened['family']} glyphs, graphs of {opened['graph']}"


@named
def hostile_text(program, locale):
    """Controls, direction marks and towers of accents never reach the terminal."""
    with Session(program, locale=locale) as session:
        session.started()
        start = len(session.output)
        session.do("scene hostile")
        sent = bytes(session.output[start:])
        rows = session.screen.display
        check("\u202e" not in sent.decode(errors="replace") and b"\xc2\x9b" not in sent and b"\x1b[31m" not in sent,
              f"sent {sent!r}")
        check(rows[1].startswith("ab2Jc[31md?") and rows[1].rstrip().endswith("e"), f"row 1 is {rows[1]!r}")
        if "UTF-8" in locale:
            check(rows[0].startswith("é│漢") and "|" in rows[0], f"row 0 is {rows[0]!r}")
            check(session.screen.buffer[2][1].data == "!", f"row 2 is {rows[2]!r}")
        else:
            check(rows[0].startswith("??? ") and "|" in rows[0], f"row 0 is {rows[0]!r}")
            check(max(sent) < 0x80, f"sent {sent!r}")


@named
def captured_errors(program):
    """What libraries print while the screen is up does not spoil it, and is shown on leaving."""
    with Session(program) as session:
        session.started()
        session.do("scene full")
        before = list(session.screen.display)
        session.do("say something went wrong in a library")
        session.do("turn")
        check(session.screen.display == before, "the screen was spoiled")
        session.type("q")
        check(session.status() == 0, "it did not end well")
        check(b"something went wrong in a library" in session.output, "what was printed is lost")
        session.check_restored()


@named
def no_colour(program):
    """NO_COLOR leaves attributes."""
    with Session(program, environment={"NO_COLOR": "1"}) as session:
        opened = session.started()
        check(opened["colours"] == 0 and opened["attributes"] & BOLD, f"{opened}")
        session.do("grids on")
        compare_scene(session, opened, "looks")
        sent = re.findall(rb"\x1b\[(?:[0-9;]*;)?(?:[34][0-8]|9[0-7])[0-9;]*m", session.output)
        check(not sent, f"colours were sent: {sent[:3]}")
    with Session(program, environment={"NO_COLOR": "1", "PROBE_COLOUR": "always"}) as session:
        check(session.started()["colours"] == 256, "--color does not beat NO_COLOR")


@named
def unknown_terminals(program):
    """Terminals that this machine does not describe are drawn as their kin; dumb ones are refused."""
    for term, expected in (("xterm-kitty", "xterm-256color"), ("foot", "xterm-256color"), ("no-such-thing", "xterm"),
                           (None, "xterm"), ("tmux-unknown", "tmux-256color")):
        with Session(program, term=term) as session:
            opened = session.started()
            check(opened["term"] == expected, f"{term}: {opened}")
            check(opened["notice"], f"{term}: nothing said")
            session.do("grids on")
            session.do("scene numbers")
            check("metric 0" in session.screen.display[0], f"{term}: {session.screen.display[0]!r}")
            session.type("q")
            check(session.status() == 0, f"{term}: it did not end well")
            session.check_restored()
    with Session(program, term="dumb") as session:
        check("dumb" in session.expect("error")["text"], "dumb is not named")
        check(session.status() == 2, "dumb was not refused")
        check(not session.output, f"something was sent: {bytes(session.output)!r}")


@named
def locales(program):
    """A locale that is not installed here counts as UTF-8, none as ASCII."""
    for locale, utf8 in (("en_US.UTF-8", True), ("C", False), ("POSIX", False), (None, False), ("xx_YY.nonsense", True)):
        with Session(program, locale=locale, environment={"LANG": None}) as session:
            check(session.started()["utf8"] == utf8, f"{locale}: {session.told}")


@named
def without_dev_tty(program):
    """Without a controlling terminal, standard input and output serve if they are one."""
    log = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"probe-{os.getpid()}.log")
    try:
        with Session(program, tty=False, environment={"PROBE_LOG": log}) as session:
            session.pump(lambda: session.idle, "idle")
            session.type("q")
            check(session.status() == 0, "it did not end well")
            session.check_restored()
    finally:
        if os.path.exists(log):
            os.unlink(log)
    refused = subprocess.run([program], stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True,
                             env={**os.environ, "TERM": "xterm"})
    check(refused.returncode == 2 and b"no terminal" in refused.stdout, f"{refused}")


# -- leaving

ENDINGS = {
    "q": lambda session: session.type("q"),
    "ctrl-c": lambda session: session.type("\x03"),
    "term": lambda session: session.kill(signal.SIGTERM),
    "hup": lambda session: session.kill(signal.SIGHUP),
    "int": lambda session: session.kill(signal.SIGINT),
    "exit": lambda session: session.command("exit"),
    "segv": lambda session: session.kill(signal.SIGSEGV),
    "abrt": lambda session: session.kill(signal.SIGABRT),
    "bus": lambda session: session.kill(signal.SIGBUS),
    "quit": lambda session: session.kill(signal.SIGQUIT),
    "own-segv": lambda session: session.command("signal 11"),
    "trap": lambda session: session.command("trap"),
    "trap-elsewhere": lambda session: session.command("trap-elsewhere"),
    "overflow": lambda session: session.command("overflow"),
}
STATUS = {"exit": 3, "segv": -signal.SIGSEGV, "own-segv": -signal.SIGSEGV,
          "overflow": -signal.SIGSEGV, "abrt": -signal.SIGABRT,
          "bus": -signal.SIGBUS, "quit": -signal.SIGQUIT}


@named
def ledger(program, ending, term):
    """However it ends, every mode that was set is reset and the terminal's settings are as before."""
    with Session(program, term=term, environment={"PROBE_MOUSE": "1"}) as session:
        session.started()
        session.do("scene looks")
        check(session.ledger.was_set(2004), "bracketed paste was not asked for")
        if term.startswith("xterm"):
            check(session.ledger.was_set(1049) and session.ledger.was_set(1006), "a mode was not set")
        check(session.ledger.open_modes(), "the ledger finds nothing")
        ENDINGS[ending](session)
        status = session.status()
        if ending.startswith("trap"):
            check(status in (-signal.SIGILL, -signal.SIGTRAP), f"ended with {status}")
            check(b"Index out of range" in session.output, f"the message is lost: {bytes(session.output[-300:])!r}")
        else:
            check(status == STATUS.get(ending, 0), f"ended with {status}")
        session.check_restored()


@named
def lost_terminal(program):
    """When the line drops the program ends by itself, and well."""
    with Session(program) as session:
        session.started()
        session.do("scene numbers")
        session.do("ticks on")
        session.lose()
        check(session.status() == 0, f"ended with {session.process.returncode}")
        session.expect("terminate")
        session.expect("end", how="terminated")


@named
def suspend(program):
    """Ctrl-Z gives the terminal back; `fg` draws everything again; the size may have changed meanwhile."""
    with Session(program, jobs=True) as session:
        opened = session.started()
        session.do("grids on")
        session.do("scene looks")
        for turn in range(2):
            count = len(session.jobs)
            session.type("\x1a")
            stopped = session.pump(lambda: session.jobs[count:], "the stop")[0]
            check(stopped == f"stopped {int(signal.SIGTSTP)} as found", stopped)
            session.settle()
            check(not session.ledger.open_modes(), f"while stopped: {session.ledger.open_modes()}")
            start, turns = len(session.told), session.turns()
            session.resize(90 + turn, 30)
            session.order("fg")
            session.expect("resumed", start)
            session.expect("resize", start, columns=90 + turn, rows=30)
            session.turned(turns)
            check(session.ledger.was_set(2004) and session.ledger.open_modes(), "modes were not set again")
            session.do("repaint")
            compare(session, [told for told in session.told if told["event"] == "grid"][-1], opened)
        session.type("q")
        session.pump(lambda: session.jobs and session.jobs[-1] == "ended 0", "the end")
        session.check_restored()


@named
def background(program):
    """Continued in the background it leaves the terminal alone until it is in the foreground."""
    with Session(program, jobs=True) as session:
        session.started()
        session.do("scene numbers")
        session.type("\x1a")
        session.pump(lambda: any(line.startswith("stopped") for line in session.jobs), "the stop")
        session.settle()
        sent = len(session.output)
        session.order("bg")
        session.pump(lambda: "in background" in session.jobs, "the background")
        # It looks a few times whether it is in the foreground; nothing may come of that.
        try:
            session.pump(lambda: len(session.output) > sent, "output", limit=0.7)
            raise Failure(f"it drew in the background: {bytes(session.output[sent:])!r}")
        except Failure as failure:
            check("waited" in str(failure), str(failure))
        session.order("check")
        session.pump(lambda: "settings as found" in session.jobs, "settings as found")
        turns = session.turns()
        session.order("fg")
        session.expect("resumed")
        session.turned(turns)
        check("metric 0" in session.screen.display[0], f"{session.screen.display[0]!r}")
        session.kill(signal.SIGTERM)
        session.pump(lambda: session.jobs[-1] == "ended 0", "the end")
        session.check_restored()


@named
def stopped_from_outside(program):
    """`kill -TSTP` is Ctrl-Z; after `kill -STOP` the modes are set anew."""
    with Session(program, jobs=True) as session:
        session.started()
        session.do("scene numbers")
        session.kill(signal.SIGTSTP)
        session.pump(lambda: session.jobs, "the stop")
        turns = session.turns()
        session.order("fg")
        session.expect("resumed")
        session.turned(turns)
        count, start = len(session.jobs), len(session.told)
        session.kill(signal.SIGSTOP)
        session.pump(lambda: session.jobs[count:], "the stop")
        turns = session.turns()
        session.order("fg")
        session.expect("resumed", start)
        session.turned(turns)
        check("metric 0" in session.screen.display[0], f"{session.screen.display[0]!r}")
        start = len(session.told)
        session.type("x")
        session.expect("key", start, key="x")
        session.type("q")
        session.pump(lambda: session.jobs[-1] == "ended 0", "the end")
        session.check_restored()


@named
def frozen_terminal(program):
    """A terminal that takes no output holds nothing up but its own frames: it can still be told to end."""
    with Session(program, columns=200, rows=60) as session:
        session.started()
        session.do("scene full")
        # Nobody reads the terminal from here on.
        descriptor = session.descriptors.pop(session.master)
        session.command("flood 3")
        for _ in range(400):
            session.command("repaint")
        try:
            session.pump(lambda: False, "nothing", limit=1.0)
        except Failure:
            pass
        session.kill(signal.SIGTERM)
        check(session.status() == 0, f"ended with {session.process.returncode}")
        check(termios.tcgetattr(session.master) == session.settings, "settings were not restored")
        session.descriptors[session.master] = descriptor
        session.settle()
        left = session.ledger.open_modes()
        return f"left set by a terminal that took nothing: {left}"


# -- input

KEYS = [
    ("x", "x"), ("é", "é"), ("漢", "漢"), (" ", "Space"), ("\r", "Enter"), ("\t", "Tab"), ("\x7f", "Backspace"),
    ("\x08", "Backspace"), ("\x10", "Ctrl-P"), ("\x13", "Ctrl-S"), ("\x11", "Ctrl-Q"), ("\x1c", "Ctrl-\\"),
    ("\x16", "Ctrl-V"), ("\x1b[A", "Up"), ("\x1bOA", "Up"), ("\x1b[B", "Down"), ("\x1b[C", "Right"),
    ("\x1b[D", "Left"), ("\x1b[H", "Home"), ("\x1b[1~", "Home"), ("\x1b[7~", "Home"), ("\x1bOH", "Home"),
    ("\x1b[F", "End"), ("\x1b[4~", "End"), ("\x1b[8~", "End"), ("\x1b[2~", "Ins"), ("\x1b[3~", "Del"),
    ("\x1b[5~", "PgUp"), ("\x1b[6~", "PgDn"), ("\x1b[Z", "Shift-Tab"), ("\x1bOP", "F1"), ("\x1b[11~", "F1"),
    ("\x1b[[A", "F1"), ("\x1b[15~", "F5"), ("\x1b[21~", "F10"), ("\x1b[24~", "F12"), ("\x1b[1;5A", "Up"),
    ("\x1bx", "Alt-x"), ("\x1b1", "Alt-1"), ("\x1b", "Esc"),
]


@named
def keys(program, term):
    """Keys as terminals send them, one by one; Esc alone within its delay."""
    with Session(program, term=term) as session:
        session.started()
        slowest = 0.0
        for count, (sent, name) in enumerate(KEYS, start=1):
            start = len(session.told)
            began = time.monotonic()
            session.type(sent)
            told = session.pump(lambda: session.told[start:], f"{name} for {sent!r}")
            slowest = max(slowest, time.monotonic() - began) if name == "Esc" else slowest
            check([t.get("key") for t in told] == [name], f"{sent!r} gave {told}, not {name}")
        return f"Esc took {slowest * 1000:.0f} ms"


@named
def paste(program, term):
    """A token with line breaks and a `q` is one event, whether the terminal brackets pastes or not."""
    token = "eyJ" + "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=2426))
    token = token[:800] + "\rq\r" + token[800:1600] + "\r" + token[1600:]
    with Session(program, term=term) as session:
        opened = session.started()
        if opened["brackets"]:
            session.type("\x1b[200~" + token + "\x1b[201~")
        else:
            session.type(token)
        told = session.expect("paste")
        check(told["start"] == token.replace("\r", "\n")[:2500], f"another text came: {told}")
        check(told["lines"] == 4, f"{told['lines']} lines")
        # Nothing but the paste came, and keys are keys again.
        session.type("x")
        session.expect("key", key="x")
        kinds = [t["event"] for t in session.told if t["event"] in ("key", "paste")]
        check(kinds == ["paste", "key"], f"{kinds}")
        # A key held down on a slow line is not a paste.
        start = len(session.told)
        session.type("j" * 40)
        session.pump(lambda: sum(t["event"] == "key" for t in session.told[start:]) == 40, "forty keys")


@named
def paste_with_sequences(program):
    """What looks like keys inside a paste is text: no signal, no command, no mouse."""
    with Session(program) as session:
        session.started()
        session.type("\x1b[200~a\x03b\x1a\x1b[Ac\x1b[<0;1;1Mq\x1b[201~")
        told = session.expect("paste")
        check(told["bytes"] == len("a\x03b\x1a\x1b[Ac\x1b[<0;1;1Mq"), f"{told}")
        session.type("y")
        session.expect("key", key="y")
        check([t["event"] for t in session.told if t["event"] in ("key", "paste", "suspend", "interrupt", "mouse")]
              == ["paste", "key"], f"{session.told}")


@named
def paste_of_a_megabyte(program, term):
    with Session(program, term=term) as session:
        opened = session.started()
        data = (bytes(random.Random(3).choices(b"abcdefghijklmnopqrstuvwxyz\r", k=1 << 20)))
        began = time.monotonic()
        session.type(b"\x1b[200~" + data + b"\x1b[201~" if opened["brackets"] else data)
        told = session.expect("paste", limit=60)
        took = time.monotonic() - began
        check(told["bytes"] == 1 << 20, f"{told['bytes']} bytes arrived")
        session.type("x")
        session.expect("key", key="x")
        return f"a paste of 1 MiB took {took:.2f} s"


@named
def mouse(program, term):
    """Clicks, double clicks and the wheel, when they are wanted."""
    with Session(program, term=term) as session:
        session.started()
        check(not session.ledger.was_set(1000), "the mouse was on from the start")
        session.do("mouse on")
        check(session.ledger.was_set(1000) and session.ledger.was_set(1006), "the mouse was not switched on")
        session.type("\x1b[<0;5;3M\x1b[<0;5;3m")
        session.expect("mouse", kind="click", column=4, row=2)
        session.type("\x1b[<0;5;3M\x1b[<0;5;3m")
        session.expect("mouse", kind="doubleClick", column=4, row=2)
        session.type("\x1b[<65;1;1M\x1b[M" + chr(32 + 64) + chr(33 + 9) + chr(33 + 6))
        session.expect("mouse", kind="wheelDown", column=0, row=0)
        session.expect("mouse", kind="wheelUp", column=9, row=6)
        session.do("mouse off")
        session.type("q")
        check(session.status() == 0, "it did not end well")
        session.check_restored()


@named
def fuzz(program, seed):
    """Whatever is typed, the program goes on, and ends when it is told to."""
    numbers = random.Random(int(seed))
    pieces = [
        lambda: bytes(numbers.randrange(256) for _ in range(numbers.randrange(1, 60))),
        lambda: "é漢\U0001F680ñ".encode()[:numbers.randrange(1, 12)],
        lambda: b"\x1b[" + bytes(numbers.choices(b"0123456789;?<>[ M", k=numbers.randrange(0, 90))),
        lambda: b"\x1b" + bytes([numbers.randrange(256)]),
        lambda: b"\x1b]" + bytes(numbers.randrange(32, 127) for _ in range(numbers.randrange(0, 40))),
        lambda: b"\x1b[200~" + bytes(numbers.randrange(256) for _ in range(30)),
        lambda: b"\x1b[201~", lambda: b"\x1b[<" + str(numbers.randrange(10 ** 25)).encode() + b";1;1M",
        lambda: b"\x00" * numbers.randrange(1, 50), lambda: b"\xff\xfe\xc0\x80\xf5\xed\xa0\x80",
        lambda: b"\x1b[%d;%du" % (numbers.randrange(1 << 40), numbers.randrange(1 << 40)),
    ]
    with Session(program, environment={"PROBE_MOUSE": "1"}) as session:
        session.started()
        session.do("scene numbers")
        total = 0
        for _ in range(1_500):
            # What quits or stops has its own checks.
            data = numbers.choice(pieces)().translate(None, b"q\x03\x1a")
            total += len(data)
            session.type(data)
        # The end of a paste that may be open, and of any sequence.
        start = len(session.told)
        session.type(b"\x1b[201~\x1b\\\x18")
        session.pump(lambda: len(session.idle) > 0, "idle")
        session.do("scene numbers")
        check("metric 0" in session.screen.display[0], f"{session.screen.display[0]!r}")
        session.kill(signal.SIGTERM)
        check(session.status() == 0, f"ended with {session.process.returncode}")
        session.check_restored()
        return f"{total} bytes, {len(session.told)} events"


@named
def late_answers(program):
    """Answers to questions that came too late are not keys."""
    with Session(program) as session:
        session.started()
        session.type("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?64;1;2c\x1b[12;40R\x1b[?2026;2$yx")
        session.expect("key", key="x")
        check([t["event"] for t in session.told] == ["open", "key"], f"{session.told}")


# -- size

@named
def sizes(program):
    """From one cell to a large screen, what is shown is the grid."""
    with Session(program, columns=1, rows=1) as session:
        session.started()
        session.type("q")
        check(session.status() == 0, "it did not end well on one cell")
    with Session(program) as session:
        opened = session.started()
        session.do("grids on")
        session.do("scene full")
        for columns, rows in ((40, 10), (1, 1), (200, 60), (13, 3), (400, 100), (80, 24)):
            start = len(session.told)
            session.resize(columns, rows)
            session.expect("resize", start, columns=columns, rows=rows)
            session.do("repaint")
            compare(session, [t for t in session.told[start:] if t["event"] == "grid"][-1], opened)
        session.type("q")
        check(session.status() == 0, "it did not end well")
        session.check_restored()


@named
def resize_storm(program):
    """Sizes that change faster than frames end with the last one drawn."""
    with Session(program) as session:
        opened = session.started()
        session.do("scene full")
        session.emulates = False
        for turn in range(300):
            session.resize(*((1, 1) if turn % 2 else (400, 100)))
            session.settle()
        start, turns = len(session.told), session.turns()
        session.resize(91, 31)
        session.expect("resize", columns=91, rows=31)
        session.turned(turns)
        session.screen = Screen(91, 31)
        session.stream = Stream(session.screen)
        session.emulates = True
        session.do("grids on")
        session.do("repaint")
        compare(session, [t for t in session.told[start:] if t["event"] == "grid"][-1], opened)
        session.type("q")
        check(session.status() == 0, "it did not end well")
        session.check_restored()


# -- cost

def bytes_of(session, line):
    start = len(session.output)
    session.do(line)
    return len(session.output) - start


@named
def budgets(program, columns, rows):
    """Bytes: nothing for nothing, little for little."""
    with Session(program, columns=int(columns), rows=int(rows)) as session:
        session.started()
        session.do("scene empty")
        first = bytes_of(session, "scene full")
        again = bytes_of(session, "repaint")
        session.do("scene numbers")
        same = bytes_of(session, "scene numbers")
        forty = [bytes_of(session, "turn") for _ in range(8)]
        one = bytes_of(session, "note x")
        check(same == 0, f"{same} bytes for nothing")
        check(max(forty) <= 700, f"forty numbers took {forty} bytes")
        check(one <= 60, f"one cell took {one} bytes")
        cells = int(columns) * int(rows)
        check(first <= cells * 1.3 and again <= cells * 1.3, f"a full screen took {first} and {again} bytes")
        return (f"{columns}x{rows}: full of text {first}, repaint {again}, forty numbers "
                f"{sorted(forty)[len(forty) // 2]}, one cell {one}, nothing {same} bytes")


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@named
def idle_costs_nothing(program):
    """Without ticks nothing happens; with ticks four turns a second and no byte when nothing changed."""
    with Session(program) as session:
        session.started()
        session.do("scene full")
        sent, cpu = len(session.output), cpu_seconds(session.pid)
        session.do("ticks on")
        began = time.monotonic()
        session.pump(lambda: time.monotonic() - began > 3, "three seconds", limit=5)
        check(len(session.output) == sent, f"{len(session.output) - sent} bytes while nothing changed")
        session.do("counts")
        ticks = session.expect("counts")["ticks"]
        check(10 <= ticks <= 14, f"{ticks} ticks in 3 seconds")
        used = cpu_seconds(session.pid) - cpu
        check(used <= 0.5, f"{used} s of CPU for 3 idle seconds")
        return f"{ticks} ticks in 3 s took {used:.2f} s of CPU (debug build)"


@named
def flood(program):
    """A million events: four frames a second, the newest value at the end, and keys get through."""
    with Session(program) as session:
        session.started()
        session.do("scene numbers")
        start = len(session.told)
        session.do("counts")
        before = session.expect("counts", start)["frames"]
        began = time.monotonic()
        session.command("flood 1000000")
        session.type("x")
        session.expect("key", key="x", limit=30)
        key = time.monotonic() - began
        session.expect("flooded", limit=120)
        took = time.monotonic() - began
        value = str((999_999 * 7_919) % 900_000 + 100_000)
        session.shows(value)
        start = len(session.told)
        session.do("counts")
        frames = session.expect("counts", start)["frames"] - before
        check(frames <= took * 4 + 6, f"{frames} frames in {took:.1f} s")
        return f"1 000 000 events in {took:.1f} s: {frames} frames, a key within {key * 1000:.0f} ms"


@named
def slow_line(program):
    """A line that cannot keep up is told of, and gets at most one frame a second."""
    with Session(program, columns=200, rows=60) as session:
        session.started()
        session.do("scene numbers")
        session.do("scene full")
        descriptor = session.descriptors.pop(session.master)
        end = time.monotonic() + 15
        while not any(told["event"] == "slow" for told in session.told):
            check(time.monotonic() < end, f"nobody noticed: {session.last()}")
            session.command("repaint")
            # A few bytes now and then, as a modem would.
            if select.select([session.master], [], [], 0)[0]:
                os.read(session.master, 256)
            try:
                session.pump(lambda: False, "nothing", limit=0.02)
            except Failure:
                pass
        session.descriptors[session.master] = descriptor
        check(session.expect("slow")["slow"], "slow")
        session.command("scene numbers")
        session.command("ticks on")
        session.expect("slow", slow=False, limit=20)


# -- others

@named
def startup(program):
    """From start to the first frame."""
    times = []
    for _ in range(5):
        began = time.monotonic()
        with Session(program) as session:
            session.pump(lambda: session.output, "the first byte")
            times.append(time.monotonic() - began)
            session.started()
    return f"first byte after {sorted(times)[2] * 1000:.0f} ms (with Python's fork)"


@named
def background_question(program):
    """The terminal is asked for its background and not waited for; its answer is no key, here or in the shell."""
    for answer, expected in (("\x1b]11;rgb:cccc/ffff/eeee\x1b\\\x1b[?62;22c", "light"),
                             ("\x1b]11;rgb:10/10/18\x07\x1b[?1;2c", "dark"), ("\x1b[?1;2c", "")):
        with Session(program, environment={"PROBE_ASK": "1"}) as session:
            session.pump(lambda: b"\x1b[c" in session.output, "the question")
            # In pieces, as networks bring it; a `c` is no end by itself.
            for piece in ("x", answer[:14], answer[14:]):
                session.type(piece)
            session.started()
            session.expect("key", key="x")
            session.expect("background", background=expected)
            session.type("q")
            check(session.status() == 0, "it did not end well")
            session.check_restored()
            keys = [told for told in session.told if told["event"] == "key"]
            check(len(keys) == 2, f"the answer was typed: {keys}")
    with Session(program, environment={"PROBE_ASK": "1", "COLORFGBG": "0;15"}) as session:
        # The first frame is there before any answer.
        check(session.started()["background"] == "light", "COLORFGBG")
        session.type("\x1b[?1;2c")
        session.expect("background", background="light")
    with Session(program, environment={"PROBE_ASK": "1"}) as session:
        session.started()
        session.type("q\x1b]11;rgb:10/10/18\x07\x1b[?1;2c")
        check(session.status() == 0, "it did not end well")
        check(b"11;rgb" not in session.output, "the shell got the answer")
    with Session(program, term="linux", environment={"PROBE_ASK": "1"}) as session:
        session.started()
        check(b"\x1b]11" not in session.output, "the Linux console was asked")


@named
def clipboard(program):
    """OSC 52, wrapped where a multiplexer wants it, and never what is too long."""
    plain = b"\x1b]52;c;aGVsbG8gd29ybGQ=\x1b\\"
    with Session(program) as session:
        session.started()
        session.command("copy hello world")
        check("sent" in session.expect("copied")["text"], "not sent")
        session.pump(lambda: plain in session.output, "OSC 52")
        start, sent = len(session.told), len(session.output)
        session.command("copy huge")
        check("tooLong" in session.expect("copied", start)["text"], "a huge text was sent")
        session.settle()
        check(b"]52" not in session.output[sent:], "something was sent")
    with Session(program, term="tmux-256color", environment={"TMUX": "/tmp/x,1,0"}) as session:
        session.started()
        session.command("copy hello world")
        session.pump(lambda: plain in session.output and b"\x1bPtmux;\x1b\x1b]52;c;" in session.output, "OSC 52")
    with Session(program, term="screen-256color", environment={"STY": "1.x"}) as session:
        session.started()
        session.command("copy hello world")
        session.pump(lambda: b"\x1bP\x1b]52;c;" in session.output, "OSC 52")
    with Session(program, term="linux") as session:
        session.started()
        session.command("copy hello world")
        check("unsupported" in session.expect("copied")["text"], "sent to the Linux console")


@named
def other_programs(program):
    """$PAGER and $EDITOR get the terminal as it was found, and the screen comes back."""
    pager = "sh -c 'stty -g; cat \"$0\"; printf ready; read line'"
    editor = "sh -c 'echo changed > \"$0\"'"
    with Session(program, environment={"PAGER": pager, "EDITOR": editor}) as session:
        opened = session.started()
        session.do("grids on")
        session.do("scene looks")
        session.command("page some text")
        session.pump(lambda: b"ready" in session.output, "the pager")
        check(b"some text" in session.output, "the text is not shown")
        check(not session.ledger.open_modes(), f"in the pager: {session.ledger.open_modes()}")
        turns = session.turns()
        session.type("\n")
        check(session.expect("paged")["text"] == "", "the pager failed")
        session.turned(turns)
        compare(session, [t for t in session.told if t["event"] == "grid"][-1], opened)
        session.do("edit a: 1")
        check("changed" in session.expect("edited")["text"], f"{session.told[-1]}")
        session.type("x")
        session.expect("key", key="x")
        session.type("q")
        check(session.status() == 0, "it did not end well")
        session.check_restored()
    with Session(program, environment={"PAGER": "no-such-pager-here", "EDITOR": "true"}) as session:
        session.started()
        session.command("page some text")
        check("not found" in session.expect("paged")["text"], f"{session.told[-1]}")
        session.command("edit a: 1")
        check(session.expect("edited")["text"] == "unchanged", f"{session.told[-1]}")


# -- in tmux

@named
def tmux(program):
    multiplexer.tour(program)


@named
def tmux_clipboard(program):
    multiplexer.clipboard(program)


def main():
    if len(sys.argv) < 3:
        print("\n".join(CHECKS))
        return 0
    program, name, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
    try:
        print(CHECKS[name](os.path.abspath(program), *arguments) or "ok")
        return 0
    except Failure as failure:
        print(f"{name} {' '.join(arguments)}: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
