"""confluent-kafka (librdkafka) behind the command interface of command_loop.py."""

import time

import confluent_kafka
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

import command_loop
from command_loop import Failure


def failure(error):
    if isinstance(error, KafkaException):
        error = error.args[0]
    return Failure(error.code(), error.name(), error.str())


class Client:
    def configure(self, bootstrap, token=None, lifetime=3600, client_id="confluent", auto_create=False, more=None):
        self.auto_create, self.more = auto_create, more or {}
        self.bootstrap, self.token, self.lifetime, self.client_id = bootstrap, token, lifetime, client_id
        self.admin = self.producer = self.consumer = None
        self.errors = []
        self.tokens_given = 0

    def settings(self, **more):
        settings = {
            "bootstrap.servers": self.bootstrap,
            "client.id": self.client_id,
            "error_cb": self.errors.append,
            "socket.timeout.ms": 10000,
            "allow.auto.create.topics": self.auto_create,
            **self.more,
            **more,
        }
        if self.bootstrap and self.token:
            settings |= {
                "security.protocol": "SASL_PLAINTEXT",
                "sasl.mechanism": "OAUTHBEARER",
                "oauth_cb": self.give_token,
            }
        return settings

    def give_token(self, _):
        self.tokens_given += 1
        return self.token, time.time() + self.lifetime

    def set_token(self, token):
        self.token = token

    def token_count(self):
        return self.tokens_given

    def with_admin(self):
        if self.admin is None:
            self.admin = AdminClient(self.settings())
        self.admin.poll(0.2)  # without a poll the token callback is not called
        return self.admin

    def metadata(self, topic=None, timeout=10):
        deadline = time.monotonic() + timeout
        admin = self.with_admin()
        while True:
            try:
                return admin.list_topics(topic=topic, timeout=2) if topic else admin.list_topics(timeout=2)
            except KafkaException as error:
                admin.poll(0)
                for seen in self.errors:
                    if seen.code() == KafkaError._AUTHENTICATION:
                        raise failure(seen)
                if time.monotonic() > deadline:
                    raise failure(error)

    def version(self):
        return confluent_kafka.libversion()[0]

    def list_topics(self, timeout=10):
        metadata = self.metadata(timeout=timeout)
        return {
            name: {
                "partitions": len(topic.partitions),
                "replication": max((len(p.replicas) for p in topic.partitions.values()), default=0),
            }
            for name, topic in metadata.topics.items()
        }

    def describe_topic(self, topic, timeout=10):
        entry = self.metadata(topic=topic, timeout=timeout).topics[topic]
        if entry.error:
            raise failure(entry.error)
        return {"partitions": len(entry.partitions)}

    def brokers(self, timeout=10):
        return {str(b.id): f"{b.host}:{b.port}" for b in self.metadata(timeout=timeout).brokers.values()}

    def create_topic(self, topic, partitions=1, replication=1, timeout=10):
        request = [NewTopic(topic, num_partitions=partitions, replication_factor=replication)]
        for future in self.with_admin().create_topics(request, request_timeout=timeout).values():
            try:
                future.result(timeout)
            except KafkaException as error:
                raise failure(error)

    def produce(self, topic, values, partition=0, timeout=15):
        if self.producer is None:
            self.producer = Producer(self.settings(**{"message.timeout.ms": timeout * 1000, "linger.ms": 0}))
            self.producer.poll(0.2)
        reports = []
        for value in values:
            self.producer.produce(
                topic, value=value, partition=partition, on_delivery=lambda e, m: reports.append((e, m)))
        self.producer.flush(timeout + 5)
        for error, _ in reports:
            if error:
                raise failure(error)
        if len(reports) != len(values):
            raise Failure(None, "NoReport", f"{len(values) - len(reports)} records without a delivery report")
        return [message.offset() for _, message in reports]

    def with_consumer(self, group="unused", timeout=15, **more):
        if self.consumer is not None:
            self.consumer.close()
        self.consumer = Consumer(self.settings(**{
            "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False,
            "session.timeout.ms": 6000, **more,
        }))
        return self.consumer

    def read(self, consumer, count, timeout, ignoring=()):
        values, deadline = [], time.monotonic() + timeout
        while len(values) < count and time.monotonic() < deadline:
            message = consumer.poll(0.2)
            if message is None:
                continue
            if message.error() and message.error().code() in ignoring:
                continue
            if message.error():
                raise failure(message.error())
            values.append(message.value().decode())
        return values

    def consume(self, topic, count, partition=0, offset=0, timeout=15):
        consumer = self.with_consumer()
        consumer.assign([TopicPartition(topic, partition, offset)])
        # librdkafka looks for the coordinator of its obligatory group also when nothing needs one, and reports the refusal.
        return self.read(consumer, count, timeout, ignoring=(KafkaError.GROUP_AUTHORIZATION_FAILED,))

    def consume_more(self, count, timeout=15):
        """Goes on with the consumer of the last consume or join_group."""
        return self.read(self.consumer, count, timeout)

    def join_group(self, group, topic, count=1, timeout=30):
        consumer = self.with_consumer(group)
        consumer.subscribe([topic])
        return self.read(consumer, count, timeout)

    def commit(self):
        try:
            committed = self.consumer.commit(asynchronous=False)
        except KafkaException as error:
            raise failure(error)
        return [c.offset for c in committed]

    def close(self):
        if self.consumer is not None:
            self.consumer.close()
        self.consumer = self.producer = self.admin = None


if __name__ == "__main__":
    command_loop.run(Client())
