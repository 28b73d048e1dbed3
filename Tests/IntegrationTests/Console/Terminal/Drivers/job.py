"""What a shell does for one job: its own process group in the foreground, told when it stops, continued on order.

    job.py ORDERS REPORTS PROGRAM ARGUMENTS...

ORDERS and REPORTS are descriptors: `fg` and `bg` are read from one, `stopped` and `ended N` written to the other.
"""

import os
import signal
import sys
import termios

orders, reports = int(sys.argv[1]), int(sys.argv[2])
terminal = os.open("/dev/tty", os.O_RDWR)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
settings = termios.tcgetattr(terminal)


def report(line):
    os.write(reports, (line + "\n").encode())


child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    for descriptor in (orders, reports, terminal):
        os.close(descriptor)
    os.execv(sys.argv[3], sys.argv[3:])

while True:
    _, status = os.waitpid(child, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        os.tcsetpgrp(terminal, os.getpgrp())
        found = termios.tcgetattr(terminal)
        # A shell sets its own modes while it has the terminal.
        termios.tcsetattr(terminal, termios.TCSANOW, settings)
        report(f"stopped {os.WSTOPSIG(status)} {'as found' if found == settings else 'changed'}")
        line = b""
        while not line.endswith(b"fg\n"):
            byte = os.read(orders, 1)
            if not byte:
                os.kill(child, signal.SIGKILL)
                sys.exit(1)
            line += byte
            if line.endswith(b"bg\n"):
                os.killpg(child, signal.SIGCONT)
                report("in background")
                line = b""
            elif line.endswith(b"check\n"):
                found = termios.tcgetattr(terminal)
                report("settings " + ("as found" if found == settings else "changed"))
                line = b""
        os.tcsetpgrp(terminal, child)
        os.killpg(child, signal.SIGCONT)
    else:
        os.tcsetpgrp(terminal, os.getpgrp())
        report(f"ended {os.waitstatus_to_exitcode(status)}")
        sys.exit(0)
