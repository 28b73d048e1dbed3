import KafkaProtocol
import NIOCore
import Resources

/// DescribeTransactions (65): `DESCRIBE` on each transactional id. Topics without `DESCRIBE` are left out of its state.
enum DescribeTransactionsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DescribeTransactionsRequest = try request.decode()
        let refused = message.transactionalIds.takeRefused { id -> DescribeTransactionsResponse.Row? in
            if request.authorizer.allows(.describe, .transactionalID, id) { return nil }
            var row = DescribeTransactionsResponse.Row()
            row.transactionalId = id
            row.errorCode = KafkaErrorCode.transactionalIdAuthorizationFailed.rawValue
            return row
        }
        func plan(_ refused: RefusedRows<DescribeTransactionsResponse>) -> ResponsePlan {
            .describeTransactions(DescribeTransactionsMerge(refused: refused))
        }
        return request.forward(
            message, isEmpty: message.transactionalIds.isEmpty, refused: refused,
            whenNothingIsRefused: plan(RefusedRows(rows: [])), then: plan)
    }
}

extension DescribeTransactionsResponse: RowAnswer {
    typealias Row = TransactionState

    var rows: [Row] {
        get { self.transactionStates }
        set { self.transactionStates = newValue }
    }
}

struct DescribeTransactionsMerge: Equatable {
    var refused: RefusedRows<DescribeTransactionsResponse>

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeTransactionsResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .describeTransactions)
        for index in message.transactionStates.indices {
            message.transactionStates[index].topics.removeAll { !authorizer.shows(.describe, .topic, $0.topic) }
        }
        self.refused.add(to: &message)
        return context.encode(message)
    }
}
