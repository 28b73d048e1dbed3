import KafkaProtocol
import NIOCore

/// The backend's ShareFetch answer, with the refused partitions put in and the endpoints of moved leaders readdressed.
/// Record bytes are not looked at; without a change the very same bytes go on.
struct ShareFetchMerge: Equatable {
    var denied: [ShareFetchResponse.Topic] = []

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ShareFetchResponse = try context.decode()
        let isReaddressed = Self.readdress(&message, &context)
        let rows = message.errorCode == KafkaErrorCode.none.rawValue ? self.denied : []
        if rows.isEmpty && !isReaddressed { return context.body }
        message.responses += rows
        return context.encode(message)
    }

    /// A leader that the client cannot reach is not told; the client then asks for metadata.
    /// - Returns: whether there was anything to change.
    private static func readdress(_ message: inout ShareFetchResponse, _ context: inout ResponseContext) -> Bool {
        guard !message.nodeEndpoints.isEmpty else { return false }
        let known = context.readdressed(message.nodeEndpoints)
        let lost = Set(message.nodeEndpoints.map(\.nodeId)).subtracting(known.map(\.nodeId))
        message.nodeEndpoints = known
        guard !lost.isEmpty else { return true }
        for topic in message.responses.indices {
            for place in message.responses[topic].partitions.indices {
                let partition = message.responses[topic].partitions[place]
                guard ShareLeader.isTold(with: partition.errorCode), lost.contains(partition.currentLeader.leaderId)
                else { continue }
                message.responses[topic].partitions[place].currentLeader.leaderId = ShareLeader.none
                message.responses[topic].partitions[place].currentLeader.leaderEpoch = ShareLeader.none
            }
        }
        return true
    }
}

/// The current leader in the answers of ShareFetch and ShareAcknowledge: 0 where there is nothing to tell, so only an
/// error says that it means a broker.
enum ShareLeader {
    static let none: Int32 = -1

    static func isTold(with code: Int16) -> Bool {
        code == KafkaErrorCode.notLeaderForPartition.rawValue || code == KafkaErrorCode.fencedLeaderEpoch.rawValue
    }
}
