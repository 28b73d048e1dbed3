import GatewayModel
import KafkaProtocol
import NIOCore

/// InitProducerId (22): `WRITE` on the transactional id; without one, `IDEMPOTENT_WRITE` on the cluster or `WRITE` on
/// any one topic.
enum InitProducerIdHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: InitProducerIdRequest = try request.decode()
        let code: KafkaErrorCode
        if let id = message.transactionalId {
            if request.authorizer.allows(.write, .transactionalID, id) { return .forward() }
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
