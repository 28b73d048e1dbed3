import KafkaProtocol
import Resources

/// AddOffsetsToTxn (25): `WRITE` on the transactional id, then `READ` on the group.
enum AddOffsetsToTxnHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: AddOffsetsToTxnRequest = try request.decode()
        var answer = AddOffsetsToTxnResponse()
        if !request.authorizer.allows(.write, .transactionalID, message.transactionalId) {
            answer.errorCode = KafkaErrorCode.transactionalIdAuthorizationFailed.rawValue
        } else if !request.authorizer.allows(.read, .group, message.groupId) {
            answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
        } else {
            return .forward()
        }
        return .answer(request.encode(answer))
    }
}
