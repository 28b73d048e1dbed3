import KafkaProtocol

/// The users with SCRAM credentials (KIP-554). The sandbox does not authenticate clients, so it keeps no salt and no
/// key.
struct ScramCredentials {
    enum Mechanism: Int8 {
        case sha256 = 1
        case sha512 = 2
    }

    private static let iterations: ClosedRange<Int32> = 4096...16384

    /// Iterations by user and mechanism.
    private(set) var users: [String: [Mechanism: Int32]] = [:]

    init() {}

    struct Change: Hashable {
        var user: String
        var mechanism: Int8
        /// The iterations; nil deletes the credential.
        var iterations: Int32?
    }

    /// Makes the changes of one request.
    ///
    /// - Returns: The fault of each user, in the order of names; a user with a fault is unchanged.
    mutating func alter(_ changes: [Change]) -> [(user: String, fault: TopicFault?)] {
        Dictionary(grouping: changes, by: \.user).sorted { $0.key < $1.key }.map { user, changes in
            let fault = self.fault(in: changes, of: user)
            if fault == nil {
                for change in changes {
                    guard let mechanism = Mechanism(rawValue: change.mechanism) else { continue }
                    self.users[user, default: [:]][mechanism] = change.iterations
                }
                if self.users[user]?.isEmpty == true { self.users[user] = nil }
            }
            return (user, fault)
        }
    }

    private func fault(in changes: [Change], of user: String) -> TopicFault? {
        guard !user.isEmpty else {
            return TopicFault(code: .unacceptableCredential, message: "Username must not be empty")
        }
        guard Set(changes.map(\.mechanism)).count == changes.count else {
            return TopicFault(
                code: .duplicateResource,
                message: "A user credential cannot be altered twice in the same request")
        }
        for change in changes {
            guard let mechanism = Mechanism(rawValue: change.mechanism) else {
                return TopicFault(code: .unsupportedSaslMechanism, message: "Unknown SCRAM mechanism")
            }
            if let iterations = change.iterations {
                if iterations < Self.iterations.lowerBound {
                    return TopicFault(code: .unacceptableCredential, message: "Too few iterations")
                }
                if iterations > Self.iterations.upperBound {
                    return TopicFault(code: .unacceptableCredential, message: "Too many iterations")
                }
            } else if self.users[user]?[mechanism] == nil {
                return TopicFault(
                    code: .resourceNotFound, message: "Attempt to delete a user credential that does not exist")
            }
        }
        return nil
    }
}
