import KafkaProtocol
import Logging
import NIOCore

extension Cluster {
    /// Handles one request. A request that cannot be read, or is not offered, closes the connection, as on a broker.
    func handle(_ frame: ByteBuffer, on connection: BrokerConnection) -> RequestOutcome {
        var body = frame
        do throws(KafkaDecodeError) {
            guard let rawKey = body.getInteger(at: body.readerIndex, as: Int16.self),
                let version = body.getInteger(at: body.readerIndex + 2, as: Int16.self),
                let correlationID = body.getInteger(at: body.readerIndex + 4, as: Int32.self)
            else { return .close(reason: "a request of \(frame.readableBytes) bytes has no header") }
            let key = APIKey(rawValue: rawKey)
            guard OfferedAPIs.offers(key, version: version) else {
                guard key == .apiVersions else {
                    return .close(reason: "API key \(rawKey) version \(version) is not offered")
                }
                return self.unsupportedAPIVersions(
                    connection.requestContext(apiKey: key, version: 0, correlationID: correlationID, clientID: nil))
            }
            let header = try RequestHeader(from: &body, version: key.requestHeaderVersion(for: version))
            let context = connection.requestContext(
                apiKey: key, version: version, correlationID: correlationID, clientID: header.clientId)
            defer { self.boundMemory() }
            switch self.faults.nextOfConnection(for: key) {
            case .close: return .close(reason: "a test asked for it")
            case .delay(let time): return self.delay(try self.dispatch(&body, context), by: time, context)
            case .error, .none: return try self.dispatch(&body, context)
            }
        } catch {
            self.logger.debug("request not understood", metadata: ["error": "\(error)"])
            return .close(reason: "a request could not be read: \(error)")
        }
    }

