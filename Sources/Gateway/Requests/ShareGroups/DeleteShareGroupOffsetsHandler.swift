import KafkaProtocol
import Resources

/// DeleteShareGroupOffsets (92): `DELETE` on the group, then `READ` on each topic.
enum DeleteShareGroupOffsetsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteShareGroupOffsetsRequest = try request.decode()
        var answer = DeleteShareGroupOffsetsResponse()
        guard request.authorizer.allows(.delete, .group, message.groupId) else {
            answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.groupAuthorizationFailed.refusalText
            return .answer(request.encode(answer))
        }
        let refused = message.topics.takeRefused { topic -> DeleteShareGroupOffsetsResponse.Row? in
            guard let code = request.facts.refusal(of: .read, on: .name(WireName(topic.topicName))) else { return nil }
            var row = DeleteShareGroupOffsetsResponse.Row()
            row.topicName = topic.topicName
            row.errorCode = code.rawValue
            row.errorMessage = code.refusalText
            return row
        }
        answer.errorMessage = nil
        return request.forward(
            message, isEmpty: message.topics.isEmpty, refused: refused, in: answer,
            then: ResponsePlan.deleteShareGroupOffsets)
    }
}

extension DeleteShareGroupOffsetsResponse: RowAnswer {
    var rows: [Topic] {
        get { self.responses }
        set { self.responses = newValue }
    }

    var isRefusedWhole: Bool { self.errorCode != KafkaErrorCode.none.rawValue }
}
