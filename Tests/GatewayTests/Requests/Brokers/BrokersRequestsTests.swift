import KafkaProtocol
import Resources
import Testing

@testable import Gateway

/// Requests that brokers send to one another: no client of a gateway is a broker, and `all` on the cluster opens no topic.
@Suite struct BrokersRequestsTests {
    private let session: Evaluating

    init() throws {
        self.session = Evaluating(
            facts: .test(
                rules: try OracleWorld.ruleSet([
                    OracleWorld.rule(.cluster, .allow, .all, "*"), OracleWorld.rule(.topic, .allow, .all, "*"),
                    OracleWorld.rule(.transactionalID, .allow, .all, "*"),
                    OracleWorld.rule(.topic, .deny, .all, "secret"),
                ])))
    }

    @Test(arguments: Int16(1)...11)
    func `ListOffsets tells nobody of a denied topic, whatever replica it says it is`(version: Int16) throws {
        for replica: Int32 in [-2, -1, 0, 2] {
            var request = ListOffsetsRequest()
            request.replicaId = replica
            request.topics = ["secret", "open"].map { name in
                var topic = ListOffsetsRequest.ListOffsetsTopic()
                topic.name = name
                return topic
            }
            #expect(try self.session.forwarded(request, version)?.topics.map(\.name) == ["open"])
        }
    }

    @Test(arguments: Int16(2)...4)
    func `OffsetForLeaderEpoch tells nobody of a denied topic`(version: Int16) throws {
        for replica: Int32 in [-2, -1, 0, 2] {
            var request = OffsetForLeaderEpochRequest()
            request.replicaId = replica
            request.topics = ["secret", "open"].map { name in
                var topic = OffsetForLeaderEpochRequest.OffsetForLeaderTopic()
                topic.topic = name
                return topic
            }
            #expect(try self.session.forwarded(request, version)?.topics.map(\.topic) == ["open"])
        }
    }

    @Test(arguments: Int16(4)...5)
    func `nobody adds partitions to transactions as brokers do`(version: Int16) throws {
        var request = AddPartitionsToTxnRequest()
        var transaction = AddPartitionsToTxnRequest.AddPartitionsToTxnTransaction()
        transaction.transactionalId = "t"
        request.transactions = [transaction]
        let answer = try self.session.answer(request, version, as: AddPartitionsToTxnResponse.self)
        #expect(answer?.errorCode == KafkaErrorCode.clusterAuthorizationFailed.rawValue)
    }

    @Test(arguments: Int16(1)...2)
    func `markers are written for an administrator, and never to a denied topic`(version: Int16) throws {
        var marker = WriteTxnMarkersRequest.WritableTxnMarker()
        marker.topics = ["open"].map { name in
            var topic = WriteTxnMarkersRequest.WritableTxnMarkerTopic()
            topic.name = name
            topic.partitionIndexes = [0]
            return topic
        }
        var request = WriteTxnMarkersRequest()
        request.markers = [marker]
        #expect(try self.session.plan(request, version).verdict == .forward)
        // No rule on topics is needed, as at a broker.
        let administrator = Evaluating(
            facts: .test(rules: try OracleWorld.ruleSet([OracleWorld.rule(.cluster, .allow, .alter, "*")])))
        #expect(try administrator.plan(request, version).verdict == .forward)
        request.markers[0].topics.append(request.markers[0].topics[0])
        request.markers[0].topics[1].name = "secret"
        let answer = try self.session.answer(request, version, as: WriteTxnMarkersResponse.self)
        #expect(answer?.markers.flatMap(\.topics).flatMap(\.partitions).map(\.errorCode) == [29, 29])
    }
}
