import KafkaProtocol
import NIOCore
import Resources

/// A client's view of the backend's Metadata answer: the visible topics, and the brokers at their addresses on the
/// listener.
struct MetadataView: Equatable {
    typealias Topic = MetadataResponse.MetadataResponseTopic

    enum Topics: Equatable {
        /// Nothing is enforced.
        case everything
        /// All topics were asked for: those without `DESCRIBE` are left out.
        case visible
        /// Topics were asked for by name and decided; other rows are dropped.
        case named(Set<WireName>)
        /// Topics were asked for by id: rows without `DESCRIBE` lose their names.
        case identified
    }

    enum Creation: Equatable {
        case notAsked
        /// Every topic asked for may be created. One that is unknown yet is being created.
        case allowed
        /// The request forbids creation. An unknown one of these topics is a refusal.
        case forbidden(Set<WireName>)
    }

    var topics: Topics
    /// The gateway's own rows.
    var added: [Topic] = []
    var creation: Creation = .notAsked
    var showsTopicOperations = false
    /// The value in place of the backend's; nil leaves that.
    var clusterOperations: Int32?

    init(topics: Topics) {
        self.topics = topics
    }

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: MetadataResponse = try context.decode()
        context.brokers = message.addresses
        for topic in message.topics where topic.errorCode == KafkaErrorCode.none.rawValue {
            if let name = topic.name { context.facts.topicNames.learn(topic.topicId, name) }
        }
        if self.topics != .everything {
            context.facts.authorizer.beginRequest(api: .metadata)
            self.select(&message.topics, context)
            message.topics += self.added
            self.showOperations(&message.topics, context)
            if let bits = self.clusterOperations { message.clusterAuthorizedOperations = bits }
        }
        message.readdress(in: &context)
        return context.encode(message)
    }

    private func select(_ topics: inout [Topic], _ context: ResponseContext) {
        let authorizer = context.facts.authorizer
        switch self.topics {
        case .everything:
            break
        case .visible:
            topics.removeAll { topic in
                guard let name = topic.name else { return true }
                return !authorizer.shows(.describe, .topic, name)
            }
        case .named(let names):
            topics.removeAll { topic in
                guard let name = topic.name else { return true }
                return !names.contains(WireName(name))
            }
            for index in topics.indices { self.judgeCreation(&topics[index], authorizer) }
        case .identified:
            for index in topics.indices {
                guard let name = topics[index].name, !authorizer.allows(.describe, .topic, name) else { continue }
                topics[index] = MetadataHandler.denial(nil, topics[index].topicId)
            }
        }
    }

    private func judgeCreation(_ topic: inout Topic, _ authorizer: SessionAuthorizer) {
        let isMissing =
            topic.errorCode == KafkaErrorCode.unknownTopicOrPartition.rawValue
            || topic.errorCode == KafkaErrorCode.invalidTopicException.rawValue
            || topic.errorCode == KafkaErrorCode.leaderNotAvailable.rawValue && topic.partitions.isEmpty
        guard isMissing, let name = topic.name else { return }
        switch self.creation {
        case .notAsked:
            break
        case .allowed:
            _ = authorizer.allows(.cluster(.create), or: Permission(.create, .topic, name))
        case .forbidden(let names) where names.contains(WireName(name)):
            _ = authorizer.allows(.cluster(.create), or: Permission(.create, .topic, name))
            topic = MetadataHandler.denial(name, .zero)
        case .forbidden:
            break
        }
    }

    /// Denied rows and those of unknown ids keep the unset value, and so does a topic that is being created, for which
    /// the backend returns no operations.
    private func showOperations(_ topics: inout [Topic], _ context: ResponseContext) {
        for index in topics.indices {
            let code = topics[index].errorCode
            let isShown =
                self.showsTopicOperations && code != KafkaErrorCode.topicAuthorizationFailed.rawValue
                && code != KafkaErrorCode.unknownTopicId.rawValue
                && !(code == KafkaErrorCode.unknownTopicOrPartition.rawValue
                    && topics[index].topicAuthorizedOperations == SessionAuthorizer.unsetOperations)
            let bits = topics[index].name.flatMap { name in
                isShown ? context.facts.authorizer.authorizedOperations(.topic, name) : nil
            }
            topics[index].topicAuthorizedOperations = bits ?? SessionAuthorizer.unsetOperations
        }
    }
}
