"""What stock Kafka clients do against the sandbox. Usage: clients.py SCENARIO BOOTSTRAP_SERVERS

Exits 0 when the client saw what it should, 77 when the client is not installed.
"""

import asyncio
import subprocess
import sys
import time

TIMEOUT = 30


def check(condition, message):
    if not condition:
        raise SystemExit(message)


def deadline():
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        yield
    raise SystemExit("time is up")


def kcat(servers):
    def run(*arguments, **options):
        return subprocess.run(
            ["kcat", "-b", servers, *arguments], check=True, timeout=TIMEOUT, text=True, capture_output=True, **options
        ).stdout

    from kafka.admin import KafkaAdminClient, NewTopic

    admin = KafkaAdminClient(bootstrap_servers=servers)
    admin.create_topics([NewTopic("kcat", 3, 1)])
    listing = run("-L")
    check("3 brokers" in listing, listing)
    check('topic "kcat" with 3 partitions' in listing, listing)
    for leader in range(3):
        check(f"leader {leader}" in listing, listing)
    values = "".join(f"value {number}\n" for number in range(100))
    for codec in ("none", "gzip", "snappy", "lz4"):
        run("-t", "kcat", "-P", "-X", f"compression.codec={codec}", input=values)
    run("-t", "kcat", "-P", "-X", "acks=0", input="unacknowledged\n")
    read = run("-t", "kcat", "-C", "-e", "-q", "-o", "beginning").splitlines()
    check(len(read) == 401, f"read {len(read)} values")
    grouped = run("-G", "kcat-group", "kcat", "-e", "-q", "-X", "auto.offset.reset=earliest").splitlines()
    check(sorted(grouped) == sorted(read), f"the group read {len(grouped)} values")


