import GatewayModel
import KafkaProtocol
import NIOCore

/// DescribeTransactions (65): `DESCRIBE` on each transactional id. Topics without `DESCRIBE` are left out of its state.
enum DescribeTransactionsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeTransactionsRequest = try request.decode()
        var denied: [DescribeTransactionsMerge.State] = []
        message.transactionalIds.removeAll { id in
            if request.authorizer.allows(.describe, .transactionalID, id) { return false }
            var row = DescribeTransactionsMerge.State()
            row.transactionalId = id
            row.errorCode = KafkaErrorCode.transactionalIdAuthorizationFailed.rawValue
            denied.append(row)
            return true
        }
        let merge = DescribeTransactionsMerge(denied: denied)
        if denied.isEmpty { return .forward(then: .describeTransactions(merge)) }
        guard message.transactionalIds.isEmpty else {
            return .forward(request.encode(message), then: .describeTransactions(merge))
        }
        var answer = DescribeTransactionsResponse()
        answer.transactionStates = denied
        return .answer(request.encode(answer))
    }
}

struct DescribeTransactionsMerge: Equatable {
    typealias State = DescribeTransactionsResponse.TransactionState

    var denied: [State]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeTransactionsResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .describeTransactions)
        for index in message.transactionStates.indices {
            message.transactionStates[index].topics.removeAll { !authorizer.shows(.describe, .topic, $0.topic) }
        }
        message.transactionStates += self.denied
        return context.encode(message)
    }
}
