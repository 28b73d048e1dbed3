"""All that aiokafka can do that the gateway must not be seen in."""

import asyncio
import time

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import for_code
from aiokafka.structs import OffsetAndMetadata

import aiokafka_client
import command_loop
from observations import Observations

LIMIT = 15
VOLATILE = {"topic_id", "host", "port", "client_host", "member_id", "throttle_time_ms", "leader", "isr", "replicas"}


class Client:
    async def begin(self, bootstrap, prefix, token):
        self.prefix = prefix
        client = aiokafka_client.Client()
        client.configure(bootstrap, token)
        self.settings = client.settings
        self.observed = Observations(prefix, lambda error: type(error).__name__, VOLATILE)
        self.see = self.observed.see_later
        self.admin = AIOKafkaAdminClient(**self.settings())
        await self.admin.start()

    async def at_once(self, steps):
        await asyncio.gather(*(self.see(step, work) for step, work in steps.items()))

    def ours(self, names):
        return sorted(name for name in names if self.prefix in name)

    @staticmethod
    def content(answer):
        return answer.to_object() if hasattr(answer, "to_object") else answer

    @staticmethod
    def checked(answer, rows, code=1):
        """The library hands out answers with error codes as they came."""
        for row in rows:
            if row[code]:
                raise for_code(row[code])()
        return "done"

    async def producer(self, **more):
        producer = AIOKafkaProducer(**self.settings(**more))
        await producer.start()
        return producer

    async def write(self, topic, values, partition=0, producer=None, **more):
        writer = producer or await self.producer(**more)
        try:
            async def send():
                sent = [await writer.send(topic, value.encode(), b"key", partition, headers=[("of", b"us")])
                        for value in values]
                reports = [await one for one in sent]
                return [report.offset if report else None for report in reports]
            return await asyncio.wait_for(send(), LIMIT)
        finally:
            if not producer:
                await writer.stop()

    async def consumer(self, *topics, **more):
        consumer = AIOKafkaConsumer(*topics, **self.settings(
            auto_offset_reset="earliest", enable_auto_commit=False, **more))
        try:
            await consumer.start()
        except Exception:
            await consumer.stop()
            raise
        return consumer

    async def read(self, consumer, count):
        values, end = [], time.monotonic() + LIMIT
        while len(values) < count and time.monotonic() < end:
            for records in (await consumer.getmany(timeout_ms=200, max_records=count - len(values))).values():
                values += [[one.value, one.key, one.headers] for one in records]
        return values

    async def read_at(self, topic, count, partition=0, **more):
        consumer = await self.consumer(**more)
        try:
            place = TopicPartition(topic, partition)
            consumer.assign([place])
            consumer.seek(place, 0)
            return await self.read(consumer, count)
        finally:
            await consumer.stop()

    async def create(self, name, partitions=1, replication=1, **more):
        answer = await self.admin.create_topics([NewTopic(name, partitions, replication)], **more)
        return self.checked(answer, answer.topic_errors)

    async def delete(self, name):
        answer = await self.admin.delete_topics([name])
        return self.checked(answer, answer.topic_error_codes)

    async def more_partitions(self, name, count):
        answer = await self.admin.create_partitions({name: NewPartitions(count)})
        return self.checked(answer, answer.topic_errors)

    async def configs(self, kind, name):
        (answer,) = await self.admin.describe_configs([ConfigResource(kind, name)])
        self.checked(answer, answer.resources, 0)
        return self.content(answer)

    async def change(self, name, **configs):
        (answer,) = await self.admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, configs)])
        return self.checked(answer, answer.resources, 0)

    async def describe(self, name):
        (row,) = await self.admin.describe_topics([name])
        if row["error_code"]:
            raise for_code(row["error_code"])()
        return row

    async def describe_group(self, group):
        (answer,) = await self.admin.describe_consumer_groups([group], include_authorized_operations=True)
        self.checked(answer, answer.groups, 0)
        return self.content(answer)

    # ---- With full rights

    async def observe(self, bootstrap, prefix, token=None):
        await self.begin(bootstrap, prefix, token)
        topic = f"{prefix}topic"
        await self.observe_topics(topic)
        await self.observe_records(topic)
        await asyncio.gather(
            self.observe_group(topic, f"{prefix}group"), self.observe_transactions(f"{prefix}in", f"{prefix}out"))
        await self.see("delete", lambda: self.delete(topic))
        await self.see("delete a missing one", lambda: self.delete(f"{topic}-missing"))

        async def names():
            return self.ours(await self.admin.list_topics())
        await self.see("list at the end", names)
        return self.observed.seen

    async def observe_topics(self, topic):
        see, admin = self.see, self.admin
        await see("create", lambda: self.create(topic, 3, 2))
        await see("create again", lambda: self.create(topic, 3, 2))
        await see("create too wide", lambda: self.create(f"{topic}-wide", 1, 7))
        await see("create, only validated", lambda: self.create(f"{topic}-check", validate_only=True))
        await see("create with a bad name", lambda: self.create("not/a/name"))
        await see("more partitions", lambda: self.more_partitions(topic, 4))
        await see("fewer partitions", lambda: self.more_partitions(topic, 2))
        await see("describe", lambda: self.describe(topic))
        await see("describe a missing one", lambda: self.describe(f"{topic}-missing"))
        await see("cluster", admin.describe_cluster)
        await see("alter configs", lambda: self.change(topic, **{"max.message.bytes": "5000"}))
        await see("configs", lambda: self.configs(ConfigResourceType.TOPIC, topic))
        await see("alter a bad config", lambda: self.change(topic, **{"retention.ms": "soon"}))
        await see("configs of a missing topic", lambda: self.configs(ConfigResourceType.TOPIC, f"{topic}-missing"))
        await see("configs of a broker", lambda: self.configs(ConfigResourceType.BROKER, "1"))

    async def observe_records(self, topic):
        numbers = [str(number) for number in range(10)]
        await self.at_once({
            "idempotent": lambda: self.write(topic, numbers, enable_idempotence=True),
            "fire and forget": lambda: self.write(topic, ["x"], 1, acks=0),
            "compressed": lambda: self.write(topic, ["z" * 300], 2, compression_type="gzip"),
        })
        await self.at_once({
            f"read {partition}": lambda at=partition, count=count: self.read_at(topic, count, at)
            for partition, count in enumerate([10, 1, 1])
        })
        consumer, place = await self.consumer(), TopicPartition(topic, 0)
        await self.see("beginning", lambda: consumer.beginning_offsets([place]))
        await self.see("end", lambda: consumer.end_offsets([place]))

        async def at_time():
            return [one.offset for one in (await consumer.offsets_for_times({place: 1})).values()]

        async def names():
            return self.ours(await consumer.topics())
        await self.see("for a time", at_time)
        await self.see("topics", names)
        await consumer.stop()
        await self.see("delete records", lambda: self.admin.delete_records({place: RecordsToDelete(5)}))
        await self.see("delete too many records", lambda: self.admin.delete_records({place: RecordsToDelete(5000)}))

    async def observe_group(self, topic, group):
        see, place = self.see, TopicPartition(topic, 0)
        consumer = await self.consumer(topic, group_id=group, session_timeout_ms=6000, heartbeat_interval_ms=2000)

        async def read():
            return sorted(await self.read(consumer, 7))

        async def listed():
            return [one for one in await self.admin.list_consumer_groups() if one[0] == group]
        await see("group: read", read)
        self.observed.keep("group: assignment", sorted(one.partition for one in consumer.assignment()))
        await see("group: commit", lambda: consumer.commit({place: OffsetAndMetadata(9, "note")}))
        await see("group: committed", lambda: consumer.committed(place))
        await see("group: describe", lambda: self.describe_group(group))
        await consumer.stop()
        await see("group: list", listed)
        await see("group: offsets", lambda: self.admin.list_consumer_group_offsets(group))

    async def observe_transactions(self, source, target):
        identity, group, place = f"{self.prefix}copier", f"{self.prefix}copiers", TopicPartition(source, 0)
        await self.create(source)
        await self.create(target)
        producer = await self.producer(transactional_id=identity)

        async def write(commits):
            await producer.begin_transaction()
            written = await self.write(target, [f"1 {commits}", f"2 {commits}"], producer=producer)
            await producer.send_offsets_to_transaction({place: 2}, group)
            await (producer.commit_transaction if commits else producer.abort_transaction)()
            return written
        await self.see("transaction: commit", lambda: write(True))
        await self.see("transaction: abort", lambda: write(False))
        await self.see("transaction: offsets", lambda: self.admin.list_consumer_group_offsets(group))
        await self.see("read committed", lambda: self.read_at(target, 2, isolation_level="read_committed"))
        await self.see("read uncommitted", lambda: self.read_at(target, 4))

        async def fenced():
            successor = await self.producer(transactional_id=identity)
            try:
                return await write(True)
            finally:
                await successor.stop()
        await self.see("transaction: fenced", fenced)
        await producer.stop()

    # ---- With partial rights, those of confluent_observer.py

    async def observe_denied(self, bootstrap, prefix, token=None):
        await self.begin(bootstrap, prefix, token)
        see, admin = self.see, self.admin
        opened, shut, looked = (f"{right}-{prefix}" for right in ("open", "shut", "look"))

        async def names():
            return self.ours(await admin.list_topics())
        await see("list", names)
        await see("produce", lambda: self.write(opened, ["1", "2"]))

        async def transaction(identity, topic, group=None):
            producer = AIOKafkaProducer(**self.settings(transactional_id=identity))
            try:
                await producer.start()
                await producer.begin_transaction()
                written = await self.write(topic, ["in a transaction"], producer=producer)
                if group:
                    await producer.send_offsets_to_transaction({TopicPartition(topic, 0): 1}, group)
                await producer.commit_transaction()
                return len(written)
            finally:
                await producer.stop()

        async def join(group, topic):
            consumer = await self.consumer(topic, group_id=group)
            try:
                return len(await self.read(consumer, 2))
            finally:
                await consumer.stop()
        # Nothing that finds the leaders of a topic that may not be described: aiokafka asks for them again and again.
        await self.at_once({
            "produce, denied": lambda: self.write(shut, ["1"]),
            "produce, to be seen only": lambda: self.write(looked, ["1"]),
            "read": lambda: self.read_at(opened, 2),
            "read, to be seen only": lambda: self.read_at(looked, 1),
            "transaction": lambda: transaction(f"open-{prefix}-id", opened, f"open-{prefix}-group"),
            "transaction, id denied": lambda: transaction(f"shut-{prefix}-id", opened),
            "transaction, topic denied": lambda: transaction(f"open-{prefix}-other", shut),
            "transaction, group denied": lambda: transaction(f"open-{prefix}-third", opened, f"shut-{prefix}-group"),
            "group": lambda: join(f"open-{prefix}", opened),
            "group, denied": lambda: join(f"shut-{prefix}", opened),
            "group, topic denied": lambda: join(f"open-{prefix}-2", shut),
        })
        for name in (opened, shut):
            place = TopicPartition(name, 0)

            async def described():
                return len((await self.describe(name))["partitions"])
            await see(f"describe {name}", described)
            await see(f"delete {name}", lambda: self.delete(name))
            await see(f"delete records of {name}", lambda: admin.delete_records({place: RecordsToDelete(1)}))
            await see(f"configs of {name}", lambda: self.configs(ConfigResourceType.TOPIC, name))
            await see(f"alter configs of {name}", lambda: self.change(name, **{"retention.ms": "1"}))
            await see(f"more partitions of {name}", lambda: self.more_partitions(name, 9))
        await see("create", lambda: self.create(f"{opened}-new"))
        await see("configs of a broker", lambda: self.configs(ConfigResourceType.BROKER, "0"))

        async def offsets(group):
            return len(await admin.list_consumer_group_offsets(group))

        async def groups():
            return self.ours(one[0] for one in await admin.list_consumer_groups())
        for group in (f"open-{prefix}", f"shut-{prefix}"):
            await see(f"describe group {group}", lambda: self.describe_group(group))
            await see(f"offsets of group {group}", lambda: offsets(group))
        await see("groups", groups)
        return self.observed.seen


if __name__ == "__main__":
    command_loop.run(Client())