def confluent(servers):
    from confluent_kafka import Consumer, Producer, TopicPartition, KafkaException
    from confluent_kafka.admin import (
        AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic, OffsetSpec)

    admin = AdminClient({"bootstrap.servers": servers})
    topic = "confluent"
    admin.create_topics([NewTopic(topic, 3, 2, config={"retention.ms": "-1"})])[topic].result(TIMEOUT)
    try:
        admin.create_topics([NewTopic(topic, 3, 1)])[topic].result(TIMEOUT)
        raise SystemExit("the topic was made twice")
    except KafkaException as error:
        check(error.args[0].name() == "TOPIC_ALREADY_EXISTS", str(error))
    try:
        admin.create_topics([NewTopic("too-wide", 1, 4)])["too-wide"].result(TIMEOUT)
        raise SystemExit("four replicas on three brokers")
    except KafkaException as error:
        check(error.args[0].name() == "INVALID_REPLICATION_FACTOR", str(error))
    admin.create_partitions([NewPartitions(topic, 6)])[topic].result(TIMEOUT)
    check(len(admin.list_topics(topic).topics[topic].partitions) == 6, "partitions were not added")

    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    configs = admin.describe_configs([resource])[resource].result(TIMEOUT)
    check(configs["retention.ms"].value == "-1", configs["retention.ms"].value)
    change = ConfigResource(
        ConfigResource.Type.TOPIC, topic,
        incremental_configs=[ConfigEntry(
            "max.message.bytes", "5000", incremental_operation=AlterConfigOpType.SET)])
    admin.incremental_alter_configs([change])[change].result(TIMEOUT)
    cluster = admin.describe_cluster(include_authorized_operations=True).result(TIMEOUT)
    check(len(cluster.nodes) == 3, str(cluster.nodes))

    failures = []
    producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True, "linger.ms": 5})
    for number in range(1000):
        producer.produce(
            topic, key=str(number), value=f"value {number}",
            on_delivery=lambda error, _: failures.append(error) if error else None)
    check(producer.flush(TIMEOUT) == 0, "not all was acknowledged")
    check(not failures, str(failures[:3]))
    big = []
    plain = Producer({"bootstrap.servers": servers, "message.max.bytes": 2_000_000})
    plain.produce(topic, value=b"x" * 6000, on_delivery=lambda error, _: big.append(error))
    plain.flush(TIMEOUT)
    check(big and big[0] and big[0].name() == "MSG_SIZE_TOO_LARGE", str(big))

    settings = {
        "bootstrap.servers": servers, "group.id": "confluent-group", "auto.offset.reset": "earliest",
        "enable.auto.commit": False, "session.timeout.ms": 6000}
    consumers = [Consumer(settings), Consumer(settings)]
    for consumer in consumers:
        consumer.subscribe([topic])
    seen = set()
    for _ in deadline():
        for consumer in consumers:
            for message in consumer.consume(500, 0.2):
                check(message.error() is None, str(message.error()))
                seen.add(message.value())
        assigned = sorted(len(consumer.assignment()) for consumer in consumers)
        if len(seen) == 1000 and assigned == [3, 3]:
            break
    for consumer in consumers:
        consumer.commit(asynchronous=False)
    described = admin.describe_consumer_groups(["confluent-group"])["confluent-group"].result(TIMEOUT)
    check(described.state.name == "STABLE" and len(described.members) == 2, str(described.state))
    for consumer in consumers:
        consumer.close()
    groups = admin.list_consumer_groups().result(TIMEOUT)
    check("confluent-group" in [group.group_id for group in groups.valid], str(groups.valid))
    consumer = Consumer(settings)
    committed = consumer.committed([TopicPartition(topic, number) for number in range(6)], TIMEOUT)
    check(sum(partition.offset for partition in committed if partition.offset > 0) == 1000, str(committed))
    consumer.close()

    first = TopicPartition(topic, 0)
    latest = admin.list_offsets({first: OffsetSpec.latest()})[first].result(TIMEOUT).offset
    newest = admin.list_offsets({first: OffsetSpec.max_timestamp()})[first].result(TIMEOUT).offset
    check(0 <= newest < latest, f"newest record at {newest} of {latest}")
    low = admin.delete_records([TopicPartition(topic, 0, 5)])[first].result(TIMEOUT)
    check(low.low_watermark == 5, str(low.low_watermark))
    earliest = admin.list_offsets({first: OffsetSpec.earliest()})[first].result(TIMEOUT).offset
    check(earliest == 5, f"earliest {earliest}")
    admin.delete_consumer_groups(["confluent-group"])["confluent-group"].result(TIMEOUT)
    admin.delete_topics([topic])[topic].result(TIMEOUT)
    check(topic not in admin.list_topics().topics, "the topic is still there")


def kafka_python(servers):
    from kafka import KafkaConsumer, KafkaProducer, TopicPartition
    from kafka.admin import KafkaAdminClient, NewTopic

    admin = KafkaAdminClient(bootstrap_servers=servers)
    admin.create_topics([NewTopic("kafka-python", 3, 1)])
    producer = KafkaProducer(bootstrap_servers=servers, compression_type="gzip")
    sent = [producer.send("kafka-python", key=b"k%d" % number, value=b"v%d" % number) for number in range(300)]
    for future in sent:
        future.get(TIMEOUT)
    producer.close()
    consumer = KafkaConsumer(
        "kafka-python", bootstrap_servers=servers, group_id="kafka-python-group", auto_offset_reset="earliest",
        enable_auto_commit=False)
    seen = set()
    for _ in deadline():
        for records in consumer.poll(timeout_ms=200).values():
            seen.update(record.value for record in records)
        if len(seen) == 300:
            break
    consumer.commit()
    committed = sum(consumer.committed(TopicPartition("kafka-python", number)) or 0 for number in range(3))
    check(committed == 300, f"committed {committed}")
    consumer.close()
    admin.delete_topics(["kafka-python"])
    check("kafka-python" not in admin.list_topics(), "the topic is still there")
    admin.close()


