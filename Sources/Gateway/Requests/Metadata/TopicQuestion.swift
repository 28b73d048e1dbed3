import KafkaProtocol
import NIOCore
import Resources

/// A question of the gateway's own to the backend, sent as a Metadata request that creates no topic.
enum TopicQuestion: Equatable {
    /// The names of these topic ids.
    case ids([KafkaUUID])
    /// Whether these topics exist, and their rows.
    case names([String])
    /// The names of all topics, and of their ids.
    case all

    /// The correlation ID of every question: `sluc` in ASCII, to stand out in a capture. Answers are matched to
    /// requests by their order.
    static let correlationID: Int32 = 0x736c_7563

    /// The lowest Metadata version that can ask the question. It is sent in the highest version that backend and
    /// gateway have in common.
    var minimumVersion: Int16 {
        switch self {
        case .ids: MetadataHandler.firstVersionAskingByID
        case .names: MetadataRequest.firstVersionWithAllowAutoTopicCreation
        case .all: MetadataResponse.MetadataResponseTopic.firstVersionWithTopicId
        }
    }

    /// The request that asks it.
    var request: MetadataRequest {
        var message = MetadataRequest()
        message.allowAutoTopicCreation = false
        switch self {
        case .ids(let ids):
            message.topics = ids.map { id in
                var topic = MetadataRequest.MetadataRequestTopic()
                topic.topicId = id
                topic.name = nil
                return topic
            }
        case .names(let names):
            message.topics = names.map { name in
                var topic = MetadataRequest.MetadataRequestTopic()
                topic.name = name
                return topic
            }
        case .all:
            message.topics = nil
        }
        return message
    }

    /// Takes the backend's answer: learns the ids, keeps the rows.
    func answers(body: ByteBuffer, version: Int16, names: TopicNames) throws(KafkaDecodeError) -> TopicAnswers {
        var bytes = body
        let message = try MetadataResponse(from: &bytes, version: version)
        var answers = TopicAnswers()
        var all: [String] = []
        for topic in message.topics {
            guard let name = topic.name else { continue }
            if self == .all { all.append(name) }
            if topic.errorCode == KafkaErrorCode.none.rawValue { names.learn(topic.topicId, name) }
            if case .names = self { answers.topics[WireName(name)] = topic }
        }
        if self == .all { answers.list = TopicList(names: all.sortedByBytes()) }
        return answers
    }
}

/// The backend's answer to a ``TopicQuestion``. Ids are in ``TopicNames`` now; ids that are not there have no topic.
struct TopicAnswers: Equatable {
    /// The rows by name, if the question was about names.
    var topics: [WireName: MetadataResponse.MetadataResponseTopic] = [:]
    /// Every name, if the question was about all.
    var list = TopicList()
    /// The names in ``list`` that match the request's pattern, if they were asked for.
    var matches: PatternMatches?

    var names: [String] { self.list.names }

    init() {}

    init(_ list: TopicList) {
        self.list = list
    }

    /// Whether the backend said that there is no such topic. False also for names that were not asked about.
    func lacks(_ name: String) -> Bool {
        guard let row = self.topics[WireName(name)] else { return !self.names.isEmpty && !self.list.contains(name) }
        return row.errorCode == KafkaErrorCode.unknownTopicOrPartition.rawValue
            || row.errorCode == KafkaErrorCode.invalidTopicException.rawValue
    }
}
