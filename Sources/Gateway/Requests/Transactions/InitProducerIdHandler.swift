import KafkaProtocol
import NIOCore
import Resources

/// InitProducerId (22): `WRITE` on the transactional id; without one, `IDEMPOTENT_WRITE` on the cluster or `WRITE` on
/// any one topic. Two-phase commit (v6) is an operation without a name in rules: `all` on the transactional id includes
/// it.
enum InitProducerIdHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: InitProducerIdRequest = try request.decode()
        let code: KafkaErrorCode
        if let id = message.transactionalId {
            let isAllowed =
                request.authorizer.allows(.write, .transactionalID, id)
                && (!message.enable2Pc || request.authorizer.allows(.all, .transactionalID, id))
            if isAllowed { return .forward() }
            code = .transactionalIdAuthorizationFailed
        } else {
            if request.authorizer.allows(.cluster(.idempotentWrite), orAny: .write, .topic) { return .forward() }
            code = .clusterAuthorizationFailed
        }
        var answer = InitProducerIdResponse()
        answer.errorCode = code.rawValue
        answer.producerId = -1
        answer.producerEpoch = -1
        return .answer(request.encode(answer))
    }
}