def aio(servers):
    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
    from aiokafka.admin import AIOKafkaAdminClient, NewTopic

    async def run():
        admin = AIOKafkaAdminClient(bootstrap_servers=servers)
        await admin.start()
        await admin.create_topics([NewTopic("aio", 4, 1)])
        producer = AIOKafkaProducer(bootstrap_servers=servers, enable_idempotence=True)
        await producer.start()
        await asyncio.gather(*[producer.send_and_wait("aio", b"%d" % number) for number in range(200)])
        await producer.stop()
        consumers = [
            AIOKafkaConsumer(
                "aio", bootstrap_servers=servers, group_id="aio-group", auto_offset_reset="earliest",
                enable_auto_commit=False)
            for _ in range(2)
        ]
        for consumer in consumers:
            await consumer.start()
        seen = set()
        for _ in deadline():
            for consumer in consumers:
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    seen.update(record.value for record in records)
            if len(seen) == 200 and [len(consumer.assignment()) for consumer in consumers] == [2, 2]:
                break
        for consumer in consumers:
            await consumer.commit()
            await consumer.stop()
        await admin.close()

    asyncio.run(run())


def read_all(servers, topic, isolation, count):
    """All values of a topic in its order, as one reader sees them at the end of each partition."""
    from confluent_kafka import Consumer, KafkaError, TopicPartition

    consumer = Consumer({
        "bootstrap.servers": servers, "group.id": f"read-{topic}-{isolation}", "isolation.level": isolation,
        "enable.partition.eof": True, "enable.auto.commit": False})
    consumer.assign([TopicPartition(topic, number, 0) for number in range(count)])
    values, ended = [], set()
    for _ in deadline():
        for message in consumer.consume(100, 0.2):
            if message.error() is None:
                values.append(message.value().decode())
                ended.discard(message.partition())
            elif message.error().code() == KafkaError._PARTITION_EOF:
                ended.add(message.partition())
            else:
                raise SystemExit(str(message.error()))
        if len(ended) == count:
            break
    consumer.close()
    return values


def confluent_transactions(servers):
    from confluent_kafka import Consumer, IsolationLevel, KafkaException, Producer, TopicPartition
    from confluent_kafka.admin import AdminClient, NewTopic, OffsetSpec

    admin = AdminClient({"bootstrap.servers": servers})
    for future in admin.create_topics([NewTopic("in", 1, 1), NewTopic("out", 3, 1)]).values():
        future.result(TIMEOUT)
    plain = Producer({"bootstrap.servers": servers})
    for number in range(10):
        plain.produce("in", value=str(number))
    check(plain.flush(TIMEOUT) == 0, "not all was acknowledged")

    producer = Producer({"bootstrap.servers": servers, "transactional.id": "copier", "transaction.timeout.ms": 60000})
    producer.init_transactions(TIMEOUT)
    consumer = Consumer({
        "bootstrap.servers": servers, "group.id": "copiers", "auto.offset.reset": "earliest",
        "enable.auto.commit": False, "isolation.level": "read_committed"})
    consumer.subscribe(["in"])
    committed = set()
    for batch in range(5):
        messages = []
        for _ in deadline():
            messages += consumer.consume(2 - len(messages), 0.2)
            if len(messages) == 2:
                break
        producer.begin_transaction()
        for message in messages:
            value = f"{message.value().decode()} in {batch}"
            producer.produce("out", key=message.value(), value=value)
            if batch % 2 == 0:
                committed.add(value)
        if batch % 2 == 0:
            producer.send_offsets_to_transaction(
                consumer.position(consumer.assignment()), consumer.consumer_group_metadata(), TIMEOUT)
            producer.commit_transaction(TIMEOUT)
        else:
            check(producer.flush(TIMEOUT) == 0, "not all was written")
            producer.abort_transaction(TIMEOUT)
    check(set(read_all(servers, "out", "read_committed", 3)) == committed, "read_committed saw something else")
    check(len(read_all(servers, "out", "read_uncommitted", 3)) == 10, "read_uncommitted saw something else")
    offsets = consumer.committed([TopicPartition("in", 0)], TIMEOUT)
    check(offsets[0].offset == 10, str(offsets))
    consumer.close()

    # While a transaction is open, nothing behind its first record is stable.
    producer.begin_transaction()
    producer.produce("out", partition=0, value="open")
    check(producer.flush(TIMEOUT) == 0, "not all was written")
    place = TopicPartition("out", 0)

    def latest(isolation):
        return admin.list_offsets({place: OffsetSpec.latest()}, isolation_level=isolation)[place].result(TIMEOUT).offset

    check(
        latest(IsolationLevel.READ_COMMITTED) + 1 == latest(IsolationLevel.READ_UNCOMMITTED),
        "the last stable offset is not before the open transaction")

    # A second producer with the ID fences the first, and gives up what it had open.
    successor = Producer({"bootstrap.servers": servers, "transactional.id": "copier"})
    successor.init_transactions(TIMEOUT)
    try:
        producer.commit_transaction(TIMEOUT)
        raise SystemExit("the older producer was not fenced")
    except KafkaException as error:
        check(error.args[0].fatal() or error.args[0].txn_requires_abort(), str(error))
    successor.begin_transaction()
    successor.produce("out", partition=0, value="successor")
    successor.commit_transaction(TIMEOUT)
    check(
        sorted(set(read_all(servers, "out", "read_committed", 3)) - committed) == ["successor"],
        "read_committed saw the fenced producer's record")


