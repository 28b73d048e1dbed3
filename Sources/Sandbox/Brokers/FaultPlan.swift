import KafkaProtocol
package import NIOCore

/// A fault for clients, to test their reaction.
package enum SandboxFault: Sendable, Equatable {
    /// Answer each item of the request with this error code, without carrying it out.
    ///
    /// For Produce, Fetch, ListOffsets, Metadata, FindCoordinator, and the APIs of groups, offsets, transactions and share groups; others
    /// are answered as usual.
    case error(code: Int16)
    /// Close the connection instead of answering.
    case close
    /// Carry out the request, but answer only after this time. Requests that wait by themselves (long polls, joins) are not delayed further.
    case delay(TimeAmount)
}

/// The faults that wait for a request: per API, first in first out, one for each request.
struct FaultPlan {
    private var pending: [APIKey: [SandboxFault]] = [:]

    init() {}

    mutating func add(_ fault: SandboxFault, for key: APIKey, times: Int) {
        self.pending[key, default: []].append(contentsOf: repeatElement(fault, count: times))
    }

    /// Takes the next fault if it concerns the connection rather than the answer's contents.
    mutating func nextOfConnection(for key: APIKey) -> SandboxFault? {
        guard !self.pending.isEmpty else { return nil }
        switch self.pending[key]?.first {
        case .close, .delay: return self.removeFirst(for: key)
        case .error, .none: return nil
        }
    }

    /// Takes the next fault if it is an error code to answer with.
    mutating func nextError(for key: APIKey) -> KafkaErrorCode? {
        guard !self.pending.isEmpty, case .error(let code) = self.pending[key]?.first else { return nil }
        _ = self.removeFirst(for: key)
        return KafkaErrorCode(rawValue: code)
    }

    private mutating func removeFirst(for key: APIKey) -> SandboxFault? {
        let fault = self.pending[key]?.removeFirst()
        if self.pending[key]?.isEmpty == true { self.pending[key] = nil }
        return fault
    }
}
