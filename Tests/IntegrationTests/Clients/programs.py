"""Command-line programs as observable clients: what they print, and the errors that they name when they fail."""

import re
import subprocess

#: The names of errors in what librdkafka and kafka-python print.
ERRORS = re.compile(
    r"(?:Broker|response error): ([A-Z][A-Za-z ]+)|Local: (Unknown topic)|kafka\.errors\.(\w+)|\[Error \d+\] (\w+)")


def run(command, text="", seconds=30):
    """What a program prints, or the errors that it names when it fails."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=seconds)
    return failure(done.stdout + done.stderr) if done.returncode else done.stdout


def failure(text):
    names = {next(filter(None, found)) for found in ERRORS.findall(text)}
    return {"failed": sorted(names) or text[-300:]}
