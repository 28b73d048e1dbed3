"""The conversation between a test and a client: one JSON command a line in, one JSON answer a line out.

A command is {"op": name, ...arguments}. An answer is {"ok": true, "value": ...} or
{"ok": false, "error": {"code": Kafka's number or null, "name": ..., "message": ..., "log": what the library logged}}.
The end of standard input ends the process. Everything else that is printed goes to standard error.
"""

import asyncio
import inspect
import json
import logging
import os
import sys


class Failure(Exception):
    """An error with Kafka's number, in the same form whatever the library calls it."""

    def __init__(self, code, name, message):
        super().__init__(message)
        self.code, self.name, self.message = code, name, message


class Log(logging.Handler):
    """The warnings and errors of the command that runs: some libraries tell the reason of a failure only there."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


def describe(error):
    if isinstance(error, Failure):
        return {"code": error.code, "name": error.name, "message": error.message}
    code = getattr(error, "errno", None)
    return {
        "code": code if isinstance(code, int) else None,
        "name": type(error).__name__,
        "message": str(error),
    }


def sockets():
    """The established TCP connections of this process, as "local port>remote port", whatever library opened them."""
    owned = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            continue
        if target.startswith("socket:["):
            owned.add(target[len("socket:["):-1])
    found = []
    for table in ("/proc/self/net/tcp", "/proc/self/net/tcp6"):
        try:
            lines = open(table).read().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            established, inode = fields[3] == "01", fields[9]
            if established and inode in owned:
                local, remote = (int(end.rsplit(":", 1)[1], 16) for end in fields[1:3])
                found.append(f"{local}>{remote}")
    return sorted(found)


def run(client):
    """Answers commands by calling the method of `client` that bears the command's name."""
    log = Log()
    logging.basicConfig(level=os.environ.get("CLIENT_LOG", "WARNING"))
    logging.getLogger().addHandler(log)
    output = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # a library that prints must not disturb the conversation

    async def answer(command):
        operation = command.pop("op")
        if operation == "sockets":
            return sockets()
        result = getattr(client, operation)(**command)
        return await result if inspect.isawaitable(result) else result

    async def converse():
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            log.messages.clear()
            try:
                reply = {"ok": True, "value": await answer(json.loads(line))}
            except Exception as error:  # every failure is the test's to judge
                reply = {"ok": False, "error": describe(error) | {"log": "\n".join(log.messages)}}
            output.write(json.dumps(reply) + "\n")

    try:
        asyncio.run(converse())
    except KeyboardInterrupt:
        pass
    os._exit(0)  # a library's threads must not keep the process
