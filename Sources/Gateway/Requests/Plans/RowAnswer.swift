import KafkaProtocol
import NIOCore

/// An answer with a row for each thing that was asked about.
protocol RowAnswer: KafkaMessage {
    associatedtype Row: Equatable

    var rows: [Row] { get set }
    /// Whether an error of the whole request leaves no rows to add.
    var isRefusedWhole: Bool { get }
}

extension RowAnswer {
    var isRefusedWhole: Bool { false }
}

/// The rows of refused things, to be added to the backend's answer.
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
    /// Plans a request about several things: the allowed ones are forwarded. If there are none, the gateway answers.
    ///
    /// - Parameters:
    ///   - rest: The request without the refused things.
    ///   - isEmpty: Whether nothing is left to ask.
    ///   - answer: the gateway's own, without rows.
    ///   - whenNothingIsRefused: The treatment of the answer to the client's own bytes.
    ///   - response: The treatment of the answer to the rest.
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
    /// Removes the refused elements and returns their rows.
    ///
    /// - Parameter refusal: Returns the row that a refused element gets in the answer, or nil for one that stays.
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
