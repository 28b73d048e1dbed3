"""All that kafka-python can do that the gateway must not be seen in."""

import time

from kafka import ConsumerGroupMetadata, KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import (
    ACL, ACLFilter, ACLOperation, ACLPermissionType, ACLResourcePatternType, ConfigResource, ConfigResourceType,
    NewPartitions, OffsetSpec, ResourcePattern, ResourcePatternFilter, ResourceType, ScramMechanism,
    UserScramCredentialUpsertion)
from kafka.protocol.admin import ElectionType
from kafka.structs import OffsetAndMetadata

import command_loop
import kafka_python_client
from observations import Observations

LIMIT = 15000
VOLATILE = {
    "topic_id", "host", "port", "client_host", "member_id", "timestamp", "last_timestamp", "producer_id",
    "coordinator_id", "transaction_start_time_ms", "last_caught_up_timestamp", "last_fetch_timestamp", "usable_bytes",
    # Which brokers hold a topic: they take turns.
    "leader_id", "isr_nodes", "replica_nodes",
}


class Client:
    def begin(self, bootstrap, prefix, token):
        self.prefix = prefix
        client = kafka_python_client.Client()
        client.configure(bootstrap, token)
        self.settings = client.settings
        self.observed = Observations(prefix, lambda error: type(error).__name__, VOLATILE)
        self.see, self.see_at_once = self.observed.see, self.observed.see_at_once
        self.admin = KafkaAdminClient(**self.settings())

    def ours(self, names):
        return sorted(name for name in names if self.prefix in name)

    def write(self, topic, values, partition=0, producer=None, **more):
        writer = producer or KafkaProducer(**self.settings(max_block_ms=LIMIT, retries=3, linger_ms=0, **more))
        try:
            sent = [writer.send(topic, value=value.encode(), key=b"key", partition=partition, headers=[("of", b"us")])
                    for value in values]
            return [future.get(timeout=LIMIT / 1000).offset for future in sent]
        finally:
            if not producer:
                writer.close(timeout=1)

    def consumer(self, group=None, **more):
        return KafkaConsumer(**self.settings(
            group_id=group, auto_offset_reset="earliest", enable_auto_commit=False, **more))

    def read(self, consumer, count, seconds=LIMIT / 1000):
        values, end = [], time.monotonic() + seconds
        while len(values) < count and time.monotonic() < end:
            for records in consumer.poll(timeout_ms=200, max_records=count - len(values)).values():
                values += [[one.value, one.key, one.headers] for one in records]
        return values

    def read_all(self, topic, partition=0, **more):
        consumer = self.consumer(**more)
        place = TopicPartition(topic, partition)
        try:
            consumer.assign([place])
            consumer.seek(place, 0)
            end, values = consumer.end_offsets([place])[place], []
            limit = time.monotonic() + LIMIT / 1000
            while consumer.position(place) < end and time.monotonic() < limit:
                for records in consumer.poll(timeout_ms=200).values():
                    values += [[one.value, one.key, one.headers] for one in records]
            return values
        finally:
            consumer.close(timeout_ms=1000)

    def configs(self, kind, name):
        return self.admin.describe_configs([ConfigResource(kind, name)], config_filter="all")

    def change(self, kind, name, **configs):
        return self.admin.alter_configs([ConfigResource(kind, name, configs=configs)], raise_on_unknown=False)

    # ---- With full rights

    def observe(self, bootstrap, prefix, token=None):
        self.begin(bootstrap, prefix, token)
        topic = f"{prefix}topic"
        self.observe_topics(topic)
        self.observe_records(topic)
        self.observed.at_once(lambda work: work(), [
            lambda: self.observe_group(topic, f"{prefix}group"),
            lambda: self.observe_transactions(f"{prefix}in", f"{prefix}out")])
        self.observe_rest(topic)
        self.see("delete", lambda: self.admin.delete_topics([topic, f"{prefix}in", f"{prefix}out"]))
        self.see("delete a missing one", lambda: self.admin.delete_topics([f"{topic}-missing"]))
        self.see("list at the end", lambda: self.ours(self.admin.list_topics()))
        return self.observed.seen

    def observe_topics(self, topic):
        see, admin = self.see, self.admin

        def create(name, partitions, replication, **more):
            return admin.create_topics(
                {name: {"num_partitions": partitions, "replication_factor": replication}}, timeout_ms=LIMIT, **more)
        see("create", lambda: create(topic, 3, 2))
        see("create again", lambda: create(topic, 3, 2))
        see("create too wide", lambda: create(f"{topic}-wide", 1, 7))
        see("create, only validated", lambda: create(f"{topic}-check", 1, 1, validate_only=True))
        see("create with a bad name", lambda: create("not/a/name", 1, 1))
        see("more partitions", lambda: admin.create_partitions({topic: NewPartitions(4)}))
        see("fewer partitions", lambda: admin.create_partitions({topic: NewPartitions(2)}))
        see("list", lambda: self.ours(admin.list_topics()))
        see("describe", lambda: admin.describe_topics([topic]))
        see("describe a missing one", lambda: admin.describe_topics([f"{topic}-missing"]))
        see("describe partitions", lambda: admin.describe_topic_partitions([topic]))
        see("describe partitions of a missing one", lambda: admin.describe_topic_partitions([f"{topic}-missing"]))
        see("cluster", admin.describe_cluster)
        see("features", admin.describe_features)
        see("quorum", admin.describe_metadata_quorum)
        kinds = ConfigResourceType
        see("alter configs", lambda: self.change(kinds.TOPIC, topic, **{"max.message.bytes": "5000"}))
        see("configs", lambda: self.configs(kinds.TOPIC, topic))
        see("reset configs", lambda: admin.reset_configs(
            [ConfigResource(kinds.TOPIC, topic, configs={"max.message.bytes": None})]))
        see("alter a bad config", lambda: self.change(kinds.TOPIC, topic, **{"retention.ms": "soon"}))
        see("configs of a missing topic", lambda: self.configs(kinds.TOPIC, f"{topic}-missing"))
        see("configs of a broker", lambda: self.configs(kinds.BROKER, "1"))

    def observe_records(self, topic):
        numbers = [str(number) for number in range(10)]
        self.see_at_once({
            "idempotent": lambda: self.write(topic, numbers, enable_idempotence=True),
            "fire and forget": lambda: self.write(topic, ["x"], 1, acks=0, enable_idempotence=False),
            "compressed": lambda: self.write(topic, ["z" * 300], 2, compression_type="gzip", enable_idempotence=False),
        })
        self.see_at_once({f"read {partition}": lambda at=partition: self.read_all(topic, at) for partition in range(3)})
        place, missing = TopicPartition(topic, 0), TopicPartition(f"{topic}-missing", 0)
        for name in ("EARLIEST", "LATEST"):
            self.see(f"offsets: {name}", lambda: self.admin.list_partition_offsets({place: getattr(OffsetSpec, name)}))
        self.see("offset of the newest", lambda: 0 <= self.admin.list_partition_offsets(
            {place: OffsetSpec.MAX_TIMESTAMP})[place].offset < 10)
        self.see("offsets of a missing topic", lambda: self.admin.list_partition_offsets({missing: OffsetSpec.LATEST}))
        self.see("delete records", lambda: self.admin.delete_records({place: 5}))
        self.see("delete too many records", lambda: self.admin.delete_records({place: 5000}))
        self.see("producers", lambda: self.admin.describe_producers([place]))
        consumer = self.consumer()
        self.see("beginning", lambda: consumer.beginning_offsets([place]))
        self.see("for a time", lambda: [one.offset for one in consumer.offsets_for_times({place: 1}).values()])
        self.see("partitions", lambda: consumer.partitions_for_topic(topic))
        self.see("topics", lambda: self.ours(consumer.topics()))
        consumer.close(timeout_ms=1000)

    def observe_group(self, topic, group):
        see, admin, place = self.see, self.admin, TopicPartition(topic, 0)
        consumer = self.consumer(group, session_timeout_ms=6000, heartbeat_interval_ms=2000)
        consumer.subscribe([topic])
        see("group: read", lambda: sorted(self.read(consumer, 7)))
        see("group: assignment", lambda: sorted(one.partition for one in consumer.assignment()))
        see("group: commit", lambda: consumer.commit({place: OffsetAndMetadata(9, "note", -1)}))
        see("group: committed", lambda: consumer.committed(place, metadata=True))
        see("group: describe", lambda: admin.describe_groups([group], include_authorized_operations=True))
        see("group: delete while there are members", lambda: admin.delete_groups([group]))
        consumer.close(timeout_ms=2000)
        see("group: list", lambda: [one for one in admin.list_groups() if one["group_id"] == group])
        see("group: offsets", lambda: admin.list_group_offsets([group]))
        see("group: alter offsets", lambda: admin.alter_group_offsets(group, {place: OffsetAndMetadata(6, "", -1)}))
        see("group: reset offsets", lambda: admin.reset_group_offsets(group, {place: OffsetSpec.EARLIEST}))
        see("group: delete offsets", lambda: admin.delete_group_offsets(group, [place]))
        see("group: delete", lambda: admin.delete_groups([group]))
        see("group: describe then", lambda: admin.describe_groups([group]))
        see("group: delete again", lambda: admin.delete_groups([group]))

    def observe_transactions(self, source, target):
        identity, group, place = f"{self.prefix}copier", f"{self.prefix}copiers", TopicPartition(source, 0)
        self.admin.create_topics({name: {"num_partitions": 1, "replication_factor": 1} for name in (source, target)})
        producer = KafkaProducer(**self.settings(transactional_id=identity, max_block_ms=LIMIT))
        self.see("init transactions", producer.init_transactions)

        def described(name):
            row = self.admin.describe_transactions([name])[name]
            # Which partition of __consumer_offsets a group has depends on its name.
            return row._replace(topic_partitions={place.topic for place in row.topic_partitions})

        def write(commits):
            producer.begin_transaction()
            written = self.write(target, [f"1 {commits}", f"2 {commits}"], producer=producer)
            producer.send_offsets_to_transaction({place: OffsetAndMetadata(2, "", -1)}, ConsumerGroupMetadata(group))
            if commits:
                self.see("transaction: describe", lambda: described(identity))
                self.see("transaction: list", lambda: [
                    one for rows in self.admin.list_transactions().values() for one in rows
                    if self.prefix in one.transactional_id])
            (producer.commit_transaction if commits else producer.abort_transaction)()
            return written
        self.see("transaction: commit", lambda: write(True))
        self.see("transaction: abort", lambda: write(False))
        self.see("transaction: then", lambda: described(identity))
        self.see("transaction: a missing one", lambda: described(f"{identity}-missing"))
        self.see("read committed", lambda: self.read_all(target, isolation_level="read_committed"))
        self.see("read uncommitted", lambda: self.read_all(target))
        self.see("offsets in a transaction", lambda: self.admin.list_group_offsets([group]))
        producer.close(timeout=1)

    def observe_rest(self, topic):
        see, admin, place, user = self.see, self.admin, TopicPartition(topic, 0), f"{self.prefix}user"
        see("elect leaders", lambda: admin.elect_leaders(
            ElectionType.PREFERRED, {topic: [0]}, raise_errors=False))
        see("reassignments", lambda: admin.list_partition_reassignments({topic: [0]}))
        see("reassign", lambda: admin.alter_partition_reassignments({place: [1, 2]}))
        see("log dirs", lambda: admin.describe_log_dirs({topic: [0]}))
        see("config resources", lambda: {
            kind: self.ours(names) if kind in ("topic", "group") else names
            for kind, names in admin.list_config_resources().items()})
        see("describe SCRAM", lambda: admin.describe_user_scram_credentials([user]))
        see("alter SCRAM", lambda: admin.alter_user_scram_credentials([
            UserScramCredentialUpsertion(user, ScramMechanism.SCRAM_SHA_256, "secret", iterations=8192)]))
        see("SCRAM then", lambda: admin.describe_user_scram_credentials([user]))
        see("describe ACLs", lambda: admin.describe_acls(ACLFilter(
            None, None, ACLOperation.ANY, ACLPermissionType.ANY,
            ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY))))
        see("create ACLs", lambda: admin.create_acls([ACL(
            "User:a", "*", ACLOperation.READ, ACLPermissionType.ALLOW, ResourcePattern(ResourceType.TOPIC, topic))]))

    # ---- With partial rights, those of confluent_observer.py

    def observe_denied(self, bootstrap, prefix, token=None):
        self.begin(bootstrap, prefix, token)
        see, admin = self.see, self.admin
        opened, shut, looked = (f"{right}-{prefix}" for right in ("open", "shut", "look"))
        see("list", lambda: self.ours(admin.list_topics()))
        see("produce", lambda: self.write(opened, ["1", "2"]))
        self.see_at_once({
            "produce, denied": lambda: self.write(shut, ["1"]),
            "produce, to be seen only": lambda: self.write(looked, ["1"]),
            "read": lambda: len(self.read_all(opened)),
            "read, denied": lambda: self.read_all(shut),
        })

        def read_looked():
            consumer = self.consumer()
            place = TopicPartition(looked, 0)
            consumer.assign([place])
            consumer.seek(place, 0)
            try:
                return self.read(consumer, 1)
            finally:
                consumer.close(timeout_ms=1000)
        see("read, to be seen only", read_looked)

        def transaction(identity, topic, group=None):
            producer = KafkaProducer(**self.settings(transactional_id=identity, max_block_ms=LIMIT))
            try:
                producer.init_transactions()
                producer.begin_transaction()
                written = self.write(topic, ["in a transaction"], producer=producer)
                if group:
                    producer.send_offsets_to_transaction(
                        {TopicPartition(topic, 0): OffsetAndMetadata(1, "", -1)}, ConsumerGroupMetadata(group))
                producer.commit_transaction()
                return len(written)
            finally:
                producer.close(timeout=1)

        def join(group, topic):
            consumer = self.consumer(group)
            try:
                consumer.subscribe([topic])
                return len(self.read(consumer, 2))
            finally:
                consumer.close(timeout_ms=1000)
        # Not a group with a topic that may not be described: kafka-python logs Metadata's refusal and waits on.
        self.see_at_once({
            "transaction": lambda: transaction(f"open-{prefix}-id", opened, f"open-{prefix}-group"),
            "transaction, id denied": lambda: transaction(f"shut-{prefix}-id", opened),
            "transaction, topic denied": lambda: transaction(f"open-{prefix}-other", shut),
            "transaction, group denied": lambda: transaction(f"open-{prefix}-third", opened, f"shut-{prefix}-group"),
            "group": lambda: join(f"open-{prefix}", opened),
            "group, denied": lambda: join(f"shut-{prefix}", opened),
        })
        for name in (opened, shut):
            place = TopicPartition(name, 0)
            see(f"describe {name}", lambda: [
                [one["error_code"], len(one["partitions"])] for one in admin.describe_topics([name])])
            see(f"describe partitions of {name}", lambda: [
                [one["error_code"], len(one["partitions"])]
                for one in admin.describe_topic_partitions([name])["topics"]])
            see(f"delete {name}", lambda: admin.delete_topics([name]))
            see(f"latest of {name}", lambda: len(admin.list_partition_offsets({place: OffsetSpec.LATEST})))
            see(f"delete records of {name}", lambda: admin.delete_records({place: 1}))
            see(f"configs of {name}", lambda: self.configs(ConfigResourceType.TOPIC, name))
            see(f"alter configs of {name}", lambda: self.change(
                ConfigResourceType.TOPIC, name, **{"retention.ms": "1"}))
            see(f"more partitions of {name}", lambda: admin.create_partitions({name: NewPartitions(9)}))
            see(f"producers of {name}", lambda: len(admin.describe_producers([place])))
        see("create", lambda: admin.create_topics({f"{opened}-new": {"num_partitions": 1, "replication_factor": 1}}))
        see("configs of a broker", lambda: self.configs(ConfigResourceType.BROKER, "0"))
        for group in (f"open-{prefix}", f"shut-{prefix}"):
            see(f"describe group {group}", lambda: admin.describe_groups([group]))
            see(f"delete group {group}", lambda: admin.delete_groups([group]))
            see(f"offsets of group {group}", lambda: len(admin.list_group_offsets([group])))
        see("groups", lambda: self.ours(one["group_id"] for one in admin.list_groups()))
        for identity in (f"open-{prefix}-id", f"shut-{prefix}-id"):
            see(f"transaction of {identity}", lambda: len(admin.describe_transactions([identity])))
        see("elect leaders", lambda: admin.elect_leaders(ElectionType.PREFERRED, {opened: [0]}))
        see("reassignments", lambda: admin.list_partition_reassignments({opened: [0]}))
        see("reassign", lambda: admin.alter_partition_reassignments({TopicPartition(opened, 0): [1, 2]}))
        see("log dirs", lambda: admin.describe_log_dirs(brokers=[1]))
        see("quorum", admin.describe_metadata_quorum)
        see("describe SCRAM", lambda: admin.describe_user_scram_credentials(["alice"]))
        see("alter SCRAM", lambda: admin.alter_user_scram_credentials([
            UserScramCredentialUpsertion("alice", ScramMechanism.SCRAM_SHA_256, "secret", iterations=8192)]))
        return self.observed.seen


if __name__ == "__main__":
    command_loop.run(Client())
