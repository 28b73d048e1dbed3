import KafkaProtocol
import NIOCore
import Resources

/// Metadata (3): `DESCRIBE` on each topic. A topic that would be created on the way also needs `CREATE` on the cluster
/// or the topic, and the backend is never asked to create one without it.
enum MetadataHandler {
    typealias Topic = MetadataResponse.MetadataResponseTopic

    /// The first version that can ask by id. Two versions before it have the field, and brokers refuse it.
    static let firstVersionAskingByID: Int16 = 12

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else {
            return .forward(then: .metadata(MetadataView(topics: .everything)))
        }
        var message: MetadataRequest = try request.decode()
        guard let asked = message.topics, !(asked.isEmpty && request.version == 0) else {
            return .forward(then: .metadata(Self.view(.visible, message, request)))
        }
        let usesIDs = asked.contains { $0.topicId != .zero }
        if usesIDs || asked.contains(where: { $0.name == nil }) {
            guard request.version >= Self.firstVersionAskingByID else { return Self.refuseIDs(asked, request) }
        }
        if usesIDs {
            // A broker reads only the ids once there is one. Rows come back with names, so the decision is made then.
            return .forward(then: .metadata(Self.view(.identified, message, request)))
        }
        return Self.planByName(request, &message, asked.compactMap(\.name))
    }

    private static func planByName(
        _ request: RequestContext, _ message: inout MetadataRequest, _ asked: [String]
    ) -> RequestPlan {
        let authorizer = request.authorizer
        let creates =
            request.version < MetadataRequest.firstVersionWithAllowAutoTopicCreation || message.allowAutoTopicCreation
        var uncreatable: Set<WireName> = []
        var describable = 0
        if creates {
            for name in asked.wireNames where authorizer.wouldAllow(Permission(.describe, .topic, name.text)) {
                describable += 1
                if !authorizer.wouldAllow(.cluster(.create), or: Permission(.create, .topic, name.text)) {
                    uncreatable.insert(name)
                }
            }
        }
        // If no topic may be created, forbidding it is enough. Otherwise a separate question asks for those that may
        // not.
        let forbids =
            request.version >= MetadataRequest.firstVersionWithAllowAutoTopicCreation
            && uncreatable.count == describable
        let asksApart = !uncreatable.isEmpty && !forbids
        if asksApart && request.answers == nil { return RequestPlan(.ask(.names(uncreatable.sorted().map(\.text)))) }

        var view = Self.view(.named([]), message, request)
        var forwarded: Set<WireName> = []
        var seen: Set<WireName> = []
        message.topics?.removeAll { topic in
            guard let name = topic.name else { return true }
            guard seen.insert(WireName(name)).inserted else { return !forwarded.contains(WireName(name)) }
            guard authorizer.allows(.describe, .topic, name) else {
                view.added.append(Self.denial(name, .zero))
                return true
            }
            if asksApart && uncreatable.contains(WireName(name)) {
                view.added.append(Self.rowApart(name, request))
                return true
            }
            forwarded.insert(WireName(name))
            return false
        }
        view.topics = .named(forwarded)
        view.creation = creates ? (forbids ? .forbidden(uncreatable) : .allowed) : .notAsked
        if view.added.isEmpty && !(forbids && !uncreatable.isEmpty) { return .forward(then: .metadata(view)) }
        if forbids { message.allowAutoTopicCreation = false }
        return .forward(request.encode(message), then: .metadata(view))
    }

    /// The row of a topic that must not be created, as the backend described it; a refusal when it does not exist.
    private static func rowApart(_ name: String, _ request: RequestContext) -> Topic {
        if let answers = request.answers, let row = answers.topics[WireName(name)], !answers.lacks(name) { return row }
        _ = request.authorizer.allows(.cluster(.create), or: Permission(.create, .topic, name))
        return Self.denial(name, .zero)
    }

    private static func view(
        _ topics: MetadataView.Topics, _ message: MetadataRequest, _ request: RequestContext
    ) -> MetadataView {
        var view = MetadataView(topics: topics)
        view.showsTopicOperations = message.includeTopicAuthorizedOperations
        if message.includeClusterAuthorizedOperations {
            view.clusterOperations = request.authorizer.clusterOperations()
        }
        return view
    }

    /// Versions 10 and 11 have a field for ids that no client may use yet: a broker refuses every topic.
    private static func refuseIDs(_ asked: [MetadataRequest.MetadataRequestTopic], _ request: RequestContext)
        -> RequestPlan
    {
        var answer = MetadataResponse()
        answer.topics = asked.map { topic in
            var row = Topic()
            row.errorCode = KafkaErrorCode.invalidRequest.rawValue
            row.name = topic.name ?? ""
            return row
        }
        return .answer(request.encode(answer))
    }

    /// A row for a topic that may not be seen: the same whether or not it exists.
    static func denial(_ name: String?, _ id: KafkaUUID) -> Topic {
        var row = Topic()
        row.errorCode = KafkaErrorCode.topicAuthorizationFailed.rawValue
        row.name = name
        row.topicId = id
        return row
    }
}