    private func dispatch(_ body: inout ByteBuffer, _ context: RequestContext) throws(KafkaDecodeError)
        -> RequestOutcome
    {
        let version = context.version
        switch context.apiKey {
        case .produce: return self.produce(try .init(from: &body, version: version), context)
        case .fetch: return self.fetch(try .init(from: &body, version: version), context)
        case .listOffsets: return self.listOffsets(try .init(from: &body, version: version), context)
        case .metadata: return self.metadata(try .init(from: &body, version: version), context)
        case .offsetCommit: return self.offsetCommit(try .init(from: &body, version: version), context)
        case .offsetFetch: return self.offsetFetch(try .init(from: &body, version: version), context)
        case .findCoordinator: return self.findCoordinator(try .init(from: &body, version: version), context)
        case .joinGroup: return self.joinGroup(try .init(from: &body, version: version), context)
        case .heartbeat: return self.heartbeat(try .init(from: &body, version: version), context)
        case .leaveGroup: return self.leaveGroup(try .init(from: &body, version: version), context)
        case .syncGroup: return self.syncGroup(try .init(from: &body, version: version), context)
        case .describeGroups: return self.describeGroups(try .init(from: &body, version: version), context)
        case .listGroups: return self.listGroups(try .init(from: &body, version: version), context)
        case .deleteGroups: return self.deleteGroups(try .init(from: &body, version: version), context)
        case .consumerGroupHeartbeat:
            return self.consumerGroupHeartbeat(try .init(from: &body, version: version), context)
        case .consumerGroupDescribe:
            return self.consumerGroupDescribe(try .init(from: &body, version: version), context)
        case .offsetDelete: return self.offsetDelete(try .init(from: &body, version: version), context)
        case .apiVersions: return self.apiVersions(try .init(from: &body, version: version), context)
        case .createTopics: return self.createTopics(try .init(from: &body, version: version), context)
        case .deleteTopics: return self.deleteTopics(try .init(from: &body, version: version), context)
        case .deleteRecords: return self.deleteRecords(try .init(from: &body, version: version), context)
        case .createPartitions: return self.createPartitions(try .init(from: &body, version: version), context)
        case .initProducerId: return self.initProducerID(try .init(from: &body, version: version), context)
        case .addPartitionsToTxn: return self.addPartitionsToTxn(try .init(from: &body, version: version), context)
        case .addOffsetsToTxn: return self.addOffsetsToTxn(try .init(from: &body, version: version), context)
        case .endTxn: return self.endTxn(try .init(from: &body, version: version), context)
        case .txnOffsetCommit: return self.txnOffsetCommit(try .init(from: &body, version: version), context)
        case .describeProducers: return self.describeProducers(try .init(from: &body, version: version), context)
        case .describeTransactions: return self.describeTransactions(try .init(from: &body, version: version), context)
        case .listTransactions: return self.listTransactions(try .init(from: &body, version: version), context)
        case .offsetForLeaderEpoch:
            return self.offsetForLeaderEpoch(try .init(from: &body, version: version), context)
        case .describeConfigs: return self.describeConfigs(try .init(from: &body, version: version), context)
        case .incrementalAlterConfigs:
            return self.incrementalAlterConfigs(try .init(from: &body, version: version), context)
        case .describeCluster: return self.describeCluster(try .init(from: &body, version: version), context)
        case .alterConfigs: return self.alterConfigs(try .init(from: &body, version: version), context)
        case .listConfigResources: return self.listConfigResources(try .init(from: &body, version: version), context)
        case .describeLogDirs: return self.describeLogDirs(try .init(from: &body, version: version), context)
        case .alterReplicaLogDirs: return self.alterReplicaLogDirs(try .init(from: &body, version: version), context)
        case .electLeaders: return self.electLeaders(try .init(from: &body, version: version), context)
        case .alterPartitionReassignments:
            return self.alterPartitionReassignments(try .init(from: &body, version: version), context)
        case .listPartitionReassignments:
            return self.listPartitionReassignments(try .init(from: &body, version: version), context)
        case .describeTopicPartitions:
            return self.describeTopicPartitions(try .init(from: &body, version: version), context)
        case .describeClientQuotas: return self.describeClientQuotas(try .init(from: &body, version: version), context)
        case .alterClientQuotas: return self.alterClientQuotas(try .init(from: &body, version: version), context)
        case .describeUserScramCredentials:
            return self.describeUserScramCredentials(try .init(from: &body, version: version), context)
        case .alterUserScramCredentials:
            return self.alterUserScramCredentials(try .init(from: &body, version: version), context)
        case .describeQuorum: return self.describeQuorum(try .init(from: &body, version: version), context)
        case .updateFeatures: return self.updateFeatures(try .init(from: &body, version: version), context)
        case .getTelemetrySubscriptions:
            return self.getTelemetrySubscriptions(try .init(from: &body, version: version), context)
        case .pushTelemetry: return self.pushTelemetry(try .init(from: &body, version: version), context)
        case .describeAcls: return self.describeACLs(try .init(from: &body, version: version), context)
        case .createAcls: return self.createACLs(try .init(from: &body, version: version), context)
        case .deleteAcls: return self.deleteACLs(try .init(from: &body, version: version), context)
        case .shareGroupHeartbeat: return self.shareGroupHeartbeat(try .init(from: &body, version: version), context)
        case .shareGroupDescribe: return self.shareGroupDescribe(try .init(from: &body, version: version), context)
        case .shareFetch: return self.shareFetch(try .init(from: &body, version: version), context)
        case .shareAcknowledge: return self.shareAcknowledge(try .init(from: &body, version: version), context)
        case .describeShareGroupOffsets:
            return self.describeShareGroupOffsets(try .init(from: &body, version: version), context)
        case .alterShareGroupOffsets:
            return self.alterShareGroupOffsets(try .init(from: &body, version: version), context)
        case .deleteShareGroupOffsets:
            return self.deleteShareGroupOffsets(try .init(from: &body, version: version), context)
        default: return .close(reason: "API key \(context.apiKey.rawValue) is not offered")
        }
    }

    private func delay(_ outcome: RequestOutcome, by time: TimeAmount, _ context: RequestContext) -> RequestOutcome {
        if case .later = outcome { return .later }
        let bound = NIOLoopBound((outcome, context.connection), eventLoop: self.eventLoop)
        self.eventLoop.scheduleTask(in: time) {
            let (outcome, connection) = bound.value
            connection.answer(outcome)
        }
        return .later
    }

    // MARK: ApiVersions

    func apiVersions(_ request: ApiVersionsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ApiVersionsResponse()
        response.apiKeys = OfferedAPIs.rows
        self.features.write(into: &response, version: context.version)
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// Answers an unknown version in version 0 with only the versions of ApiVersions (KIP-511), so that the client asks
    /// again.
    private func unsupportedAPIVersions(_ context: RequestContext) -> RequestOutcome {
        var response = ApiVersionsResponse()
        response.errorCode = KafkaErrorCode.unsupportedVersion.rawValue
        response.apiKeys = OfferedAPIs.rows.filter { $0.apiKey == APIKey.apiVersions.rawValue }
        return .answer(context.frame { response.encode(into: &$0, version: 0) })
    }
}
