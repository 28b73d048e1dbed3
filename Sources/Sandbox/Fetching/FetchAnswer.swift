import KafkaProtocol
import NIOCore

/// A FetchResponse that sends record batches without copying them.
///
/// The generated encoder would copy every record into one buffer; this writes the same bytes as a list of buffers.
struct FetchAnswer {
    var error: KafkaErrorCode
    var sessionID: Int32
    var partitions: [FetchedPartition]
    /// Whether aborted transactions are listed.
    var readsCommitted: Bool
    /// The addresses of the leaders of partitions with `currentLeader`, from version 16 on.
    var endpoints: [BrokerNode]

    /// The whole answer with length and header, for a request of version 4 through 18.
    func frames(for context: RequestContext) -> [ByteBuffer] {
        let version = context.version
        let isFlexible = version >= FetchResponse.firstFlexibleVersion
        var output = GatherBuffer()
        context.writeHeader(into: &output.tail)
        output.tail.writeInteger(Int32(0))  // throttle time
        if version >= FetchResponse.firstVersionWithSessionId {
            output.tail.writeInteger(self.error.rawValue)
            output.tail.writeInteger(self.sessionID)
        }
        let runs = self.runsOfOneTopic()
        output.tail.writeCount(runs.count, compact: isFlexible)
        for run in runs {
            switch run.first?.key.topic {
            case .name(let name): output.tail.write(name, compact: isFlexible)
            case .id(let id): output.tail.write(id)
            case .none: break
            }
            output.tail.writeCount(run.count, compact: isFlexible)
            for partition in run { self.write(partition, into: &output, version: version) }
            if isFlexible { output.tail.writeTaggedFields([]) }
        }
        if isFlexible { self.writeEndpoints(into: &output.tail, version: version) }
        let size = output.sizeBytes
        var buffers = output.finish()
        buffers[0].setInteger(Int32(truncatingIfNeeded: size - 4), at: 0)
        return buffers
    }

    /// Partitions that follow each other and are of one topic.
    private func runsOfOneTopic() -> [ArraySlice<FetchedPartition>] {
        var runs: [ArraySlice<FetchedPartition>] = []
        var start = self.partitions.startIndex
        for index in self.partitions.indices.dropFirst()
        where self.partitions[index].key.topic != self.partitions[start].key.topic {
            runs.append(self.partitions[start..<index])
            start = index
        }
        if start < self.partitions.endIndex { runs.append(self.partitions[start...]) }
        return runs
    }

    private func write(_ partition: FetchedPartition, into output: inout GatherBuffer, version: Int16) {
        let isFlexible = version >= FetchResponse.firstFlexibleVersion
        output.tail.writeInteger(partition.key.partition)
        output.tail.writeInteger(partition.error.rawValue)
        output.tail.writeInteger(partition.highWatermark)
        output.tail.writeInteger(partition.lastStableOffset)
        if version >= FetchResponse.PartitionData.firstVersionWithLogStartOffset {
            output.tail.writeInteger(partition.logStartOffset)
        }
        // Like a broker, answer null aborted transactions to a client that reads all records, except with an error.
        let listsAborted = self.readsCommitted || partition.error != .none
        output.tail.writeCount(listsAborted ? partition.aborted.count : nil, compact: isFlexible)
        if listsAborted {
            for aborted in partition.aborted {
                output.tail.writeInteger(aborted.producerID)
                output.tail.writeInteger(aborted.firstOffset)
                if isFlexible { output.tail.writeTaggedFields([]) }
            }
        }
        if version >= FetchResponse.PartitionData.firstVersionWithPreferredReadReplica {
            output.tail.writeInteger(Int32(-1))
        }
        output.tail.writeCount(partition.reading.sizeBytes, compact: isFlexible)
        for batch in partition.reading.batches { output.append(batch) }
        guard isFlexible else { return }
        var tags: [UnknownTaggedField] = []
        if let diverging = partition.divergingEpoch {
            var value = ByteBuffer()
            value.writeInteger(diverging.epoch)
            value.writeInteger(diverging.endOffset)
            value.writeTaggedFields([])
            tags.append(UnknownTaggedField(tag: 0, data: value))
        }
        if let leader = partition.currentLeader {
            var value = ByteBuffer()
            value.writeInteger(leader.id)
            value.writeInteger(leader.epoch)
            value.writeTaggedFields([])
            tags.append(UnknownTaggedField(tag: 1, data: value))
        }
        output.tail.writeTaggedFields(tags)
    }

    private func writeEndpoints(into buffer: inout ByteBuffer, version: Int16) {
        guard version >= FetchResponse.firstVersionWithNodeEndpoints, !self.endpoints.isEmpty else {
            buffer.writeTaggedFields([])
            return
        }
        var value = ByteBuffer()
        value.writeCount(self.endpoints.count, compact: true)
        for node in self.endpoints {
            value.writeInteger(node.id)
            value.write(node.host, compact: true)
            value.writeInteger(node.port)
            value.write(nil as String?, compact: true)  // rack
            value.writeTaggedFields([])
        }
        buffer.writeTaggedFields([UnknownTaggedField(tag: 0, data: value)])
    }
}
