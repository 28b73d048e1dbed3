import KafkaProtocol
import Resources

/// EndTxn (26): `WRITE` on the transactional id.
enum EndTxnHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: EndTxnRequest = try request.decode()
        if request.authorizer.allows(.write, .transactionalID, message.transactionalId) { return .forward() }
        var answer = EndTxnResponse()
        answer.errorCode = KafkaErrorCode.transactionalIdAuthorizationFailed.rawValue
        return .answer(request.encode(answer))
    }
}
