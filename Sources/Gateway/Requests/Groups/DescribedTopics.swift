import GatewayModel
import KafkaProtocol

/// What the answers of ConsumerGroupDescribe, ShareGroupDescribe and StreamsGroupDescribe have in common: a group that
/// shows one topic without `DESCRIBE` is not shown at all.
enum DescribedTopics {
    static let refusalText = "The group has described topic(s) that the client is not authorized to describe."

    static func areVisible(_ topics: some Sequence<String>, _ authorizer: SessionAuthorizer) -> Bool {
        var areVisible = true
        for topic in Set(topics) where !authorizer.shows(.describe, .topic, topic) { areVisible = false }
        return areVisible
    }
}
