import KafkaProtocol
import NIOCore

extension Cluster {
    func fetch(_ request: FetchRequest, _ context: RequestContext) -> RequestOutcome {
        let usesTopicIDs = context.version >= FetchRequest.FetchTopic.firstVersionWithTopicId
        func topic(_ name: String, _ id: KafkaUUID) -> FetchTopic { usesTopicIDs ? .id(id) : .name(name) }
        let partitions = request.topics.flatMap { requested in
            requested.partitions.map { partition in
                (
                    key: FetchKey(
                        topic: topic(requested.topic, requested.topicId), partition: partition.partition),
                    fetch: PartitionFetch(
                        offset: partition.fetchOffset, maximumBytes: partition.partitionMaxBytes,
                        currentLeaderEpoch: partition.currentLeaderEpoch,
                        lastFetchedEpoch: partition.lastFetchedEpoch)
                )
            }
        }
        let forgotten = request.forgottenTopicsData.flatMap { data in
            data.partitions.map { FetchKey(topic: topic(data.topic, data.topicId), partition: $0) }
        }
        let beginning = self.withFetchSessions(of: context.nodeID) { sessions in
            sessions.begin(
                .init(
                    sessionID: request.sessionId, epoch: request.sessionEpoch, partitions: partitions,
                    forgotten: forgotten, usesTopicIDs: usesTopicIDs),
                newSessionID: .random(in: 1...Int32.max), now: .now())
        }
        switch beginning {
        case .none, .refused(.none):
            return .close(reason: "the broker is going down")
        case .refused(let error):
            return .answer(
                FetchAnswer(error: error, sessionID: 0, partitions: [], readsCommitted: false, endpoints: [])
                    .frames(for: context))
        case .read(let plan):
            return self.fetch(plan, request, context)
        }
    }

    private func fetch(
        _ plan: FetchSessionCache.Plan, _ request: FetchRequest, _ context: RequestContext
    ) -> RequestOutcome {
        let replica =
            context.version >= FetchRequest.firstVersionWithReplicaState
            ? request.replicaState.replicaId : request.replicaId
        var query = FetchQuery(
            plan: plan, minimumBytes: Int(request.minBytes), maximumBytes: max(0, Int(request.maxBytes)),
            readsCommitted: request.isolationLevel == 1,
            isByBroker: replica >= 0, watched: [])
        if let fault = self.faults.nextError(for: .fetch) {
            let partitions = plan.partitions.map { FetchedPartition(key: $0.key, error: fault) }
            return self.answer(partitions, to: query, context)
        }
        let reading = self.read(query, at: context.nodeID)
        let mayWait =
            request.maxWaitMs > 0 && !plan.partitions.isEmpty && !reading.isUrgent && reading.bytes < query.minimumBytes
        guard mayWait else { return self.answer(reading.partitions, to: query, context) }
        query.watched = plan.partitions.compactMap { fetch in
            self.topicName(fetch.key.topic).map { TopicPartition(topic: $0, partition: fetch.key.partition) }
        }
        let id = self.fetches.nextID()
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        let timer = self.eventLoop.scheduleTask(in: .milliseconds(Int64(request.maxWaitMs))) {
            bound.value.answerFetch(id)
        }
        self.fetches.add(id, .init(context: context, query: query, timer: timer), watching: query.watched)
        return .later
    }

    /// Answers a waiting fetch with the records that there are now.
    private func answerFetch(_ id: WaitingFetches.ID) {
        guard let waiting = self.fetches.remove(id) else { return }
        let reading = self.read(waiting.query, at: waiting.context.nodeID)
        waiting.context.connection.answer(self.answer(reading.partitions, to: waiting.query, waiting.context))
    }

    private func answer(
        _ partitions: [FetchedPartition], to query: FetchQuery, _ context: RequestContext
    ) -> RequestOutcome {
        let flags = self.withFetchSessions(of: context.nodeID) { sessions in
            sessions.finish(
                sessionID: query.plan.sessionID,
                answered: partitions.map {
                    .init(
                        key: $0.key, hasRecords: $0.reading.sizeBytes > 0,
                        hasError: $0.error != .none || $0.divergingEpoch != nil,
                        highWatermark: $0.highWatermark, logStartOffset: $0.logStartOffset)
                })
        }
        let told =
            query.plan.isIncremental
            ? zip(partitions, flags ?? []).filter(\.1).map(\.0)
            : partitions
        let answer = FetchAnswer(
            error: .none, sessionID: query.plan.sessionID, partitions: told,
            readsCommitted: query.readsCommitted,
            endpoints: self.endpoints(of: told.compactMap { $0.currentLeader?.id }))
        return .answer(answer.frames(for: context))
    }

    /// The live brokers among these, each once.
    func endpoints(of leaders: [Int32]) -> [BrokerNode] {
        leaders.isEmpty ? [] : self.liveNodes.filter { leaders.contains($0.id) }
    }

    // MARK: Waking

    /// Checks the fetches that wait for appended records, once the current requests are handled.
    func recordsAppended(to partition: TopicPartition) {
        let ids = self.fetches.watching(partition)
        guard !ids.isEmpty else { return }
        self.wake(ids)
    }

    /// Checks every waiting fetch again, because leaders moved, or topics were created or deleted.
    func leadersChanged() {
        self.wake(Set(self.fetches.all))
    }

    private func wake(_ ids: Set<WaitingFetches.ID>) {
        let isScheduled = !self.fetches.toWake.isEmpty
        self.fetches.toWake.formUnion(ids)
        guard !isScheduled, !self.fetches.toWake.isEmpty else { return }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.eventLoop.execute { bound.value.wakeFetches() }
    }

    private func wakeFetches() {
        let ids = self.fetches.toWake
        self.fetches.toWake = []
        for id in ids {
            guard let waiting = self.fetches[id], self.isSatisfied(waiting.query, at: waiting.context.nodeID) else {
                continue
            }
            self.answerFetch(id)
        }
    }
}
