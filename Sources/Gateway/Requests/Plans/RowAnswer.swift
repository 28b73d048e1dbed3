import KafkaProtocol
import NIOCore

/// An answer with a row for each thing that was asked about.
protocol RowAnswer: KafkaMessage {
    associatedtype Row: Equatable

    var rows: [Row] { get set }
    /// Whether an error of the whole request says all there is to say.
    var isRefusedWhole: Bool { get }
}

extension RowAnswer {
    var isRefusedWhole: Bool { false }
}

/// The backend's answer, with the rows put in of what was refused and did not go on.
struct RefusedRows<Answer: RowAnswer>: Equatable {
    var rows: [Answer.Row]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: Answer = try context.decode()
        self.add(to: &message)
        return context.encode(message)
    }

    func add(to answer: inout Answer) {
        if !answer.isRefusedWhole { answer.rows += self.rows }
    }
}

extension RequestContext {
    /// A request that asks about several things: what is left of it goes on. When nothing is, the gateway answers.
    ///
    /// - Parameters:
    ///   - rest: the request without what is refused.
    ///   - isEmpty: whether nothing is left to ask.
    ///   - answer: the gateway's own, without rows.
    ///   - whenNothingIsRefused: what becomes of the answer to the client's own bytes.
    ///   - response: what becomes of the answer to the rest.
    func forward<Answer: RowAnswer>(
        _ rest: some KafkaMessage, isEmpty: Bool, refused: [Answer.Row], in answer: Answer = Answer(),
        whenNothingIsRefused: ResponsePlan = .passThrough, then response: (RefusedRows<Answer>) -> ResponsePlan
    ) -> RequestPlan {
        if refused.isEmpty { return .forward(then: whenNothingIsRefused) }
        guard isEmpty else { return .forward(self.encode(rest), then: response(RefusedRows(rows: refused))) }
        var answer = answer
        answer.rows = refused
        return .answer(self.encode(answer))
    }
}

extension Array {
    /// Takes out what is refused.
    ///
    /// - Parameter refusal: the row that a refused element gets in the answer; nil for one that stays.
    mutating func takeRefused<Row>(_ refusal: (Element) -> Row?) -> [Row] {
        var rows: [Row] = []
        self.removeAll { element in
            guard let row = refusal(element) else { return false }
            rows.append(row)
            return true
        }
        return rows
    }
}
