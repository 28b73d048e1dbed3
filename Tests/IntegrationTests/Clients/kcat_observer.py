"""All that kcat can do that the gateway must not be seen in."""

import json

import command_loop
import programs
from confluent_kafka.admin import AdminClient, NewTopic
from observations import Observations

#: Also which brokers hold a topic: they take turns.
VOLATILE = {"ts", "broker", "name", "leader", "replicas", "isrs"}


class Client:
    def begin(self, bootstrap, prefix):
        self.bootstrap = bootstrap
        self.observed = Observations(prefix, lambda error: type(error).__name__, VOLATILE)
        self.see, self.see_at_once = self.observed.see, self.observed.see_at_once

    def kcat(self, *options, text=""):
        return programs.run([
            "kcat", "-b", self.bootstrap, "-X", "log_level=0", "-X", "topic.metadata.propagation.max.ms=500", *options,
        ], text)

    def lines(self, *options):
        out = self.kcat(*options, "-J")
        return sorted(map(json.loads, out.splitlines()), key=lambda row: row["offset"]) if isinstance(out, str) else out

    def metadata(self, *options):
        out = self.kcat("-L", "-J", *options)
        if not isinstance(out, str):
            return out
        out = json.loads(out)
        out["topics"] = [topic for topic in out["topics"] if self.observed.mask in topic["topic"]]
        return {name: out[name] for name in ("brokers", "topics")}

    def write(self, topic, *options, text="k1:v1\nk2:v2\n"):
        return self.kcat("-P", "-t", topic, "-p", "0", "-K:", *options, text=text)

    def read(self, topic, *options):
        return self.lines("-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", *options)

    def join(self, group, topic):
        return self.lines("-X", "auto.offset.reset=earliest", "-e", "-G", group, topic)

    # ---- With full rights

    def observe(self, bootstrap, prefix):
        self.begin(bootstrap, prefix)
        admin = AdminClient({"bootstrap.servers": bootstrap})
        topics = [f"{prefix}{kind}" for kind in ("plain", "packed", "transaction", "safe", "wide")]
        for future in admin.create_topics([NewTopic(name, 3 if "wide" in name else 1, 1) for name in topics]).values():
            future.result(20)
        plain, packed, transaction, safe, wide = topics
        self.see_at_once({
            "metadata": self.metadata,
            "metadata of one topic": lambda: self.metadata("-t", wide),
            "metadata of a missing topic": lambda: self.metadata("-t", f"{wide}-missing"),
            "write": lambda: self.write(plain, "-H", "of=us"),
            "write packed": lambda: self.write(packed, "-z", "lz4", "-X", "acks=1"),
            "write in a transaction": lambda: self.write(transaction, "-X", f"transactional.id={prefix}id"),
            "write safely": lambda: self.write(safe, "-X", "enable.idempotence=true"),
            "write to a missing topic": lambda: self.write(f"{wide}-missing"),
        })
        self.see_at_once({
            "read": lambda: self.read(plain),
            "read the last": lambda: self.lines("-C", "-t", plain, "-p", "0", "-o", "-1", "-e"),
            "read packed": lambda: self.read(packed),
            "read committed": lambda: self.read(transaction, "-X", "isolation.level=read_committed"),
            "read what was written safely": lambda: self.read(safe),
            "read a missing topic": lambda: self.read(f"{wide}-missing"),
            "join": lambda: self.join(f"{prefix}group", plain),
            "offset for a time": lambda: self.kcat("-Q", "-t", f"{plain}:0:1"),
            "offset of the end": lambda: self.kcat("-Q", "-t", f"{plain}:0:-1"),
        })
        return self.observed.seen

    # ---- With partial rights, those of confluent_observer.py

    def observe_denied(self, bootstrap, prefix):
        self.begin(bootstrap, prefix)
        opened, shut, looked = (f"{right}-{prefix}" for right in ("open", "shut", "look"))
        self.see("write", lambda: self.write(opened))
        self.see_at_once({
            "metadata": lambda: [topic["topic"] for topic in self.metadata()["topics"]],
            "metadata of a denied topic": lambda: self.metadata("-t", shut)["topics"],
            "write, denied": lambda: self.write(shut),
            "write, to be seen only": lambda: self.write(looked),
            "write in a transaction": lambda: self.write(opened, "-X", f"transactional.id=open-{prefix}"),
            "write in a transaction, id denied": lambda: self.write(opened, "-X", f"transactional.id=shut-{prefix}"),
            "read": lambda: len(self.read(opened)) >= 2,
            "read, denied": lambda: self.read(shut),
            "read, to be seen only": lambda: self.read(looked),
            "join": lambda: len(self.join(f"open-{prefix}", opened)) >= 2,
            "join, denied": lambda: self.join(f"shut-{prefix}", opened),
            "join, topic denied": lambda: self.join(f"open-{prefix}-2", shut),
            "offset of the end": lambda: self.kcat("-Q", "-t", f"{opened}:0:-1").startswith(opened),
        })
        return self.observed.seen


if __name__ == "__main__":
    command_loop.run(Client())
