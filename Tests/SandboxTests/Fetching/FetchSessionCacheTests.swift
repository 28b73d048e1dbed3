import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

private func key(_ topic: String, _ partition: Int32 = 0) -> FetchKey {
    FetchKey(topic: .name(topic), partition: partition)
}

private func fetch(_ offset: Int64) -> PartitionFetch {
    PartitionFetch(offset: offset, maximumBytes: 1000, currentLeaderEpoch: -1, lastFetchedEpoch: -1)
}

private func request(
    session: Int32, epoch: Int32, _ partitions: [(String, Int64)] = [], forgotten: [String] = [], ids: Bool = false
) -> FetchSessionCache.Request {
    .init(
        sessionID: session, epoch: epoch, partitions: partitions.map { (key: key($0.0), fetch: fetch($0.1)) },
        forgotten: forgotten.map { key($0) }, usesTopicIDs: ids)
}

private func plan(_ session: Int32, incremental: Bool, _ partitions: [(String, Int64)]) -> FetchSessionCache.Beginning {
    .read(
        .init(
            sessionID: session, isIncremental: incremental,
            partitions: partitions.map { (key: key($0.0), fetch: fetch($0.1)) }))
}

private let start = NIODeadline.uptimeNanoseconds(0)

@Suite struct `Fetch sessions` {
    @Test func `a fetch with epoch -1 has no session`() {
        var cache = FetchSessionCache()
        let beginning = cache.begin(request(session: 0, epoch: -1, [("a", 0)]), newSessionID: 5, now: start)
        #expect(beginning == plan(0, incremental: false, [("a", 0)]))
        #expect(
            cache.begin(request(session: 5, epoch: 1), newSessionID: 6, now: start) == .refused(.fetchSessionIdNotFound)
        )
    }

    @Test func `an incremental fetch reads all of the session, changed where it says so`() {
        var cache = FetchSessionCache()
        _ = cache.begin(request(session: 0, epoch: 0, [("a", 0), ("b", 0)]), newSessionID: 5, now: start)
        let second = cache.begin(
            request(session: 5, epoch: 1, [("b", 7), ("c", 1)], forgotten: ["a"]), newSessionID: 6, now: start)
        #expect(second == plan(5, incremental: true, [("b", 7), ("c", 1)]))
        let third = cache.begin(request(session: 5, epoch: 2), newSessionID: 6, now: start)
        #expect(third == plan(5, incremental: true, [("b", 7), ("c", 1)]))
    }

    @Test func `an epoch out of turn is refused and the session lives on`() {
        var cache = FetchSessionCache()
        _ = cache.begin(request(session: 0, epoch: 0, [("a", 0)]), newSessionID: 5, now: start)
        let early = cache.begin(request(session: 5, epoch: 2), newSessionID: 6, now: start)
        #expect(early == .refused(.invalidFetchSessionEpoch))
        #expect(
            cache.begin(request(session: 5, epoch: 1), newSessionID: 6, now: start)
                == plan(5, incremental: true, [("a", 0)]))
    }

    @Test func `names and topic IDs do not mix in one session`() {
        var cache = FetchSessionCache()
        _ = cache.begin(request(session: 0, epoch: 0, [("a", 0)]), newSessionID: 5, now: start)
        let mixed = cache.begin(request(session: 5, epoch: 1, ids: true), newSessionID: 6, now: start)
        #expect(mixed == .refused(.fetchSessionTopicIdError))
    }

    @Test(arguments: [(Int32(-1), Int32(0)), (0, 6)])
    func `a full fetch that names a session ends it`(epoch: Int32, newSession: Int32) {
        var cache = FetchSessionCache()
        _ = cache.begin(request(session: 0, epoch: 0, [("a", 0)]), newSessionID: 5, now: start)
        let full = cache.begin(request(session: 5, epoch: epoch, [("b", 0)]), newSessionID: 6, now: start)
        #expect(full == plan(newSession, incremental: false, [("b", 0)]))
        #expect(
            cache.begin(request(session: 5, epoch: 1), newSessionID: 7, now: start) == .refused(.fetchSessionIdNotFound)
        )
    }

    @Test func `an incremental answer tells what is new`() {
        var cache = FetchSessionCache()
        _ = cache.begin(request(session: 0, epoch: 0, [("a", 0), ("b", 0)]), newSessionID: 5, now: start)
        func answered(
            _ topic: String, records: Bool = false, error: Bool = false, end: Int64, start: Int64 = 0
        ) -> FetchSessionCache.Answered {
            .init(key: key(topic), hasRecords: records, hasError: error, highWatermark: end, logStartOffset: start)
        }
        func finish(_ answers: FetchSessionCache.Answered...) -> [Bool] {
            cache.finish(sessionID: 5, answered: answers)
        }
        #expect(finish(answered("a", end: 3), answered("b", end: 4)) == [true, true])
        #expect(finish(answered("a", end: 3), answered("b", end: 4)) == [false, false])
        #expect(finish(answered("a", records: true, end: 3), answered("b", end: 5)) == [true, true])
        #expect(finish(answered("a", end: 3, start: 1), answered("b", end: 5)) == [true, false])
        #expect(finish(answered("a", error: true, end: -1), answered("b", end: 5)) == [true, false])
        #expect(finish(answered("a", error: true, end: -1), answered("b", end: 5)) == [true, false])
        #expect(finish(answered("a", end: 3, start: 1), answered("b", end: 5)) == [true, false])
    }

    @Test func `a partition that gave records is read last the next time`() {
        var cache = FetchSessionCache()
        _ = cache.begin(request(session: 0, epoch: 0, [("a", 0), ("b", 0)]), newSessionID: 5, now: start)
        _ = cache.finish(
            sessionID: 5,
            answered: [
                .init(key: key("a"), hasRecords: true, hasError: false, highWatermark: 3, logStartOffset: 0),
                .init(key: key("b"), hasRecords: false, hasError: false, highWatermark: 3, logStartOffset: 0),
            ])
        let next = cache.begin(request(session: 5, epoch: 1), newSessionID: 6, now: start)
        #expect(next == plan(5, incremental: true, [("b", 0), ("a", 0)]))
    }

    @Test func `a full cache drops a session that was long unused, and otherwise gives none`() {
        var cache = FetchSessionCache()
        for id in 1...Int32(FetchSessionCache.maximumSessions) {
            _ = cache.begin(request(session: 0, epoch: 0, [("a", 0)]), newSessionID: id, now: start)
        }
        let refused = cache.begin(
            request(session: 0, epoch: 0, [("a", 0)]), newSessionID: 5000, now: start + .seconds(119))
        #expect(refused == plan(0, incremental: false, [("a", 0)]))
        let given = cache.begin(
            request(session: 0, epoch: 0, [("a", 0)]), newSessionID: 5000, now: start + .minutes(2))
        #expect(given == plan(5000, incremental: false, [("a", 0)]))
    }
}
