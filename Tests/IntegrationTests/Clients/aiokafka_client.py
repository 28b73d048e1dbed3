"""aiokafka behind the command interface of command_loop.py."""

import asyncio
import time

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.abc import AbstractTokenProvider
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import for_code

import command_loop


class Token(AbstractTokenProvider):
    def __init__(self, value):
        self.value, self.given = value, 0

    async def token(self):
        self.given += 1
        return self.value


class Client:
    def configure(self, bootstrap, token=None, lifetime=3600, client_id="aiokafka"):
        self.bootstrap, self.client_id = bootstrap, client_id
        self.provider = Token(token) if token else None
        self.admin = self.producer = self.consumer = None

    def settings(self, **more):
        settings = {
            "bootstrap_servers": self.bootstrap, "client_id": self.client_id, "request_timeout_ms": 10000, **more,
        }
        if self.provider:
            settings |= {
                "security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "OAUTHBEARER",
                "sasl_oauth_token_provider": self.provider,
            }
        return settings

    def set_token(self, token):
        self.provider.value = token

    def token_count(self):
        return self.provider.given

    async def started(self, client):
        try:
            await client.start()
        except Exception:
            stop = getattr(client, "stop", None) or client.close
            await stop()
            raise
        return client

    async def with_admin(self):
        if not self.admin:
            self.admin = await self.started(AIOKafkaAdminClient(**self.settings()))
        return self.admin

    async def list_topics(self, timeout=10):
        admin = await self.with_admin()
        return {
            topic["topic"]: {
                "partitions": len(topic["partitions"]),
                "replication": max((len(p["replicas"]) for p in topic["partitions"]), default=0),
            }
            for topic in await admin.describe_topics()
        }

    async def describe_topic(self, topic, timeout=10):
        admin = await self.with_admin()
        entry = (await admin.describe_topics([topic]))[0]
        if entry["error_code"]:
            raise for_code(entry["error_code"])()
        return {"partitions": len(entry["partitions"])}

    async def brokers(self, timeout=10):
        admin = await self.with_admin()
        return {str(b["node_id"]): f"{b['host']}:{b['port']}" for b in (await admin.describe_cluster())["brokers"]}

    async def create_topic(self, topic, partitions=1, replication=1, timeout=10):
        admin = await self.with_admin()
        answer = await admin.create_topics(
            [NewTopic(topic, num_partitions=partitions, replication_factor=replication)], timeout_ms=timeout * 1000)
        for row in answer.topic_errors:
            if row[1]:
                raise for_code(row[1])(row[2] if len(row) > 2 else "")

    async def produce(self, topic, values, partition=0, timeout=15):
        if not self.producer:
            self.producer = await self.started(AIOKafkaProducer(**self.settings()))

        async def send():
            return [
                (await self.producer.send_and_wait(topic, value.encode(), partition=partition)).offset
                for value in values
            ]

        return await asyncio.wait_for(send(), timeout)

    async def with_consumer(self, *topics, **more):
        if self.consumer:
            await self.consumer.stop()
            self.consumer = None
        self.consumer = await self.started(AIOKafkaConsumer(*topics, **self.settings(
            auto_offset_reset="earliest", enable_auto_commit=False, **more)))
        return self.consumer

    async def read(self, consumer, count, timeout):
        values, deadline = [], time.monotonic() + timeout
        while len(values) < count and time.monotonic() < deadline:
            batches = await consumer.getmany(timeout_ms=200, max_records=count - len(values))
            for records in batches.values():
                values += [record.value.decode() for record in records]
        return values

    async def consume(self, topic, count, partition=0, offset=0, timeout=15):
        consumer = await self.with_consumer()
        assigned = TopicPartition(topic, partition)
        consumer.assign([assigned])
        consumer.seek(assigned, offset)
        return await self.read(consumer, count, timeout)

    async def consume_more(self, count, timeout=15):
        return await self.read(self.consumer, count, timeout)

    async def join_group(self, group, topic, count=1, timeout=30):
        consumer = await self.with_consumer(
            topic, group_id=group, session_timeout_ms=6000, heartbeat_interval_ms=2000)
        return await self.read(consumer, count, timeout)

    async def commit(self):
        await self.consumer.commit()
        return [await self.consumer.committed(partition) for partition in self.consumer.assignment()]

    async def close(self):
        for client in (self.consumer, self.producer, self.admin):
            if client:
                await (getattr(client, "stop", None) or client.close)()
        self.consumer = self.producer = self.admin = None


if __name__ == "__main__":
    command_loop.run(Client())
