import KafkaProtocol
import NIOCore
import Resources

/// FindCoordinator (10): `DESCRIBE` on the group or transactional id, cluster action for share groups; per key.
/// The coordinator's address becomes the one that this client knows.
enum FindCoordinatorHandler {
    typealias Coordinator = FindCoordinatorResponse.Coordinator

    /// The first version in which a key may be that of a share partition (KIP-932).
    private static let firstVersionWithShareGroups: Int16 = 6

    private enum KeyType: Int8 {
        case group = 0
        case transaction = 1
        case share = 2
    }

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else { return .forward(then: .findCoordinator(FindCoordinatorMerge())) }
        var message: FindCoordinatorRequest = try request.decode()
        guard request.version >= FindCoordinatorRequest.firstVersionWithCoordinatorKeys else {
            guard let code = Self.refusal(message.key, message.keyType, request) else {
                return .forward(then: .findCoordinator(FindCoordinatorMerge()))
            }
            var answer = FindCoordinatorResponse()
            answer.errorCode = code.rawValue
            answer.errorMessage = Self.text(code)
            answer.nodeId = -1
            answer.port = -1
            return .answer(request.encode(answer))
        }
        var denied: [Coordinator] = []
        let type = message.keyType
        message.coordinatorKeys.removeAll { key in
            guard let code = Self.refusal(key, type, request) else { return false }
            var row = Coordinator()
            row.key = key
            row.nodeId = -1
            row.port = -1
            row.errorCode = code.rawValue
            row.errorMessage = Self.text(code)
            denied.append(row)
            return true
        }
        let merge = FindCoordinatorMerge(denied: denied)
        if denied.isEmpty { return .forward(then: .findCoordinator(merge)) }
        guard message.coordinatorKeys.isEmpty else {
            return .forward(request.encode(message), then: .findCoordinator(merge))
        }
        var answer = FindCoordinatorResponse()
        answer.coordinators = denied
        return .answer(request.encode(answer))
    }

    private static func refusal(_ key: String, _ type: Int8, _ request: RequestContext) -> KafkaErrorCode? {
        switch KeyType(rawValue: type) {
        case .group?:
            return request.authorizer.allows(.describe, .group, key) ? nil : .groupAuthorizationFailed
        case .transaction?:
            return request.authorizer.allows(.describe, .transactionalID, key)
                ? nil : .transactionalIdAuthorizationFailed
        case .share? where request.version >= Self.firstVersionWithShareGroups:
            return request.authorizer.allowsClusterAction() ? nil : .clusterAuthorizationFailed
        case .share?, nil:
            return .invalidRequest
        }
    }

    private static func text(_ code: KafkaErrorCode) -> String {
        switch code {
        case .groupAuthorizationFailed: "Group authorization failed."
        case .transactionalIdAuthorizationFailed: "Transactional Id authorization failed."
        case .clusterAuthorizationFailed: "Cluster authorization failed."
        default: "The coordinator type is not known in this version."
        }
    }
}

struct FindCoordinatorMerge: Equatable {
    var denied: [FindCoordinatorHandler.Coordinator] = []

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: FindCoordinatorResponse = try context.decode()
        message.readdress(in: &context)
        if context.version >= FindCoordinatorResponse.firstVersionWithCoordinators {
            message.coordinators += self.denied
        }
        return context.encode(message)
    }
}
