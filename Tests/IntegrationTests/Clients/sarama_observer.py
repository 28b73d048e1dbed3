"""Sarama, a library for Go, as Debian packages it: sarama_observer.go does the steps, this tells them as a script does."""

import json
import os
import pathlib
import subprocess

import command_loop
from observations import Observations

ENVIRONMENT = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""}


class Client:
    def run(self, *arguments):
        source = pathlib.Path(__file__).with_suffix(".go")
        done = subprocess.run(
            ["go", "run", source, *arguments], env=os.environ | ENVIRONMENT, capture_output=True, text=True, timeout=100)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout)

    def observe(self, bootstrap, prefix, token="", operation="all"):
        observed = Observations(prefix, str)
        for step, value in self.run(operation, bootstrap, prefix, token).items():
            observed.keep(step, value)
        return observed.seen

    def observe_denied(self, bootstrap, prefix, token=""):
        return self.observe(bootstrap, prefix, token, "some")


if __name__ == "__main__":
    command_loop.run(Client())
