import GatewayModel
import KafkaProtocol
import NIOCore

/// CreatePartitions (37): `ALTER` on each topic. A name given twice is `INVALID_REQUEST` for anyone.
enum CreatePartitionsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: CreatePartitionsRequest = try request.decode()
        let repeated = RepeatedNames(message.topics.map(\.name))
        var denied: [CreatePartitionsMerge.Result] = repeated.names.map { name in
            Self.row(name, .invalidRequest, RepeatedNames.explanation)
        }
        message.topics.removeAll { topic in
            if repeated.contains(topic.name) { return true }
            guard let code = request.facts.refusal(of: .alter, on: .name(topic.name)) else { return false }
            denied.append(Self.row(topic.name, code, nil))
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            return .forward(request.encode(message), then: .createPartitions(CreatePartitionsMerge(denied: denied)))
        }
        var answer = CreatePartitionsResponse()
        answer.results = denied
        return .answer(request.encode(answer))
    }

    private static func row(_ name: String, _ code: KafkaErrorCode, _ text: String?) -> CreatePartitionsMerge.Result {
        var row = CreatePartitionsMerge.Result()
        row.name = name
        row.errorCode = code.rawValue
        row.errorMessage = text
        return row
    }
}

struct CreatePartitionsMerge: Equatable {
    typealias Result = CreatePartitionsResponse.CreatePartitionsTopicResult

    var denied: [Result]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: CreatePartitionsResponse = try context.decode()
        message.results += self.denied
        return context.encode(message)
    }
}

/// Names that a request gives more than once: a broker answers them with one row each, before any authorization.
struct RepeatedNames {
    static let explanation = "Duplicate topic name."

    /// In the order of their second appearance.
    private(set) var names: [String] = []
    private var found: Set<String> = []

    init(_ all: [String]) {
        var seen: Set<String> = []
        for name in all where !seen.insert(name).inserted && self.found.insert(name).inserted {
            self.names.append(name)
        }
    }

    func contains(_ name: String) -> Bool {
        self.found.contains(name)
    }
}
