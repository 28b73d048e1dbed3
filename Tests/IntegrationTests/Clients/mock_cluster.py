"""librdkafka's mock cluster in a process of its own: several brokers that we did not write."""

from confluent_kafka import Producer

import command_loop


class MockCluster:
    def start(self, brokers=3):
        """Answers the bootstrap servers. The cluster lives as long as this process."""
        self.owner = Producer({"test.mock.num.brokers": brokers, "log_level": 0})
        metadata = self.owner.list_topics(timeout=10)
        return [f"{broker.host}:{broker.port}" for broker in metadata.brokers.values()]


if __name__ == "__main__":
    command_loop.run(MockCluster())