def kafka_python_transactions(servers):
    from kafka import KafkaConsumer, KafkaProducer, TopicPartition
    from kafka.admin import KafkaAdminClient, NewTopic
    from kafka.structs import OffsetAndMetadata

    admin = KafkaAdminClient(bootstrap_servers=servers)
    admin.create_topics([NewTopic("kp-out", 2, 1)])
    producer = KafkaProducer(bootstrap_servers=servers, transactional_id="kp")
    producer.init_transactions()
    for number in range(4):
        producer.begin_transaction()
        futures = [producer.send("kp-out", f"{number}".encode(), partition=place) for place in range(2)]
        for future in futures:
            future.get(TIMEOUT)
        if number % 2 == 0:
            producer.send_offsets_to_transaction(
                {TopicPartition("kp-out", 0): OffsetAndMetadata(number + 1, "", -1)}, "kp-group")
            producer.commit_transaction()
        else:
            producer.abort_transaction()
    producer.close()
    consumer = KafkaConsumer(
        bootstrap_servers=servers, isolation_level="read_committed", auto_offset_reset="earliest", group_id="kp-group",
        enable_auto_commit=False)
    consumer.assign([TopicPartition("kp-out", 0), TopicPartition("kp-out", 1)])
    check(consumer.committed(TopicPartition("kp-out", 0)) == 3, "the offset was not committed")
    consumer.seek_to_beginning()
    seen = []
    for _ in deadline():
        for records in consumer.poll(timeout_ms=200).values():
            seen += [record.value.decode() for record in records]
        if len(seen) >= 4 and all(consumer.position(p) >= 8 for p in consumer.assignment()):
            break
    check(sorted(seen) == ["0", "0", "2", "2"], str(seen))
    consumer.close()
    admin.close()


