import KafkaProtocol
import NIOCore

@testable import Gateway

/// A backend that keeps fetch sessions (KIP-227) and share sessions (KIP-932), judges nobody, and answers with records of
/// all that a session reads. It is careless about epochs, so that nothing but the gateway keeps a client from anything.
struct RememberingBroker {
    struct Asked {
        var api: APIKey
        var version: Int16
        var correlationID: Int32
        var answer: ByteBuffer
        /// Topics that the answer has records of.
        var topics: Set<String>
    }

    private var fetchSessions: [Int32: Set<String>] = [:]
    private var shareSessions: [String: Set<String>] = [:]
    private var sessionsMade: Int32 = 0

    static func mark(_ topic: String) -> String { "<records of \(topic)>" }

    /// Somebody else, or a mistake of the gateway, lets a session read more.
    mutating func add(_ topic: String) {
        for id in self.fetchSessions.keys { self.fetchSessions[id]?.insert(topic) }
        for member in self.shareSessions.keys { self.shareSessions[member]?.insert(topic) }
    }

    /// - Parameters:
    ///   - frame: a request without its size.
    ///   - recordBytes: of each topic, besides the mark.
    mutating func answer(_ frame: ByteBuffer, recordBytes: Int) throws -> Asked {
        var frame = frame
        let header = try KafkaFrame.decodeRequestHeader(&frame)
        let version = header.requestApiVersion
        var asked = Asked(
            api: APIKey(rawValue: header.requestApiKey), version: version, correlationID: header.correlationId,
            answer: ByteBuffer(), topics: [])
        if asked.api == .fetch {
            let answer = self.fetch(
                try FetchRequest(from: &frame, version: version), version, recordBytes, &asked.topics)
            answer.encode(into: &asked.answer, version: version)
        } else {
            let answer = self.shareFetch(
                try ShareFetchRequest(from: &frame, version: version), recordBytes, &asked.topics)
            answer.encode(into: &asked.answer, version: version)
        }
        return asked
    }

    private static func name(_ id: KafkaUUID) -> String {
        LargeProduceTests.ids.first { $0.value == id }?.key ?? "?"
    }

    private static func records(_ topic: String, _ count: Int) -> ByteBuffer {
        var records = ByteBuffer(string: Self.mark(topic))
        records.writeRepeatingByte(0, count: count)
        return records
    }

    private mutating func fetch(
        _ request: FetchRequest, _ version: Int16, _ recordBytes: Int, _ topics: inout Set<String>
    ) -> FetchResponse {
        let listed = Set(request.topics.map { version < 13 ? $0.topic : Self.name($0.topicId) })
        let forgotten = request.forgottenTopicsData.map { version < 13 ? $0.topic : Self.name($0.topicId) }
        var answer = FetchResponse()
        if request.sessionEpoch <= 0 || version < 7 {
            topics = listed
            if request.sessionEpoch == 0, version >= 7 {
                self.sessionsMade += 1
                answer.sessionId = self.sessionsMade
                self.fetchSessions[answer.sessionId] = listed
            }
        } else if let session = self.fetchSessions[request.sessionId] {
            topics = session.subtracting(forgotten).union(listed)
            self.fetchSessions[request.sessionId] = topics
            answer.sessionId = request.sessionId
        } else {
            answer.errorCode = KafkaErrorCode.fetchSessionIdNotFound.rawValue
        }
        answer.responses = topics.sorted().map { name in
            var topic = FetchResponse.FetchableTopicResponse()
            topic.topic = name
            topic.topicId = LargeProduceTests.ids[name] ?? .zero
            var partition = FetchResponse.PartitionData()
            partition.records = Self.records(name, recordBytes)
            if name == "audit" { partition.abortedTransactions = [.init()] }
            topic.partitions = [partition]
            return topic
        }
        return answer
    }

    private mutating func shareFetch(
        _ request: ShareFetchRequest, _ recordBytes: Int, _ topics: inout Set<String>
    ) -> ShareFetchResponse {
        let member = request.memberId ?? ""
        let listed = Set(request.topics.map { Self.name($0.topicId) })
        let forgotten = request.forgottenTopicsData.map { Self.name($0.topicId) }
        var answer = ShareFetchResponse()
        switch request.shareSessionEpoch {
        case 0:
            self.shareSessions[member] = listed
            topics = listed
        case -1:
            self.shareSessions[member] = nil
        default:
            guard let session = self.shareSessions[member] else {
                answer.errorCode = KafkaErrorCode.shareSessionNotFound.rawValue
                return answer
            }
            topics = session.subtracting(forgotten).union(listed)
            self.shareSessions[member] = topics
        }
        answer.responses = topics.sorted().map { name in
            var topic = ShareFetchResponse.Topic()
            topic.topicId = LargeProduceTests.ids[name] ?? .zero
            var partition = ShareFetchResponse.Partition()
            partition.records = Self.records(name, recordBytes)
            partition.acquiredRecords = [.init()]
            topic.partitions = [partition]
            return topic
        }
        return answer
    }
}
