import KafkaProtocol
import NIOCore
import Resources

/// ListTransactions (66): those without `DESCRIBE` on the transactional id are left out; there is never an error. The
/// backend matches the pattern (v2+), and its results are judged.
enum ListTransactionsHandler {
    static func plan(_ request: RequestContext) -> RequestPlan {
        .forward(then: .listTransactions(ListTransactionsFilter()))
    }
}

struct ListTransactionsFilter: Equatable {
    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ListTransactionsResponse = try context.decode()
        let authorizer = context.facts.authorizer
        authorizer.beginRequest(api: .listTransactions)
        message.transactionStates.removeAll { !authorizer.shows(.describe, .transactionalID, $0.transactionalId) }
        return context.encode(message)
    }
}
