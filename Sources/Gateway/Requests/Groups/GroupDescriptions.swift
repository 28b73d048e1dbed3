import KafkaProtocol

extension ConsumerGroupDescribeRequest: GroupDescribeRequest {
    static func plan(_ merge: GroupDescribeMerge<ConsumerGroupDescribeResponse>) -> ResponsePlan {
        .consumerGroupDescribe(merge)
    }
}

extension ConsumerGroupDescribeResponse: GroupDescribeAnswer {
    var rows: [Group] {
        get { self.groups }
        set { self.groups = newValue }
    }
}

/// The topics in any member's assignment.
extension ConsumerGroupDescribeResponse.Group: GroupDescription {
    var namedTopics: [String] {
        self.members.flatMap { member in
            (member.assignment.topicPartitions + member.targetAssignment.topicPartitions).map(\.topicName)
        }
    }
}

extension ShareGroupDescribeRequest: GroupDescribeRequest {
    static func plan(_ merge: GroupDescribeMerge<ShareGroupDescribeResponse>) -> ResponsePlan {
        .shareGroupDescribe(merge)
    }
}

extension ShareGroupDescribeResponse: GroupDescribeAnswer {
    var rows: [Group] {
        get { self.groups }
        set { self.groups = newValue }
    }
}

/// The topics in any member's assignment.
extension ShareGroupDescribeResponse.Group: GroupDescription {
    var namedTopics: [String] {
        self.members.flatMap(\.assignment.topicPartitions).map(\.topicName)
    }
}

extension StreamsGroupDescribeRequest: GroupDescribeRequest {
    static func plan(_ merge: GroupDescribeMerge<StreamsGroupDescribeResponse>) -> ResponsePlan {
        .streamsGroupDescribe(merge)
    }
}

extension StreamsGroupDescribeResponse: GroupDescribeAnswer {
    var rows: [Group] {
        get { self.groups }
        set { self.groups = newValue }
    }
}

/// The topics of the topology.
extension StreamsGroupDescribeResponse.Group: GroupDescription {
    var namedTopics: [String] {
        (self.topology?.subtopologies ?? []).flatMap { part in
            part.sourceTopics + part.repartitionSinkTopics + part.repartitionSourceTopics.map(\.name)
                + part.stateChangelogTopics.map(\.name)
        }
    }
}