def aio_transactions(servers):
    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
    from aiokafka.admin import AIOKafkaAdminClient, NewTopic

    async def run():
        admin = AIOKafkaAdminClient(bootstrap_servers=servers)
        await admin.start()
        await admin.create_topics([NewTopic("aio-out", 1, 1)])
        await admin.close()
        producer = AIOKafkaProducer(bootstrap_servers=servers, transactional_id="aio")
        await producer.start()
        place = TopicPartition("aio-out", 0)
        async with producer.transaction():
            await producer.send_and_wait("aio-out", b"kept")
            await producer.send_offsets_to_transaction({place: 7}, "aio-txn-group")
        await producer.begin_transaction()
        await producer.send_and_wait("aio-out", b"dropped")
        await producer.abort_transaction()
        async with producer.transaction():
            await producer.send_and_wait("aio-out", b"kept too")
        await producer.stop()
        consumer = AIOKafkaConsumer(
            bootstrap_servers=servers, isolation_level="read_committed", group_id="aio-txn-group",
            enable_auto_commit=False)
        await consumer.start()
        consumer.assign([place])
        check(await consumer.committed(place) == 7, "the offset was not committed")
        await consumer.seek_to_beginning(place)
        seen = []
        for _ in deadline():
            for records in (await consumer.getmany(timeout_ms=200)).values():
                seen += [record.value for record in records]
            if await consumer.position(place) >= 6:
                break
        await consumer.stop()
        check(seen == [b"kept", b"kept too"], str(seen))

    asyncio.run(run())


def confluent_consumer_groups(servers):
    from confluent_kafka import Consumer, Producer, TopicPartition
    from confluent_kafka.admin import AdminClient, NewTopic
    from confluent_kafka import ConsumerGroupType, ConsumerGroupState

    admin = AdminClient({"bootstrap.servers": servers})
    for future in admin.create_topics([NewTopic("kip848", 6, 1), NewTopic("kip848-more", 2, 1)]).values():
        future.result(TIMEOUT)
    producer = Producer({"bootstrap.servers": servers})

    def produce(topic, count):
        for number in range(count):
            producer.produce(topic, key=str(number), value=f"{topic} {number}")
        check(producer.flush(TIMEOUT) == 0, "not all was acknowledged")

    def consumer(topics, **settings):
        made = Consumer({
            "bootstrap.servers": servers, "group.id": "kip848-group", "group.protocol": "consumer",
            "auto.offset.reset": "earliest", "enable.auto.commit": False, **settings})
        made.subscribe(topics)
        return made

    seen = []

    def poll_until(consumers, condition):
        for _ in deadline():
            for each in consumers:
                for message in each.consume(500, 0.1):
                    check(message.error() is None, str(message.error()))
                    seen.append(message.value().decode())
            if condition():
                return

    produce("kip848", 200)
    first = consumer(["kip848"], **{"group.remote.assignor": "range"})
    poll_until([first], lambda: len(seen) == 200 and len(first.assignment()) == 6)
    first.commit(asynchronous=False)
    second = consumer(["kip848"])
    both = [first, second]
    poll_until(both, lambda: sorted(len(each.assignment()) for each in both) == [3, 3])
    produce("kip848", 300)
    poll_until(both, lambda: len(seen) >= 500)
    for each in both:
        each.commit(asynchronous=False)
    check(len(seen) == 500, f"{len(seen)} records were seen: some twice")
    described = admin.describe_consumer_groups(["kip848-group"])["kip848-group"].result(TIMEOUT)
    check(described.state == ConsumerGroupState.STABLE, str(described.state))
    check(described.type == ConsumerGroupType.CONSUMER, str(described.type))
    check(len(described.members) == 2, str(described.members))
    check(sorted(len(m.assignment.topic_partitions) for m in described.members) == [3, 3], "not three each")
    listed = admin.list_consumer_groups(types={ConsumerGroupType.CONSUMER}).result(TIMEOUT).valid
    check([group.group_id for group in listed] == ["kip848-group"], str(listed))

    # The first leaves: the second takes over where it stopped, also with a pattern.
    first.close()
    poll_until([second], lambda: len(second.assignment()) == 6)
    second.unsubscribe()
    second.close()
    third = consumer(["^kip848.*"])
    produce("kip848-more", 50)
    poll_until([third], lambda: len(third.assignment()) == 8 and len(seen) >= 550)
    check(len(seen) == 550, f"{len(seen)} records were seen: some twice")
    third.commit(asynchronous=False)
    committed = third.committed([TopicPartition("kip848", number) for number in range(6)], TIMEOUT)
    check(sum(partition.offset for partition in committed) == 500, str(committed))
    third.close()

    # Left empty, the group can be used with the classic protocol, and has its offsets.
    classic = consumer(["kip848"], **{"group.protocol": "classic", "session.timeout.ms": 6000})
    poll_until([classic], lambda: len(classic.assignment()) == 6)
    produce("kip848", 10)
    poll_until([classic], lambda: len(seen) >= 560)
    check(len(seen) == 560, f"{len(seen)} records were seen: some twice")
    classic.close()
    admin.delete_consumer_groups(["kip848-group"])["kip848-group"].result(TIMEOUT)


