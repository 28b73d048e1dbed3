import KafkaProtocol
import NIOCore

/// The state of one partition in a share group: the members that have acquired records, and the number of deliveries of
/// each record (KIP-932).
///
///     available ──acquired──▶ acquired ──accepted──▶ done
///         ▲                      │  └──rejected, or delivered too often──▶ done
///         └──released, time up───┘
///
/// Records below `startOffset` are done, those from `endOffset` on have never been acquired. A pure value: the caller
/// passes the time.
struct SharePartition {
    /// `group.share.partition.max.record.locks` of a broker.
    static let maximumRecords = 2000
    /// `group.share.delivery.count.limit` of a broker.
    static let maximumDeliveries: Int16 = 5

    private enum State: Equatable {
        case available
        case acquired(by: String, until: NIODeadline)
        case done
    }

    private struct Entry: Equatable {
        var state: State
        var deliveries: Int16
    }

    struct Acquired: Equatable {
        var firstOffset: Int64
        var lastOffset: Int64
        var deliveries: Int16
    }

    enum Acknowledgement: Int8 {
        /// The client gets no such record, for example because it is the marker of a transaction.
        case gap
        case accept
        case release
        case reject
        /// The member keeps the record longer.
        case renew
    }

    private(set) var startOffset: Int64
    private(set) var endOffset: Int64
    /// The records from `startOffset` to `endOffset`.
    private var entries: [Int64: Entry] = [:]

    init(startOffset: Int64) {
        self.startOffset = startOffset
        self.endOffset = startOffset
    }

    // MARK: Acquiring

    /// The offset of the next record that may be acquired; nil when the most records are acquired.
    func nextOffset(now: NIODeadline) -> Int64? {
        var offset = self.startOffset
        while offset < self.endOffset {
            if self.isAvailable(offset, now: now) { return offset }
            offset += 1
        }
        return self.endOffset - self.startOffset < Int64(Self.maximumRecords) ? self.endOffset : nil
    }

    private func isAvailable(_ offset: Int64, now: NIODeadline) -> Bool {
        switch self.entries[offset]?.state {
        case .available: true
        case .acquired(_, let until): until <= now
        case .done, .none: false
        }
    }

    /// Acquires records of the batches that were read, in their order.
    ///
    /// - Parameters:
    ///   - batches: The offsets of each batch, and whether clients see its records at all.
    ///   - isStrict: Whether to acquire no more than `count`; otherwise the batch that reaches it is acquired whole.
    mutating func acquire(
        _ batches: [(offsets: ClosedRange<Int64>, isVisible: Bool)], count: Int, isStrict: Bool, by member: String,
        lock: TimeAmount, now: NIODeadline
    ) -> [Acquired] {
        self.expire(at: now)
        var acquired: [Acquired] = []
        var taken = 0
        for batch in batches {
            guard taken < count else { break }
            guard batch.offsets.upperBound >= self.startOffset else { continue }
            // The counts of compressed batches come from clients and cannot be trusted, so the loop ends at the most
            // acquired records.
            for offset in max(batch.offsets.lowerBound, self.startOffset)...batch.offsets.upperBound {
                if offset >= self.endOffset {
                    guard offset - self.startOffset < Int64(Self.maximumRecords) else { return acquired }
                    // The records in between were removed from the log meanwhile.
                    for missing in self.endOffset..<offset {
                        self.entries[missing] = Entry(state: .done, deliveries: 0)
                    }
                    self.entries[offset] = Entry(state: batch.isVisible ? .available : .done, deliveries: 0)
                    self.endOffset = offset + 1
                }
                guard let entry = self.entries[offset], entry.state == .available else { continue }
                if isStrict, taken >= count { return acquired }
                taken += 1
                self.entries[offset] = Entry(
                    state: .acquired(by: member, until: now + lock), deliveries: entry.deliveries + 1)
                if let last = acquired.last, last.lastOffset + 1 == offset, last.deliveries == entry.deliveries + 1 {
                    acquired[acquired.count - 1].lastOffset = offset
                } else {
                    acquired.append(
                        .init(firstOffset: offset, lastOffset: offset, deliveries: entry.deliveries + 1))
                }
            }
        }
        self.moveStart()
        return acquired
    }

    // MARK: Acknowledging

    /// Settles records that a member has; all or none.
    ///
    /// - Parameter types: One type for all offsets, or one for each.
    mutating func acknowledge(
        _ first: Int64, _ last: Int64, types: [Int8], by member: String, lock: TimeAmount, now: NIODeadline
    ) -> KafkaErrorCode {
        self.expire(at: now)
        guard first <= last, first >= 0, last < self.endOffset, !types.isEmpty else { return .invalidRecordState }
        let kinds = types.compactMap(Acknowledgement.init)
        guard kinds.count == types.count, kinds.count == 1 || Int64(kinds.count) == last - first + 1 else {
            return .invalidRequest
        }
        // Records below the start are settled already.
        let from = max(first, self.startOffset)
        guard from <= last else { return .none }
        for offset in from...last {
            guard case .acquired(let owner, _)? = self.entries[offset]?.state, owner == member else {
                return .invalidRecordState
            }
        }
        for offset in from...last {
            switch kinds.count == 1 ? kinds[0] : kinds[Int(offset - first)] {
            case .gap, .accept, .reject: self.entries[offset]?.state = .done
            case .release: self.release(offset)
            case .renew: self.entries[offset]?.state = .acquired(by: member, until: now + lock)
            }
        }
        self.moveStart()
        return .none
    }

    /// Releases all records that a member has acquired.
    mutating func release(of member: String) {
        for (offset, entry) in self.entries {
            if case .acquired(member, _) = entry.state { self.release(offset) }
        }
        self.moveStart()
    }

    private mutating func release(_ offset: Int64) {
        let isSpent = (self.entries[offset]?.deliveries ?? 0) >= Self.maximumDeliveries
        self.entries[offset]?.state = isSpent ? .done : .available
    }

    private mutating func expire(at now: NIODeadline) {
        for (offset, entry) in self.entries {
            if case .acquired(_, let until) = entry.state, until <= now { self.release(offset) }
        }
        self.moveStart()
    }

    private mutating func moveStart() {
        while self.startOffset < self.endOffset, self.entries[self.startOffset]?.state == .done {
            self.entries[self.startOffset] = nil
            self.startOffset += 1
        }
    }

    /// Forgets records that are no longer in the log.
    mutating func logStarts(at offset: Int64) {
        guard offset > self.startOffset else { return }
        self.entries = self.entries.filter { $0.key >= offset }
        self.startOffset = offset
        self.endOffset = max(self.endOffset, offset)
        self.moveStart()
    }

    /// The records from the start on that are done or acquired; the rest of the log is still to be delivered.
    var settledAboveStart: Int { self.entries.values.count { $0.state == .done } }
}
