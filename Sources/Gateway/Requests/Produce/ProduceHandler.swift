import KafkaProtocol
import NIOCore
import Resources

/// Produce (0): `WRITE` on each topic. With a transactional batch, `WRITE` on the transactional id first.
enum ProduceHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: ProduceRequest = try request.decode()
        guard request.authorizer.isEnforcing else {
            return Self.forwarded(.forward, request, acks: message.acks, denied: [])
        }
        let usesIDs = request.version >= ProduceRequest.TopicProduceData.firstVersionWithTopicId
        if usesIDs, let question = request.question(about: message.topicData.lazy.map(\.topicId)) {
            return RequestPlan(.ask(question))
        }
        var denied: [ProduceMerge.Topic] = []
        if Self.holdsTransaction(message), !Self.allowsTransaction(message.transactionalId, request) {
            denied = message.topicData.map { Self.row($0, .transactionalIdAuthorizationFailed) }
            message.topicData = []
        } else {
            message.topicData.removeAll { topic in
                let key = TopicKey(name: topic.name, id: topic.topicId, usesIDs: usesIDs)
                guard let code = request.facts.refusal(of: .write, on: key) else { return false }
                denied.append(Self.row(topic, code))
                return true
            }
        }
        if denied.isEmpty { return Self.forwarded(.forward, request, acks: message.acks, denied: []) }
        if message.acks == 0 {
            // Like a broker: write the allowed topics, and close the connection because of the others.
            let allowed = message.topicData.isEmpty ? nil : request.encode(message)
            return RequestPlan(
                .close("Produce with acks=0 was denied: there is no answer to say so in.", after: allowed),
                expectsResponse: false)
        }
        guard message.topicData.isEmpty else {
            let verdict = RequestVerdict.forwardRewritten(request.encode(message))
            return Self.forwarded(verdict, request, acks: message.acks, denied: denied)
        }
        var answer = ProduceResponse()
        answer.responses = denied
        return .answer(request.encode(answer))
    }

    private static func forwarded(
        _ verdict: RequestVerdict, _ request: RequestContext, acks: Int16, denied: [ProduceMerge.Topic]
    ) -> RequestPlan {
        if acks == 0 { return RequestPlan(verdict, expectsResponse: false) }
        if denied.isEmpty {
            return RequestPlan(verdict, response: Self.responsePlanWhenAllAllowed(version: request.version))
        }
        return RequestPlan(verdict, response: .produce(ProduceMerge(denied: denied)))
    }

    /// The treatment of the answer to a request in which nothing is refused.
    static func responsePlanWhenAllAllowed(version: Int16) -> ResponsePlan {
        version >= ProduceResponse.firstVersionWithNodeEndpoints ? .produce(ProduceMerge(denied: [])) : .passThrough
    }

    private static func holdsTransaction(_ message: ProduceRequest) -> Bool {
        message.topicData.contains { topic in
            topic.partitionData.contains { partition in
                partition.records.map(RecordBatchScan.holdsTransactionalBatch) ?? false
            }
        }
    }

    /// A transactional batch without a transactional id is a refusal too.
    private static func allowsTransaction(_ id: String?, _ request: RequestContext) -> Bool {
        id.map { request.authorizer.allows(.write, .transactionalID, $0) } ?? false
    }

    private static func row(
        _ topic: ProduceRequest.TopicProduceData, _ code: KafkaErrorCode
    ) -> ProduceMerge.Topic {
        ProduceMerge.row(topic.name, topic.topicId, topic.partitionData.lazy.map(\.index), code)
    }
}
