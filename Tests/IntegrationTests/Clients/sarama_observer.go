// All that Sarama can do that the gateway must not be seen in.
//
//	go run sarama_observer.go all|some BOOTSTRAP PREFIX TOKEN
//
// prints what was seen, step by step, as one JSON object. An error is {"error": Kafka's code, or its text}.
package main

import (
	"context"
	"encoding/json"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/Shopify/sarama"
)

var (
	bootstrap, prefix, token string

	seen = map[string]interface{}{}
)

type tokenProvider string

func (p tokenProvider) Token() (*sarama.AccessToken, error) {
	return &sarama.AccessToken{Token: string(p)}, nil
}

func configuration() *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.V2_2_0_0
	config.ClientID = "sarama"
	config.Producer.Return.Successes = true
	config.Producer.Partitioner = sarama.NewManualPartitioner
	config.Producer.Retry.Max = 1
	config.Metadata.Retry.Max = 1
	config.Consumer.Return.Errors = true
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Offsets.Retention = time.Hour // else it commits in a version that Kafka 4 has no longer
	if token != "" {
		config.Net.SASL.Enable = true
		config.Net.SASL.Mechanism = sarama.SASLTypeOAuth
		config.Net.SASL.TokenProvider = tokenProvider(token)
	}
	return config
}

func outcome(value interface{}, err error) interface{} {
	for err != nil {
		switch wrapped := err.(type) {
		case *sarama.ConsumerError:
			err = wrapped.Err
		case sarama.ProducerErrors:
			err = wrapped[0].Err
		case *sarama.TopicError:
			err = wrapped.Err
		case sarama.KError:
			return map[string]interface{}{"error": int16(wrapped)}
		default:
			return map[string]interface{}{"error": err.Error()}
		}
	}
	return value
}

func see(step string, work func() (interface{}, error)) {
	seen[step] = outcome(work())
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func produce(topic string, values []string, change func(*sarama.Config)) (interface{}, error) {
	config := configuration()
	if change != nil {
		change(config)
	}
	producer, err := sarama.NewSyncProducer([]string{bootstrap}, config)
	if err != nil {
		return nil, err
	}
	defer producer.Close()
	offsets := []int64{}
	for _, value := range values {
		_, offset, err := producer.SendMessage(&sarama.ProducerMessage{
			Topic: topic, Key: sarama.StringEncoder("key"), Value: sarama.StringEncoder(value),
			Headers: []sarama.RecordHeader{{Key: []byte("of"), Value: []byte("us")}},
		})
		if err != nil {
			return nil, err
		}
		offsets = append(offsets, offset)
	}
	return offsets, nil
}

func row(message *sarama.ConsumerMessage) []string {
	return []string{string(message.Key), string(message.Value), string(message.Headers[0].Key)}
}

func consume(topic string, count int) (interface{}, error) {
	consumer, err := sarama.NewConsumer([]string{bootstrap}, configuration())
	if err != nil {
		return nil, err
	}
	defer consumer.Close()
	partition, err := consumer.ConsumePartition(topic, 0, sarama.OffsetOldest)
	if err != nil {
		return nil, err
	}
	defer partition.Close()
	rows := [][]string{}
	for len(rows) < count {
		select {
		case message := <-partition.Messages():
			rows = append(rows, row(message))
		case err := <-partition.Errors():
			return nil, err
		case <-time.After(15 * time.Second):
			return rows, nil
		}
	}
	return rows, nil
}

type collector struct {
	count int
	rows  [][]string
	done  context.CancelFunc
}

func (c *collector) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (c *collector) Cleanup(sarama.ConsumerGroupSession) error { return nil }
func (c *collector) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		c.rows = append(c.rows, row(message))
		session.MarkMessage(message, "noted")
		if len(c.rows) == c.count {
			c.done()
		}
	}
	return nil
}

func join(name, topic string, count int) (interface{}, error) {
	group, err := sarama.NewConsumerGroup([]string{bootstrap}, name, configuration())
	if err != nil {
		return nil, err
	}
	defer group.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	all := &collector{count: count, done: cancel}
	if err := group.Consume(ctx, []string{topic}, all); err != nil {
		return nil, err
	}
	return all.rows, nil
}

func offset(client sarama.Client, topic string, time int64) func() (interface{}, error) {
	return func() (interface{}, error) { return client.GetOffset(topic, 0, time) }
}

func describe(admin sarama.ClusterAdmin, topic string) func() (interface{}, error) {
	return func() (interface{}, error) {
		topics, err := admin.DescribeTopics([]string{topic})
		if err != nil {
			return nil, err
		}
		if topics[0].Err != sarama.ErrNoError {
			return nil, topics[0].Err
		}
		return len(topics[0].Partitions), nil
	}
}

func ours(names []string) []string {
	found := []string{}
	for _, name := range names {
		if strings.Contains(name, prefix) {
			found = append(found, name)
		}
	}
	sort.Strings(found)
	return found
}

func topics(client sarama.Client) func() (interface{}, error) {
	return func() (interface{}, error) {
		must(client.RefreshMetadata())
		names, err := client.Topics()
		return ours(names), err
	}
}

func groups(admin sarama.ClusterAdmin) func() (interface{}, error) {
	return func() (interface{}, error) {
		listed, err := admin.ListConsumerGroups()
		names := []string{}
		for name := range listed {
			names = append(names, name)
		}
		return ours(names), err
	}
}

