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


if __name__ == "__main__":
    scenarios = {"kcat": kcat, "confluent-kafka": confluent, "kafka-python": kafka_python, "aiokafka": aio}
    try:
        scenarios[sys.argv[1]](sys.argv[2])
    except (ImportError, FileNotFoundError) as error:
        print(error)
        sys.exit(77)
