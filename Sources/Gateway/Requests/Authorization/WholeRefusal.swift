import KafkaProtocol
import NIOCore

/// Answers that refuse a request as a whole, without naming its parts, for requests that are not decoded.
enum WholeRefusal {
    /// - Returns: The body of the answer; nil for an API whose answer has no field for such an error in this version.
    static func body(of api: APIKey, version: Int16, _ code: KafkaErrorCode) -> ByteBuffer? {
        guard let (type, first) = self.answers[api], version >= first else { return nil }
        return type.refusal(code, version: version)
    }

    private static let answers: [APIKey: (any WholeAnswer.Type, from: Int16)] = [
        .fetch: (FetchResponse.self, 7), .joinGroup: (JoinGroupResponse.self, 0),
        .leaveGroup: (LeaveGroupResponse.self, 0), .syncGroup: (SyncGroupResponse.self, 0),
        .listGroups: (ListGroupsResponse.self, 0), .offsetDelete: (OffsetDeleteResponse.self, 0),
        .electLeaders: (ElectLeadersResponse.self, 1),
        .alterPartitionReassignments: (AlterPartitionReassignmentsResponse.self, 0),
        .listPartitionReassignments: (ListPartitionReassignmentsResponse.self, 0),
        .describeClientQuotas: (DescribeClientQuotasResponse.self, 0),
        .describeUserScramCredentials: (DescribeUserScramCredentialsResponse.self, 0),
        .updateFeatures: (UpdateFeaturesResponse.self, 0), .describeQuorum: (DescribeQuorumResponse.self, 0),
        .listTransactions: (ListTransactionsResponse.self, 0), .describeLogDirs: (DescribeLogDirsResponse.self, 3),
        .consumerGroupHeartbeat: (ConsumerGroupHeartbeatResponse.self, 0),
        .shareGroupHeartbeat: (ShareGroupHeartbeatResponse.self, 0),
        .streamsGroupHeartbeat: (StreamsGroupHeartbeatResponse.self, 0),
        .shareFetch: (ShareFetchResponse.self, 1), .shareAcknowledge: (ShareAcknowledgeResponse.self, 1),
        .listConfigResources: (ListConfigResourcesResponse.self, 0),
    ]
}

/// An answer with one error for the whole request.
protocol WholeAnswer: KafkaMessage {
    var errorCode: Int16 { get set }
}

extension WholeAnswer {
    fileprivate static func refusal(_ code: KafkaErrorCode, version: Int16) -> ByteBuffer {
        var answer = Self()
        answer.errorCode = code.rawValue
        var body = ByteBuffer()
        answer.encode(into: &body, version: version)
        return body
    }
}

extension FetchResponse: WholeAnswer {}
extension JoinGroupResponse: WholeAnswer {}
extension LeaveGroupResponse: WholeAnswer {}
extension SyncGroupResponse: WholeAnswer {}
extension ListGroupsResponse: WholeAnswer {}
extension OffsetDeleteResponse: WholeAnswer {}
extension ElectLeadersResponse: WholeAnswer {}
extension AlterPartitionReassignmentsResponse: WholeAnswer {}
extension ListPartitionReassignmentsResponse: WholeAnswer {}
extension DescribeClientQuotasResponse: WholeAnswer {}
extension DescribeUserScramCredentialsResponse: WholeAnswer {}
extension UpdateFeaturesResponse: WholeAnswer {}
extension DescribeQuorumResponse: WholeAnswer {}
extension ListTransactionsResponse: WholeAnswer {}
extension DescribeLogDirsResponse: WholeAnswer {}
extension ConsumerGroupHeartbeatResponse: WholeAnswer {}
extension ShareGroupHeartbeatResponse: WholeAnswer {}
extension StreamsGroupHeartbeatResponse: WholeAnswer {}
extension ShareFetchResponse: WholeAnswer {}
extension ShareAcknowledgeResponse: WholeAnswer {}
extension ListConfigResourcesResponse: WholeAnswer {}