func group(admin sarama.ClusterAdmin, name string) func() (interface{}, error) {
	return func() (interface{}, error) {
		described, err := admin.DescribeConsumerGroups([]string{name})
		if err != nil {
			return nil, err
		}
		if described[0].Err != sarama.ErrNoError {
			return nil, described[0].Err
		}
		return []string{described[0].State, described[0].ProtocolType}, nil
	}
}

func all(client sarama.Client, admin sarama.ClusterAdmin) {
	topic, name := prefix+"topic", prefix+"group"
	create := func(name string, replicas int16) func() (interface{}, error) {
		return func() (interface{}, error) {
			return "done", admin.CreateTopic(name, &sarama.TopicDetail{NumPartitions: 1, ReplicationFactor: replicas}, false)
		}
	}
	see("create", create(topic, 2))
	see("create again", create(topic, 2))
	see("create too wide", create(topic+"-wide", 9))
	see("list", topics(client))
	see("describe", describe(admin, topic))
	see("describe a missing one", describe(admin, topic+"-missing"))
	see("produce", func() (interface{}, error) { return produce(topic, []string{"1", "2"}, nil) })
	see("produce compressed", func() (interface{}, error) {
		return produce(topic, []string{"3"}, func(c *sarama.Config) { c.Producer.Compression = sarama.CompressionGZIP })
	})
	see("produce idempotently", func() (interface{}, error) {
		return produce(topic, []string{"4"}, func(c *sarama.Config) {
			c.Producer.Idempotent = true
			c.Producer.RequiredAcks = sarama.WaitForAll
			c.Net.MaxOpenRequests = 1
		})
	})
	see("consume", func() (interface{}, error) { return consume(topic, 4) })
	see("join", func() (interface{}, error) { return join(name, topic, 4) })
	see("oldest", offset(client, topic, sarama.OffsetOldest))
	see("newest", offset(client, topic, sarama.OffsetNewest))
	see("groups", groups(admin))
	see("group", group(admin, name))
	see("group's offsets", func() (interface{}, error) {
		offsets, err := admin.ListConsumerGroupOffsets(name, map[string][]int32{topic: {0}})
		if err != nil {
			return nil, err
		}
		block := offsets.GetBlock(topic, 0)
		return []interface{}{block.Offset, block.Metadata, int16(block.Err)}, nil
	})
	// DescribeConfigs is asked in a version that Kafka 4 has no longer.
	see("alter configs", func() (interface{}, error) {
		size := "5000"
		return "done", admin.AlterConfig(sarama.TopicResource, topic, map[string]*string{"max.message.bytes": &size}, false)
	})
	see("more partitions", func() (interface{}, error) { return "done", admin.CreatePartitions(topic, 3, nil, false) })
	see("fewer partitions", func() (interface{}, error) { return "done", admin.CreatePartitions(topic, 2, nil, false) })
	see("delete records", func() (interface{}, error) { return "done", admin.DeleteRecords(topic, map[int32]int64{0: 2}) })
	see("oldest then", offset(client, topic, sarama.OffsetOldest))
	see("delete", func() (interface{}, error) { return "done", admin.DeleteTopic(topic) })
	see("delete again", func() (interface{}, error) { return "done", admin.DeleteTopic(topic) })
	see("list at the end", topics(client))
}

// With partial rights, those of confluent_observer.py.
func some(client sarama.Client, admin sarama.ClusterAdmin) {
	open, shut, look := "open-"+prefix, "shut-"+prefix, "look-"+prefix
	see("list", topics(client))
	see("produce", func() (interface{}, error) { return produce(open, []string{"1", "2"}, nil) })
	see("produce, denied", func() (interface{}, error) { return produce(shut, []string{"1"}, nil) })
	see("produce, to be seen only", func() (interface{}, error) { return produce(look, []string{"1"}, nil) })
	see("consume", func() (interface{}, error) { return consume(open, 2) })
	see("consume, denied", func() (interface{}, error) { return consume(shut, 1) })
	see("consume, to be seen only", func() (interface{}, error) { return consume(look, 1) })
	see("join", func() (interface{}, error) { return join(open, open, 2) })
	// Not by joining: Sarama's consumer group asks again and again for a coordinator that it is refused.
	see("join, denied", func() (interface{}, error) { return "done", client.RefreshCoordinator(shut) })
	see("join, topic denied", func() (interface{}, error) { return join(open+"-2", shut, 2) })
	see("create", func() (interface{}, error) {
		return "done", admin.CreateTopic(open+"-new", &sarama.TopicDetail{NumPartitions: 1, ReplicationFactor: 1}, false)
	})
	for _, topic := range []string{open, shut} {
		topic := topic
		see("describe "+topic, describe(admin, topic))
		see("newest of "+topic, offset(client, topic, sarama.OffsetNewest))
		see("more partitions of "+topic, func() (interface{}, error) {
			return "done", admin.CreatePartitions(topic, 3, nil, false)
		})
		see("delete "+topic, func() (interface{}, error) { return "done", admin.DeleteTopic(topic) })
	}
	see("groups", groups(admin))
	see("group", group(admin, open))
	see("group, denied", group(admin, shut))
}

func main() {
	bootstrap, prefix, token = os.Args[2], os.Args[3], os.Args[4]
	client, err := sarama.NewClient([]string{bootstrap}, configuration())
	must(err)
	admin, err := sarama.NewClusterAdmin([]string{bootstrap}, configuration())
	must(err)
	if os.Args[1] == "all" {
		all(client, admin)
	} else {
		some(client, admin)
	}
	must(json.NewEncoder(os.Stdout).Encode(seen))
}
