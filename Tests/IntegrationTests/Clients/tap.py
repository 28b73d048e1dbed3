"""A relay that watches: it takes Kafka connections on 127.0.0.2, passes them on to the same port of 127.0.0.1, and works
out from the requests alone, with kafka-python's decoder, which authorization checks they call for.

A gateway whose advertised host is 127.0.0.2 thus sends all of its clients' traffic through here.
"""

import asyncio
import collections

from kafka.protocol.consumer import fetch, group, offsets
from kafka.protocol.metadata import find_coordinator, metadata
from kafka.protocol.producer import produce

import command_loop

REQUESTS = {
    0: produce.ProduceRequest, 1: fetch.FetchRequest, 2: offsets.ListOffsetsRequest, 3: metadata.MetadataRequest,
    10: find_coordinator.FindCoordinatorRequest, 11: group.JoinGroupRequest,
}
#: Sign-in and the calls that need no permission.
FREE = {17, 18, 36, 60}


class Connection:
    def __init__(self):
        self.principal, self.fetched = "anonymous", set()

    def checks(self, key, version, frame):
        """(resource type, operation, resource or None for every topic) for each check that a request calls for."""
        if key == 17:
            self.principal = "token"
        if key in FREE:
            return []
        request = REQUESTS[key].decode(frame, version=version, header=True)
        if key == 3:
            listed = request.topics
            if listed is None or (version == 0 and not listed):
                return [("topic", "describe", None)]
            return [("topic", "describe", name) for name in {t.name or t.topic_id for t in listed}]
        if key == 0:
            return [("topic", "write", name) for name in {t.name or t.topic_id for t in request.topic_data}]
        if key == 2:
            return [("topic", "describe", name) for name in {t.name for t in request.topics}]
        if key == 1:
            named = {t.topic or t.topic_id for t in request.topics}
            if (request.session_epoch if version >= 7 else -1) > 0:
                gone = {t.topic or t.topic_id for t in request.forgotten_topics_data or []}
                self.fetched = (self.fetched | named) - gone
            else:
                self.fetched = named
            return [("topic", "read", name) for name in self.fetched]
        if key == 10:
            return [("group", "describe", name) for name in (request.coordinator_keys if version >= 4 else [request.key])]
        return [("group", "read", request.group_id)]


class Tap:
    def __init__(self):
        self.seen = collections.Counter()
        self.unknown = set()

    async def start(self, ports):
        self.servers = [
            await asyncio.start_server(lambda r, w, port=port: self.relay(r, w, port), "127.0.0.2", port)
            for port in ports
        ]

    async def relay(self, reader, writer, port):
        upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", port)

        async def back():
            while data := await upstream_reader.read(65536):
                writer.write(data)
                await writer.drain()
            writer.close()

        answers = asyncio.ensure_future(back())
        connection = Connection()
        try:
            while True:
                length = await reader.readexactly(4)
                frame = await reader.readexactly(int.from_bytes(length, "big"))
                self.record(connection, frame)
                upstream_writer.write(length + frame)
                await upstream_writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            upstream_writer.close()
        await asyncio.wait([answers], timeout=5)

    def record(self, connection, frame):
        key, version = int.from_bytes(frame[0:2], "big"), int.from_bytes(frame[2:4], "big")
        if key not in REQUESTS and key not in FREE:
            self.unknown.add(f"{key} v{version}")
            return
        for kind, operation, name in connection.checks(key, version, frame):
            self.seen[connection.principal, kind, operation, name is None] += 1

    def tally(self, topics):
        """The decisions to expect, for a cluster of so many topics, when "token" may do everything with topics and
        nothing with groups, and "anonymous" nothing at all."""
        expected = {"token": collections.Counter(), "anonymous": collections.Counter()}
        for (principal, kind, operation, every), count in self.seen.items():
            if principal == "token" and kind == "topic":
                verdict = "allowed"
            else:
                verdict = "filtered" if every else "denied"
            expected[principal][f"{verdict} {kind} {operation}"] += count * (topics if every else 1)
        return {"expected": expected, "unknown": sorted(self.unknown)}


if __name__ == "__main__":
    command_loop.run(Tap())
