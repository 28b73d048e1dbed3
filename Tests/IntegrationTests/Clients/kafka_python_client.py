"""kafka-python behind the command interface of command_loop.py."""

import time

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, for_code
from kafka.net.sasl.oauth import AbstractTokenProvider

import command_loop


class Token(AbstractTokenProvider):
    def __init__(self, value):
        super().__init__()
        self.value, self.given = value, 0

    def token(self):
        self.given += 1
        return self.value


class Client:
    def configure(self, bootstrap, token=None, lifetime=3600, client_id="kafka-python"):
        self.bootstrap, self.client_id = bootstrap, client_id
        self.provider = Token(token) if token else None
        self.admin = self.producer = self.consumer = None

    def settings(self, **more):
        settings = {
            "bootstrap_servers": self.bootstrap, "client_id": self.client_id, "bootstrap_timeout_ms": 4000, **more,
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

    def with_admin(self):
        if not self.admin:
            self.admin = KafkaAdminClient(**self.settings())
        return self.admin

    def list_topics(self, timeout=10):
        return {
            topic["name"]: {
                "partitions": len(topic["partitions"]),
                "replication": max((len(p["replica_nodes"]) for p in topic["partitions"]), default=0),
            }
            for topic in self.with_admin().describe_topics()
        }

    def describe_topic(self, topic, timeout=10):
        entry = self.with_admin().describe_topics([topic])[0]
        if entry["error_code"]:
            raise for_code(entry["error_code"])()
        return {"partitions": len(entry["partitions"])}

    def brokers(self, timeout=10):
        return {
            str(b.get("broker_id", b.get("node_id"))): f"{b['host']}:{b['port']}"
            for b in self.with_admin().describe_cluster()["brokers"]
        }

    def create_topic(self, topic, partitions=1, replication=1, timeout=10):
        options = {topic: {"num_partitions": partitions, "replication_factor": replication}}
        self.with_admin().create_topics(options, timeout_ms=timeout * 1000)

    def produce(self, topic, values, partition=0, timeout=15, idempotent=False):
        if not self.producer:
            self.producer = KafkaProducer(**self.settings(
                enable_idempotence=idempotent, max_block_ms=timeout * 1000, retries=3, linger_ms=0,
                allow_auto_create_topics=False))
        sent = [self.producer.send(topic, value=value.encode(), partition=partition) for value in values]
        return [future.get(timeout=timeout).offset for future in sent]

    def with_consumer(self, **more):
        if self.consumer:
            self.consumer.close()
        self.consumer = KafkaConsumer(**self.settings(
            auto_offset_reset="earliest", enable_auto_commit=False, allow_auto_create_topics=False, **more))
        return self.consumer

    def read(self, consumer, count, timeout):
        values, deadline = [], time.monotonic() + timeout
        while len(values) < count and time.monotonic() < deadline:
            for records in consumer.poll(timeout_ms=200, max_records=count - len(values)).values():
                values += [record.value.decode() for record in records]
        return values

    def consume(self, topic, count, partition=0, offset=0, timeout=15):
        consumer = self.with_consumer(group_id=None)
        assigned = TopicPartition(topic, partition)
        consumer.assign([assigned])
        consumer.seek(assigned, offset)
        return self.read(consumer, count, timeout)

    def consume_more(self, count, timeout=15):
        return self.read(self.consumer, count, timeout)

    def join_group(self, group, topic, count=1, timeout=30):
        consumer = self.with_consumer(group_id=group, session_timeout_ms=6000, heartbeat_interval_ms=2000)
        consumer.subscribe([topic])
        return self.read(consumer, count, timeout)

    def commit(self):
        self.consumer.commit()
        return [self.consumer.committed(partition) for partition in self.consumer.assignment()]

    def close(self):
        for client in (self.consumer, self.producer, self.admin):
            try:
                if client:
                    client.close()
            except KafkaError:
                pass
        self.consumer = self.producer = self.admin = None


if __name__ == "__main__":
    command_loop.run(Client())
