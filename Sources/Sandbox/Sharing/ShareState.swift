import KafkaProtocol
import NIOCore

/// The progress of share groups in their partitions, and the sessions in which members fetch (KIP-932). A pure value.
struct ShareState {
    struct Place: Hashable {
        var group: String
        var partition: TopicIDPartition
    }

    struct SessionKey: Hashable {
        var nodeID: Int32
        var group: String
        var member: String
    }

    struct Session: Equatable {
        /// The connection that the member fetches on.
        var connection: ObjectIdentifier
        /// The number of the next request.
        var nextEpoch: Int32
        /// The partitions in the order of asking.
        var partitions: [TopicIDPartition] = []
    }

    /// `group.share.max.share.sessions` of a broker.
    private static let maximumSessions = 2000
    static let finalEpoch: Int32 = -1

    var partitions: [Place: SharePartition] = [:]
    private(set) var sessions: [SessionKey: Session] = [:]

    init() {}

    /// Applies a request to its session.
    ///
    /// - Returns: The partitions of the session, or only those of the request when it is the last.
    mutating func begin(
        _ key: SessionKey, epoch: Int32, asked: [TopicIDPartition], forgotten: [TopicIDPartition],
        connection: ObjectIdentifier
    ) -> Result<[TopicIDPartition], ShareRefusal> {
        if epoch == 0 {
            guard self.sessions[key] != nil || self.sessions.count < Self.maximumSessions else {
                return .failure(.init(code: .shareSessionLimitReached))
            }
            self.sessions[key] = Session(connection: connection, nextEpoch: 1)
        }
        guard var session = self.sessions[key] else { return .failure(.init(code: .shareSessionNotFound)) }
        if epoch == Self.finalEpoch {
            self.sessions[key] = nil
            return .success(asked)
        }
        guard epoch == 0 || epoch == session.nextEpoch else { return .failure(.init(code: .invalidShareSessionEpoch)) }
        if epoch != 0 { session.nextEpoch = epoch == .max ? 1 : epoch + 1 }
        session.connection = connection
        let known = Set(session.partitions)
        session.partitions += asked.filter { !known.contains($0) }
        // Partitions that are both asked for and forgotten, as with last acknowledgements, are forgotten.
        let dropped = Set(forgotten)
        session.partitions.removeAll(where: dropped.contains)
        self.sessions[key] = session
        return .success(session.partitions)
    }

    /// Releases the records that a member has in all partitions of its group.
    mutating func release(member: String, group: String) {
        for place in self.partitions.keys where place.group == group {
            self.partitions[place]?.release(of: member)
        }
    }

    mutating func memberLeft(_ member: String, group: String) {
        self.release(member: member, group: group)
        self.sessions = self.sessions.filter { $0.key.group != group || $0.key.member != member }
    }

    /// Releases the records of members that fetched on a closed connection, because no other member could settle them.
    mutating func connectionClosed(_ connection: ObjectIdentifier) {
        for (key, session) in self.sessions where session.connection == connection {
            self.sessions[key] = nil
            self.release(member: key.member, group: key.group)
        }
    }

    mutating func forget(group: String) {
        self.partitions = self.partitions.filter { $0.key.group != group }
        self.sessions = self.sessions.filter { $0.key.group != group }
    }

    mutating func forget(topic: KafkaUUID, group: String) {
        self.partitions = self.partitions.filter { $0.key.group != group || $0.key.partition.topic != topic }
    }

    mutating func forget(topic: KafkaUUID) {
        self.partitions = self.partitions.filter { $0.key.partition.topic != topic }
    }
}

/// Why a share fetch or acknowledgement was refused as a whole.
struct ShareRefusal: Error, Equatable {
    var code: KafkaErrorCode
}
