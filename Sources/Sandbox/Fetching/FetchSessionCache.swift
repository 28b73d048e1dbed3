import KafkaProtocol
import NIOCore

/// How a Fetch request names a topic: by name up to version 12, by ID from 13 on.
enum FetchTopic: Hashable {
    case name(String)
    case id(KafkaUUID)
}

/// A partition in a fetch session. It need not exist, because sessions keep all that the client asked for.
struct FetchKey: Hashable {
    var topic: FetchTopic
    var partition: Int32
}

/// A client's request for one partition.
struct PartitionFetch: Equatable {
    var offset: Int64
    var maximumBytes: Int32
    var currentLeaderEpoch: Int32
    var lastFetchedEpoch: Int32
}

/// One broker's fetch sessions (KIP-227): clients list once the partitions that they read, and then only changes.
///
/// A pure value: the caller passes the time and fresh session IDs. A fetch has two steps:
/// ``begin(_:newSessionID:now:)`` returns the partitions to read, and ``finish(sessionID:answered:)`` selects the
/// answers that an incremental response carries.
struct FetchSessionCache {
    static let maximumSessions = 1000
    /// The time without use after which a session may be dropped for a new one.
    static let evictableAfter = TimeAmount.minutes(2)

    struct Request {
        var sessionID: Int32
        /// The fetch's number in its session; 0 opens a session, -1 asks for an answer without one.
        var epoch: Int32
        var partitions: [(key: FetchKey, fetch: PartitionFetch)]
        var forgotten: [FetchKey]
        var usesTopicIDs: Bool
    }

    struct Plan: Equatable {
        static func == (left: Plan, right: Plan) -> Bool {
            left.sessionID == right.sessionID && left.isIncremental == right.isIncremental
                && left.partitions.map(\.key) == right.partitions.map(\.key)
                && left.partitions.map(\.fetch) == right.partitions.map(\.fetch)
        }

        /// 0: no session.
        var sessionID: Int32
        /// Whether partitions without news are left out.
        var isIncremental: Bool
        var partitions: [(key: FetchKey, fetch: PartitionFetch)]
    }

    enum Beginning: Equatable {
        case read(Plan)
        case refused(KafkaErrorCode)
    }

    /// The part of an answer about one partition.
    struct Answered {
        var key: FetchKey
        var hasRecords: Bool
        var hasError: Bool
        var highWatermark: Int64
        var logStartOffset: Int64
    }

    fileprivate struct Entry {
        var fetch: PartitionFetch
        var sentHighWatermark: Int64 = -1
        var sentLogStartOffset: Int64 = -1
    }

    fileprivate struct Session {
        var nextEpoch: Int32
        var usesTopicIDs: Bool
        /// The partitions in the order to read them: those that gave records move to the end, so that none starves.
        var order: [FetchKey] = []
        var entries: [FetchKey: Entry] = [:]
        var lastUsed: NIODeadline
    }

    private var sessions: [Int32: Session] = [:]

    init() {}

    mutating func begin(_ request: Request, newSessionID: Int32, now: NIODeadline) -> Beginning {
        guard request.epoch > 0 else {
            if request.sessionID != 0 { self.sessions[request.sessionID] = nil }
            guard request.epoch == 0, self.makeRoom(now: now) else {
                return .read(Plan(sessionID: 0, isIncremental: false, partitions: request.partitions))
            }
            var session = Session(nextEpoch: 1, usesTopicIDs: request.usesTopicIDs, lastUsed: now)
            session.update(with: request)
            self.sessions[newSessionID] = session
            return .read(Plan(sessionID: newSessionID, isIncremental: false, partitions: request.partitions))
        }
        guard var session = self.sessions[request.sessionID] else { return .refused(.fetchSessionIdNotFound) }
        guard session.nextEpoch == request.epoch else { return .refused(.invalidFetchSessionEpoch) }
        guard session.usesTopicIDs == request.usesTopicIDs else { return .refused(.fetchSessionTopicIdError) }
        self.sessions[request.sessionID] = nil
        session.update(with: request)
        session.nextEpoch = request.epoch == .max ? 1 : request.epoch + 1
        session.lastUsed = now
        let partitions = session.order.compactMap { key in session.entries[key].map { (key: key, fetch: $0.fetch) } }
        self.sessions[request.sessionID] = session
        return .read(Plan(sessionID: request.sessionID, isIncremental: true, partitions: partitions))
    }

    /// Keeps the contents of an answer, and decides which of its partitions to send.
    ///
    /// - Returns: One flag for each element of `answered`. All are set when there is no such session any more.
    mutating func finish(sessionID: Int32, answered: [Answered]) -> [Bool] {
        guard self.sessions[sessionID] != nil else { return answered.map { _ in true } }
        var flags: [Bool] = []
        flags.reserveCapacity(answered.count)
        for answer in answered {
            flags.append(self.sessions[sessionID]?.note(answer) ?? true)
        }
        if answered.count > 1 {
            let served = Set(answered.filter(\.hasRecords).map(\.key))
            if !served.isEmpty { self.sessions[sessionID]?.moveToEnd(served) }
        }
        return flags
    }

    /// Makes room for one more session.
    private mutating func makeRoom(now: NIODeadline) -> Bool {
        guard self.sessions.count >= Self.maximumSessions else { return true }
        guard let idlest = self.sessions.min(by: { $0.value.lastUsed < $1.value.lastUsed }),
            idlest.value.lastUsed + Self.evictableAfter <= now
        else { return false }
        self.sessions[idlest.key] = nil
        return true
    }
}

extension FetchSessionCache.Session {
    fileprivate mutating func update(with request: FetchSessionCache.Request) {
        for (key, fetch) in request.partitions {
            if self.entries[key] == nil {
                self.order.append(key)
                self.entries[key] = .init(fetch: fetch)
            } else {
                self.entries[key]?.fetch = fetch
            }
        }
        guard !request.forgotten.isEmpty else { return }
        for key in request.forgotten { self.entries[key] = nil }
        self.order.removeAll { self.entries[$0] == nil }
    }

    fileprivate mutating func note(_ answer: FetchSessionCache.Answered) -> Bool {
        guard let entry = self.entries[answer.key] else { return true }
        let isNews =
            answer.hasRecords || answer.hasError || entry.sentHighWatermark != answer.highWatermark
            || entry.sentLogStartOffset != answer.logStartOffset
        // An error is sent again in each answer, until the partition has recovered and an answer has shown it.
        self.entries[answer.key]?.sentHighWatermark = answer.hasError ? -1 : answer.highWatermark
        self.entries[answer.key]?.sentLogStartOffset = answer.hasError ? -1 : answer.logStartOffset
        return isNews
    }

    fileprivate mutating func moveToEnd(_ keys: Set<FetchKey>) {
        self.order = self.order.filter { !keys.contains($0) } + self.order.filter(keys.contains)
    }
}
