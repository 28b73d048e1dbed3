import KafkaProtocol
import Resources

/// DescribeLogDirs (35): `DESCRIBE` on the cluster. A refusal before v3 has no field for a code and lists nothing.
enum DescribeLogDirsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: DescribeLogDirsRequest = try request.decode()
        return request.forward(ifCluster: .describe) {
            var answer = DescribeLogDirsResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            return answer
        }
    }
}

/// AlterReplicaLogDirs (34): `ALTER` on the cluster. A refusal names every partition once, topic by topic.
enum AlterReplicaLogDirsHandler {
    typealias Topic = AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: AlterReplicaLogDirsRequest = try request.decode()
        return request.forward(ifCluster: .alter) {
            var answer = AlterReplicaLogDirsResponse()
            answer.results = Self.refusals(message)
            return answer
        }
    }

    private static func refusals(_ message: AlterReplicaLogDirsRequest) -> [Topic] {
        var rows: [Topic] = []
        var places: [WireName: Int] = [:]
        var listed: [Set<Int32>] = []
        for topic in message.dirs.lazy.flatMap(\.topics) {
            let place = places[WireName(topic.name)] ?? rows.count
            if place == rows.count {
                var row = Topic()
                row.topicName = topic.name
                rows.append(row)
                listed.append([])
                places[WireName(topic.name)] = place
            }
            for index in topic.partitions where listed[place].insert(index).inserted {
                var partition = AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult()
                partition.partitionIndex = index
                partition.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
                rows[place].partitions.append(partition)
            }
        }
        return rows
    }
}