def confluent_admin(servers):
    from confluent_kafka import (
        ConsumerGroupTopicPartitions, ElectionType, KafkaException, Producer, TopicCollection, TopicPartition)
    from confluent_kafka.admin import (
        AclBinding, AclOperation, AclPermissionType, AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource,
        NewTopic, ResourcePatternType, ResourceType, ScramCredentialInfo, ScramMechanism, UserScramCredentialDeletion,
        UserScramCredentialUpsertion)

    admin = AdminClient({"bootstrap.servers": servers})
    admin.create_topics([NewTopic("administered", 2, 2)])["administered"].result(TIMEOUT)
    described = admin.describe_topics(TopicCollection(["administered"]))["administered"].result(TIMEOUT)
    check(len(described.partitions) == 2, str(described))
    brokers = ConfigResource(ConfigResource.Type.BROKER, "0")
    configs = admin.describe_configs([brokers])[brokers].result(TIMEOUT)
    check(configs["node.id"].value == "0", str(configs))
    group = ConfigResource(
        ConfigResource.Type.GROUP, "administered-group", incremental_configs=[ConfigEntry(
            "consumer.session.timeout.ms", "50000", incremental_operation=AlterConfigOpType.SET)])
    admin.incremental_alter_configs([group])[group].result(TIMEOUT)
    group = ConfigResource(ConfigResource.Type.GROUP, "administered-group")
    check(admin.describe_configs([group])[group].result(TIMEOUT)["consumer.session.timeout.ms"].value == "50000", "group")

    users = [UserScramCredentialUpsertion(
        "alice", ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 8192), b"secret", b"salt")]
    admin.alter_user_scram_credentials(users)["alice"].result(TIMEOUT)
    alice = admin.describe_user_scram_credentials(["alice"])["alice"].result(TIMEOUT)
    check(alice.scram_credential_infos[0].iterations == 8192, str(alice))
    deletion = UserScramCredentialDeletion("alice", ScramMechanism.SCRAM_SHA_256)
    admin.alter_user_scram_credentials([deletion])["alice"].result(TIMEOUT)
    try:
        admin.describe_user_scram_credentials(["alice"])["alice"].result(TIMEOUT)
        raise SystemExit("the credential is still there")
    except KafkaException as error:
        check(error.args[0].name() == "RESOURCE_NOT_FOUND", str(error))

    elected = admin.elect_leaders(ElectionType.PREFERRED, [TopicPartition("administered", 0)]).result(TIMEOUT)
    check([error.name() for error in elected.values()] == ["ELECTION_NOT_NEEDED"], str(elected))
    try:
        binding = AclBinding(
            ResourceType.TOPIC, "administered", ResourcePatternType.LITERAL, "User:alice", "*", AclOperation.READ,
            AclPermissionType.ALLOW)
        admin.create_acls([binding])[binding].result(TIMEOUT)
        raise SystemExit("ACLs without an authorizer")
    except KafkaException as error:
        check(error.args[0].name() == "SECURITY_DISABLED", str(error))

    producer = Producer({"bootstrap.servers": servers})
    for number in range(10):
        producer.produce("administered", partition=0, value=str(number))
    check(producer.flush(TIMEOUT) == 0, "not all was acknowledged")
    place = TopicPartition("administered", 0, 3)
    altered = admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions("administered-group", [place])])
    altered["administered-group"].result(TIMEOUT)
    listed = admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions("administered-group")])
    check(listed["administered-group"].result(TIMEOUT).topic_partitions[0].offset == 3, "the offset was not altered")
    admin.delete_consumer_groups(["administered-group"])["administered-group"].result(TIMEOUT)


