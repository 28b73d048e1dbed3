"""The command-line programs of kafka-python: `python -m kafka.admin`, `kafka.producer` and `kafka.consumer`."""

import contextlib
import io
import json
import logging
import sys

from kafka.cli.admin import run_cli

import command_loop
import programs
from observations import Observations

VOLATILE = {
    "topic_id", "host", "port", "client_host", "member_id", "timestamp", "last_caught_up_timestamp", "usable_bytes",
    "last_fetch_timestamp", "leader_id", "isr_nodes", "replica_nodes",
}


class Client:
    def begin(self, bootstrap, prefix):
        self.bootstrap = bootstrap
        self.observed = Observations(prefix, lambda error: type(error).__name__, VOLATILE)
        self.see, self.see_at_once = self.observed.see, self.observed.see_at_once

    def admin(self, line):
        """`python -m kafka.admin` without a process of its own, which would take ten times as long."""
        printed = io.StringIO()
        log = logging.StreamHandler(printed)
        logging.getLogger().addHandler(log)
        try:
            with contextlib.redirect_stdout(printed):
                status = run_cli(["-b", self.bootstrap, "-l", "CRITICAL", "--format", "json", *line.split()])
        finally:
            logging.getLogger().removeHandler(log)
        return programs.failure(printed.getvalue()) if status else json.loads(printed.getvalue())

    def admins(self, **lines):
        for step, line in lines.items():
            self.see(step.replace("_", " "), lambda: self.admin(line))

    def names(self, line):
        out = self.admin(line)
        return [one for one in out if self.observed.mask in str(one)] if isinstance(out, list) else out

    def python(self, module, *options, text=""):
        return programs.run([sys.executable, "-m", module, "-b", self.bootstrap, "-l", "CRITICAL", *options], text)

    def produce(self, topic):
        out = self.python("kafka.producer", "-t", topic, text="one\ntwo\n")
        return "done" if isinstance(out, str) else out

    def consume(self, topic, group):
        return self.python(
            "kafka.consumer", "-t", topic, "-g", group, "-C", "consumer_timeout_ms=3000",
            "-C", "auto_offset_reset=earliest")

    # ---- With full rights

    def observe(self, bootstrap, prefix):
        self.begin(bootstrap, prefix)
        topic, group = f"{prefix}topic", f"{prefix}group"
        self.admins(
            create=f"topics create -t {topic} --num-partitions 1 --replication-factor 2",
            create_too_wide=f"topics create -t {topic}-wide --num-partitions 1 --replication-factor 9")
        self.see("produce", lambda: self.produce(topic))
        self.see("consume", lambda: self.consume(topic, group))
        self.see("list", lambda: self.names("topics list"))
        self.see("groups", lambda: self.names("groups list"))
        self.admins(
            describe=f"topics describe -t {topic}",
            describe_a_missing_one=f"topics describe -t {topic}-missing",
            latest=f"partitions list-offsets -p {topic}:0:latest",
            elect=f"partitions elect-leaders -t {topic} --no-raise-errors",
            group=f"groups describe -g {group}",
            offsets=f"groups list-offsets -g {group}",
            alter_configs=f"configs alter -r topic -n {topic} -c max.message.bytes=5000",
            configs=f"configs describe -r topic -n {topic}",
            cluster="cluster describe",
            features="cluster describe-features",
            quorum="cluster describe-quorum",
            versions="cluster broker-version --broker 1",
            users=f"users describe-scram-credentials --user {prefix}user",
            delete_group=f"groups delete -g {group}",
            delete=f"topics delete -t {topic}")
        return self.observed.seen

    # ---- With partial rights, those of confluent_observer.py

    def observe_denied(self, bootstrap, prefix):
        self.begin(bootstrap, prefix)
        opened, group = f"open-{prefix}", f"open-{prefix}"
        # Not to a denied topic: kafka.producer does not look whether what it sends arrives.
        self.see("produce", lambda: self.produce(opened))
        self.see_at_once({
            "consume": lambda: self.consume(opened, group),
            "consume, group denied": lambda: self.consume(opened, f"shut-{prefix}"),
        })
        self.see("list", lambda: self.names("topics list"))
        self.see("groups", lambda: self.names("groups list"))
        self.admins(
            create=f"topics create -t {opened}-new --num-partitions 1 --replication-factor 1",
            delete=f"topics delete -t {opened}",
            latest=f"partitions list-offsets -p {opened}:0:latest",
            elect=f"partitions elect-leaders -t {opened}",
            group_denied=f"groups describe -g shut-{prefix}",
            delete_group=f"groups delete -g {group}",
            transaction_denied=f"transactions describe --transactional-id shut-{prefix}",
            quorum="cluster describe-quorum",
            users="users describe-scram-credentials")
        return self.observed.seen


if __name__ == "__main__":
    command_loop.run(Client())
