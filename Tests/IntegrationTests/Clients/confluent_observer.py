"""All that confluent-kafka (librdkafka) can do that the gateway must not be seen in."""

import time

from confluent_kafka import (
    Consumer, ConsumerGroupTopicPartitions, ElectionType, IsolationLevel, KafkaException, Producer, TopicCollection,
    TopicPartition)
from confluent_kafka.admin import (
    AclBinding, AclBindingFilter, AclOperation, AclPermissionType, AdminClient, AlterConfigOpType, ConfigEntry,
    ConfigResource, NewPartitions, NewTopic, OffsetSpec, ResourcePatternType, ResourceType, ScramCredentialInfo,
    ScramMechanism, UserScramCredentialUpsertion)

import command_loop
from observations import Observations

LIMIT = 20


def name_of_error(error):
    return error.args[0].name() if isinstance(error, KafkaException) else f"{type(error).__name__}: {error}"


class Client:
    def settings(self, **more):
        settings = {"bootstrap.servers": self.bootstrap, "socket.timeout.ms": 10000, "log_level": 0, **more}
        if self.token:
            settings |= {
                "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "OAUTHBEARER",
                "oauth_cb": lambda _: (self.token, time.time() + 3600),
            }
        return settings

    def begin(self, bootstrap, token, prefix):
        self.bootstrap, self.token, self.prefix = bootstrap, token, prefix
        self.observed = Observations(prefix, name_of_error)
        self.see, self.see_at_once = self.observed.see, self.observed.see_at_once
        self.admin = AdminClient(self.settings())

    def producer(self, **more):
        return Producer(self.settings(**{"message.timeout.ms": LIMIT * 1000, "linger.ms": 0, **more}))

    def write(self, producer, topic, values, partition=0):
        reports = []
        for value in values:
            producer.produce(topic, value=value, partition=partition, on_delivery=lambda e, m: reports.append((e, m)))
        producer.flush(LIMIT + 5)
        return [error.name() if error else message.offset() for error, message in reports]

    def read(self, consumer, count, seconds=LIMIT):
        values, end = [], time.monotonic() + seconds
        while len(values) < count and time.monotonic() < end:
            for message in consumer.consume(count - len(values), 0.2):
                if message.error():
                    raise KafkaException(message.error())
                values.append(message.value().decode())
        return values

    def read_all(self, topic, isolation, partition=0):
        """To the end of a partition, without a group's help."""
        consumer = Consumer(self.settings(**{
            "group.id": f"{self.prefix}unused", "isolation.level": isolation, "enable.partition.eof": True,
            "enable.auto.commit": False}))
        consumer.assign([TopicPartition(topic, partition, 0)])
        values, end = [], time.monotonic() + LIMIT
        while time.monotonic() < end:
            for message in consumer.consume(1, 0.2):
                if message.error():
                    # librdkafka looks for the coordinator of its obligatory group also when nothing needs one.
                    if message.error().name() == "GROUP_AUTHORIZATION_FAILED":
                        continue
                    consumer.close()
                    if message.error().name() == "_PARTITION_EOF":
                        return values
                    raise KafkaException(message.error())
                values.append(message.value().decode())
        raise TimeoutError(topic)

    def consumer(self, group, topics, **more):
        consumer = Consumer(self.settings(**{
            "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False, **more}))
        consumer.subscribe(topics)
        return consumer

    def topic_row(self, described):
        return {
            "partitions": len(described.partitions), "internal": described.is_internal,
            "replicas": [len(one.replicas) for one in described.partitions],
            "in sync": [len(one.isr) for one in described.partitions],
            "operations": sorted(one.name for one in described.authorized_operations or []),
        }

    def change(self, kind, name, *entries):
        resource = ConfigResource(kind, name, incremental_configs=[
            ConfigEntry(key, value, incremental_operation=operation) for key, value, operation in entries])
        return self.admin.incremental_alter_configs([resource])[resource].result(LIMIT)

    def configs(self, kind, name):
        resource = ConfigResource(kind, name)
        entries = self.admin.describe_configs([resource])[resource].result(LIMIT)
        return {one.name: [one.value, one.source, one.is_read_only, one.is_sensitive] for one in entries.values()}

    # ---- With full rights

    def observe(self, bootstrap, prefix, token=None):
        self.begin(bootstrap, token, prefix)
        self.observe_topics(f"{prefix}topic")
        self.observe_records(f"{prefix}topic")
        self.observe_transactions(f"{prefix}in", f"{prefix}out")
        self.observed.at_once(
            lambda protocol: self.observe_group(protocol, f"{prefix}topic", f"{prefix}{protocol}"),
            ["classic", "consumer"])
        self.observe_rest(f"{prefix}topic")
        self.observe_removal()
        return self.observed.seen

    def observe_topics(self, topic):
        see, admin = self.see, self.admin

        def create(name, partitions, replication, **more):
            return admin.create_topics([NewTopic(name, partitions, replication, **more)])[name].result(LIMIT)
        see("create", lambda: create(topic, 3, 2, config={"retention.ms": "-1"}))
        see("create again", lambda: create(topic, 3, 2))
        see("create too wide", lambda: create(f"{topic}-wide", 1, 7))
        see("create, only validated", lambda: admin.create_topics(
            [NewTopic(f"{topic}-check", 1, 1)], validate_only=True)[f"{topic}-check"].result(LIMIT))
        see("create with a bad name", lambda: create("not/a/name", 1, 1))
        see("create with a bad config", lambda: create(f"{topic}-bad", 1, 1, config={"no.such.config": "1"}))
        see("more partitions", lambda: admin.create_partitions([NewPartitions(topic, 4)])[topic].result(LIMIT))
        see("fewer partitions", lambda: admin.create_partitions([NewPartitions(topic, 2)])[topic].result(LIMIT))
        see("describe", lambda: self.topic_row(admin.describe_topics(
            TopicCollection([topic]), include_authorized_operations=True)[topic].result(LIMIT)))
        see("describe a missing one", lambda: admin.describe_topics(
            TopicCollection([f"{topic}-missing"]))[f"{topic}-missing"].result(LIMIT))
        see("list", lambda: [name for name in sorted(admin.list_topics(timeout=LIMIT).topics)
                             if name.startswith(self.prefix)])

        def cluster():
            answer = admin.describe_cluster(include_authorized_operations=True).result(LIMIT)
            return [sorted(node.id for node in answer.nodes), answer.cluster_id,
                    sorted(one.name for one in answer.authorized_operations or [])]
        see("cluster", cluster)

        kinds = ConfigResource.Type
        see("alter configs", lambda: self.change(
            kinds.TOPIC, topic, ("max.message.bytes", "5000", AlterConfigOpType.SET),
            ("cleanup.policy", "compact", AlterConfigOpType.APPEND)))
        see("configs", lambda: self.configs(kinds.TOPIC, topic))
        see("alter configs back", lambda: self.change(
            kinds.TOPIC, topic, ("max.message.bytes", None, AlterConfigOpType.DELETE),
            ("cleanup.policy", "compact", AlterConfigOpType.SUBTRACT)))
        see("configs back", lambda: self.configs(kinds.TOPIC, topic))
        see("configs of a missing topic", lambda: self.configs(kinds.TOPIC, f"{topic}-missing"))
        see("alter a bad config", lambda: self.change(
            kinds.TOPIC, topic, ("retention.ms", "soon", AlterConfigOpType.SET)))
        see("configs of a broker", lambda: self.configs(kinds.BROKER, "1"))
        see("alter configs of a group", lambda: self.change(
            kinds.GROUP, f"{self.prefix}set", ("consumer.session.timeout.ms", "50000", AlterConfigOpType.SET)))
        see("configs of a group", lambda: self.configs(kinds.GROUP, f"{self.prefix}set"))

    def observe_records(self, topic):
        numbers = [str(number) for number in range(30)]

        def carelessly():
            self.careless = self.producer(acks=0)  # kept: what it sends when it goes nobody promises
            return self.write(self.careless, topic, ["x"], partition=1) and "sent"
        self.see_at_once({
            "idempotent": lambda: self.write(self.producer(**{"enable.idempotence": True}), topic, numbers),
            "fire and forget": carelessly,
            "compressed": lambda: self.write(
                self.producer(**{"compression.type": "zstd"}), topic, ["z" * 300], partition=2),
            "too large": lambda: self.write(
                self.producer(**{"message.max.bytes": 5_000_000}), topic, [b"x" * 2_000_000], partition=2),
        })
        self.see_at_once({
            "read": lambda: self.read_all(topic, "read_uncommitted"),
            "read compressed": lambda: self.read_all(topic, "read_uncommitted", partition=2),
        })
        place = TopicPartition(topic, 0)

        def offset(spec, **more):
            return self.admin.list_offsets({place: spec}, **more)[place].result(LIMIT).offset
        self.see("earliest", lambda: offset(OffsetSpec.earliest()))
        self.see("latest", lambda: offset(OffsetSpec.latest()))
        self.see("latest committed", lambda: offset(
            OffsetSpec.latest(), isolation_level=IsolationLevel.READ_COMMITTED))
        self.see("of the newest", lambda: 0 <= offset(OffsetSpec.max_timestamp()) < 30)
        self.see("for a time", lambda: offset(OffsetSpec.for_timestamp(1)))
        self.see("delete records", lambda: self.admin.delete_records(
            [TopicPartition(topic, 0, 5)])[place].result(LIMIT).low_watermark)
        self.see("delete too many records", lambda: self.admin.delete_records(
            [TopicPartition(topic, 0, 5000)])[place].result(LIMIT).low_watermark)
        self.see("earliest then", lambda: offset(OffsetSpec.earliest()))

    def observe_transactions(self, source, target):
        group, identity = f"{self.prefix}copiers", f"{self.prefix}copier"
        for name in (source, target):
            self.see(f"create {name}", lambda: self.admin.create_topics([NewTopic(name, 1, 1)])[name].result(LIMIT))
        self.write(self.producer(), source, [str(number) for number in range(4)])
        producer = self.producer(**{"transactional.id": identity, "transaction.timeout.ms": 60000})
        self.see("init transactions", lambda: producer.init_transactions(LIMIT))
        consumer = self.consumer(group, [source], **{"isolation.level": "read_committed"})

        def copy(commits):
            producer.begin_transaction()
            for value in self.read(consumer, 2):
                producer.produce(target, value=f"{value} {commits}", partition=0)
            producer.send_offsets_to_transaction(
                consumer.position(consumer.assignment()), consumer.consumer_group_metadata(), LIMIT)
            producer.flush(LIMIT)
            (producer.commit_transaction if commits else producer.abort_transaction)(LIMIT)
            place = TopicPartition(source, 0)
            return consumer.committed([place], LIMIT)[0].offset
        self.see("commit", lambda: copy(True))
        self.see("abort", lambda: copy(False))
        self.see_at_once({
            f"read {which}": lambda which=which: self.read_all(target, f"read_{which}")
            for which in ("committed", "uncommitted")
        })
        consumer.close()

        def fence():
            successor = self.producer(**{"transactional.id": identity})
            successor.init_transactions(LIMIT)
            producer.begin_transaction()
            producer.produce(target, value="late")
            producer.commit_transaction(LIMIT)
        self.see("fenced", fence)

    def observe_group(self, protocol, topic, group):
        settings = {"group.protocol": protocol}
        if protocol == "classic":
            settings |= {"session.timeout.ms": 6000}
        consumer = self.consumer(group, [topic], **settings)
        self.see(f"{protocol}: read", lambda: sorted(self.read(consumer, 27)))
        self.see(f"{protocol}: assignment", lambda: sorted(one.partition for one in consumer.assignment()))
        self.see(f"{protocol}: commit", lambda: sorted(
            (one.partition, one.offset) for one in consumer.commit(asynchronous=False)))

        def described():
            answer = self.admin.describe_consumer_groups(
                [group], include_authorized_operations=True)[group].result(LIMIT)
            return {
                "state": answer.state.name, "type": answer.type.name, "assignor": answer.partition_assignor,
                "operations": sorted(one.name for one in answer.authorized_operations or []),
                "members": [
                    [member.client_id, sorted(str(one) for one in member.assignment.topic_partitions)]
                    for member in answer.members],
            }
        self.see(f"{protocol}: describe", described)
        consumer.close()
        self.see(f"{protocol}: list", lambda: [
            [one.group_id, one.state.name, one.type.name, one.is_simple_consumer_group]
            for one in self.admin.list_consumer_groups().result(LIMIT).valid if one.group_id == group])
        self.see(f"{protocol}: alter offsets", lambda: [
            (one.partition, one.offset) for one in self.admin.alter_consumer_group_offsets(
                [ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0, 9)])])[group].result(
                    LIMIT).topic_partitions])
        self.see(f"{protocol}: offsets", lambda: sorted(
            (one.topic, one.partition, one.offset) for one in self.admin.list_consumer_group_offsets(
                [ConsumerGroupTopicPartitions(group)])[group].result(LIMIT).topic_partitions))
        self.see(f"{protocol}: delete", lambda: self.admin.delete_consumer_groups([group])[group].result(LIMIT))
        self.see(f"{protocol}: delete again", lambda: self.admin.delete_consumer_groups([group])[group].result(LIMIT))

    def observe_rest(self, topic):
        place, user = TopicPartition(topic, 0), f"{self.prefix}user"
        self.see("elect leaders", lambda: [
            [one.partition, error.name() if error else None] for one, error in self.admin.elect_leaders(
                ElectionType.PREFERRED, [place]).result(LIMIT).items()])
        self.see("describe SCRAM", lambda: self.admin.describe_user_scram_credentials([user])[user].result(LIMIT))
        self.see("alter SCRAM", lambda: self.admin.alter_user_scram_credentials([UserScramCredentialUpsertion(
            user, ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 8192), b"secret", b"salt")])[user].result(LIMIT))
        self.see("SCRAM then", lambda: [
            [one.mechanism.name, one.iterations] for one in
            self.admin.describe_user_scram_credentials([user])[user].result(LIMIT).scram_credential_infos])
        # confluent-kafka shows SECURITY_DISABLED as an empty list, as it does with any error of this answer.
        self.see("describe ACLs", lambda: self.admin.describe_acls(AclBindingFilter(
            ResourceType.ANY, None, ResourcePatternType.ANY, None, None, AclOperation.ANY,
            AclPermissionType.ANY)).result(LIMIT))
        binding = AclBinding(ResourceType.TOPIC, topic, ResourcePatternType.LITERAL, "User:a", "*", AclOperation.READ,
                             AclPermissionType.ALLOW)
        self.see("create ACLs", lambda: self.admin.create_acls([binding])[binding].result(LIMIT))

    def observe_removal(self):
        names = [f"{self.prefix}{name}" for name in ("topic", "in", "out", "missing")]
        for name, future in self.admin.delete_topics(names).items():
            self.see(f"delete {name[len(self.prefix):]}", lambda: future.result(LIMIT))
        self.see("list at the end", lambda: [
            name for name in self.admin.list_topics(timeout=LIMIT).topics if name.startswith(self.prefix)])

    # ---- With partial rights: `open-` topics (describe, read, write), `look-` topics (describe), `open-` groups (read)
    # and transactional ids (write)

    def observe_denied(self, bootstrap, prefix, token=None):
        self.begin(bootstrap, token, prefix)
        see, admin = self.see, self.admin
        opened, shut, looked = (f"{right}-{prefix}" for right in ("open", "shut", "look"))
        see("list", lambda: sorted(name for name in admin.list_topics(timeout=LIMIT).topics if prefix in name))
        self.see_at_once({
            "produce": lambda: self.write(self.producer(), opened, ["1", "2"]),
            "produce, denied": lambda: self.write(self.producer(), shut, ["1"]),
            "produce, to be seen only": lambda: self.write(self.producer(), looked, ["1"]),
        })
        see("idempotent", lambda: self.write(self.producer(**{"enable.idempotence": True}), opened, ["3"]))
        # Not of a topic that may not even be described: librdkafka keeps Metadata's refusal of an assigned partition to
        # itself and asks again and again.
        self.see_at_once({
            "read": lambda: self.read_all(opened, "read_uncommitted"),
            "read, to be seen only": lambda: self.read_all(looked, "read_uncommitted"),
        })

        def transaction(identity, topic, group=None):
            producer = self.producer(**{"transactional.id": identity})
            producer.init_transactions(LIMIT)
            producer.begin_transaction()
            consumer = None
            try:
                written = self.write(producer, topic, ["in a transaction"])
                if group:
                    consumer = Consumer(self.settings(**{"group.id": group}))
                    producer.send_offsets_to_transaction(
                        [TopicPartition(topic, 0, 1)], consumer.consumer_group_metadata(), LIMIT)
                producer.commit_transaction(LIMIT)
                return len(written)
            finally:
                if consumer:
                    consumer.close()
        self.see_at_once({
            "transaction": lambda: transaction(f"open-{prefix}-id", opened, f"open-{prefix}-group"),
            "transaction, id denied": lambda: transaction(f"shut-{prefix}-id", opened),
            "transaction, topic denied": lambda: transaction(f"open-{prefix}-other", shut),
            "transaction, group denied": lambda: transaction(f"open-{prefix}-third", opened, f"shut-{prefix}-group"),
        })

        def join(group, protocol, topics):
            consumer = self.consumer(group, topics, **{"group.protocol": protocol})
            try:
                return len(self.read(consumer, 3))
            finally:
                consumer.close()
        joins = {}
        for protocol in ("classic", "consumer"):
            joins |= {
                f"{protocol} group": lambda protocol=protocol: join(f"open-{prefix}-{protocol}", protocol, [opened]),
                f"{protocol} group, denied": lambda protocol=protocol: join(
                    f"shut-{prefix}-{protocol}", protocol, [opened]),
                f"{protocol} group, topic denied": lambda protocol=protocol: join(
                    f"open-{prefix}-{protocol}-2", protocol, [shut]),
            }
        joins["consumer group by pattern"] = lambda: join(
            f"open-{prefix}-pattern", "consumer", [f"^(open|shut)-{prefix}$"])
        self.see_at_once(joins)

        for name in (opened, shut):
            see(f"describe {name}", lambda: self.topic_row(admin.describe_topics(
                TopicCollection([name]), include_authorized_operations=True)[name].result(LIMIT)))
            see(f"delete {name}", lambda: admin.delete_topics([name])[name].result(LIMIT))
            place = TopicPartition(name, 0)
            see(f"latest of {name}", lambda: admin.list_offsets(
                {place: OffsetSpec.latest()})[place].result(LIMIT).offset > 0)
            see(f"delete records of {name}", lambda: admin.delete_records(
                [TopicPartition(name, 0, 1)])[place].result(LIMIT).low_watermark)
            see(f"configs of {name}", lambda: bool(self.configs(ConfigResource.Type.TOPIC, name)))
            see(f"alter configs of {name}", lambda: self.change(
                ConfigResource.Type.TOPIC, name, ("retention.ms", "1", AlterConfigOpType.SET)))
            see(f"more partitions of {name}", lambda: admin.create_partitions(
                [NewPartitions(name, 9)])[name].result(LIMIT))
        see("create", lambda: admin.create_topics([NewTopic(f"{opened}-new", 1, 1)])[f"{opened}-new"].result(LIMIT))
        see("configs of a broker", lambda: self.configs(ConfigResource.Type.BROKER, "0"))
        see("alter configs of a broker", lambda: self.change(
            ConfigResource.Type.BROKER, "0", ("log.retention.ms", "1", AlterConfigOpType.SET)))
        see("cluster", lambda: sorted(one.name for one in admin.describe_cluster(
            include_authorized_operations=True).result(LIMIT).authorized_operations or []))
        for name in (f"open-{prefix}-classic", f"shut-{prefix}-classic"):
            see(f"describe {name}", lambda: admin.describe_consumer_groups([name])[name].result(LIMIT).state.name)
            see(f"delete {name}", lambda: admin.delete_consumer_groups([name])[name].result(LIMIT))
            see(f"offsets of {name}", lambda: len(admin.list_consumer_group_offsets(
                [ConsumerGroupTopicPartitions(name)])[name].result(LIMIT).topic_partitions))
        see("groups", lambda: sorted(
            one.group_id for one in admin.list_consumer_groups().result(LIMIT).valid
            if prefix in one.group_id))
        see("elect leaders", lambda: [
            [one.partition, error.name()] for one, error in admin.elect_leaders(
                ElectionType.PREFERRED, [TopicPartition(opened, 0)]).result(LIMIT).items()])
        # Not describe_user_scram_credentials: when it is refused, confluent-kafka 2.16.1 frees what it never allocated
        # and the process ends (munmap_chunk), on the very bytes of Apache Kafka's own answer too.
        return self.observed.seen


if __name__ == "__main__":
    command_loop.run(Client())