def kafka_python_admin(servers):
    from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewTopic

    admin = KafkaAdminClient(bootstrap_servers=servers)
    admin.create_topics([NewTopic("kp-admin", 2, 2, topic_configs={"retention.ms": "5000"})])
    dirs = admin.describe_log_dirs()
    check("kp-admin" in str(dirs), str(dirs))
    check(len(admin.describe_topics(["kp-admin"])) == 1, "the topic is not described")
    configs = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, "kp-admin")])
    check("retention.ms" in str(configs), str(configs))
    check(len(admin.describe_cluster()["brokers"]) == 3, "not three brokers")
    admin.close()


def confluent_share_groups(servers):
    from confluent_kafka import AcknowledgeType, Producer, ShareConsumer
    from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewTopic

    admin = AdminClient({"bootstrap.servers": servers})
    admin.create_topics([NewTopic("queue", 2, 1)])["queue"].result(TIMEOUT)
    group = ConfigResource(
        ConfigResource.Type.GROUP, "workers", incremental_configs=[ConfigEntry(
            "share.auto.offset.reset", "earliest", incremental_operation=AlterConfigOpType.SET)])
    admin.incremental_alter_configs([group])[group].result(TIMEOUT)
    producer = Producer({"bootstrap.servers": servers})
    for number in range(20):
        producer.produce("queue", partition=number % 2, value=str(number))
    check(producer.flush(TIMEOUT) == 0, "not all was acknowledged")

    workers = [
        ShareConsumer({
            "bootstrap.servers": servers, "group.id": "workers", "share.acknowledgement.mode": "explicit"})
        for _ in range(2)
    ]
    for worker in workers:
        worker.subscribe(["queue"])
    accepted, deliveries = set(), {}
    for _ in deadline():
        for worker in workers:
            for message in worker.poll(0.3):
                check(message.error() is None, str(message.error()))
                value = int(message.value())
                deliveries[value] = deliveries.get(value, 0) + 1
                # Each third record is given back when it comes first; one is refused.
                if value % 3 == 0 and deliveries[value] == 1:
                    worker.acknowledge(message, AcknowledgeType.RELEASE)
                elif value == 5:
                    worker.acknowledge(message, AcknowledgeType.REJECT)
                else:
                    worker.acknowledge(message, AcknowledgeType.ACCEPT)
                    accepted.add(value)
            for error in worker.commit_sync(float(TIMEOUT)).values():
                check(error is None, str(error))
        if len(accepted) == 19:
            break
    check(deliveries == {n: 2 if n % 3 == 0 else 1 for n in range(20)}, str(deliveries))
    for worker in workers:
        worker.close()


if __name__ == "__main__":
    scenarios = {
        "kcat": kcat, "confluent-kafka": confluent, "kafka-python": kafka_python, "aiokafka": aio,
        "confluent-kafka-transactions": confluent_transactions,
        "confluent-kafka-share-groups": confluent_share_groups,
        "confluent-kafka-admin": confluent_admin, "kafka-python-admin": kafka_python_admin,
        "confluent-kafka-consumer-groups": confluent_consumer_groups,
        "kafka-python-transactions": kafka_python_transactions, "aiokafka-transactions": aio_transactions}
    try:
        scenarios[sys.argv[1]](sys.argv[2])
    except (ImportError, FileNotFoundError) as error:
        print(error)
        sys.exit(77)
