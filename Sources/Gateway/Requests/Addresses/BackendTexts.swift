import KafkaProtocol
import NIOCore

/// The backend's texts for people beside an error code.
///
/// A broker that refuses the gateway's own account puts a dump of the request into the text of some answers, with the
/// addresses of its connections. No client depends on the text, so it is replaced by the sentence that belongs to the
/// code.
struct BackendTexts: Equatable {
    /// The mark of such a text.
    private static let mark = "connectionId="
    private static let markBytes = Array(mark.utf8)

    let api: APIKey

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        guard context.body.readableBytesView.contains(Self.markBytes) else { return context.body }
        switch self.api {
        case .electLeaders: return try Self.replace(in: &context, Self.electLeaders)
        case .alterPartitionReassignments: return try Self.replace(in: &context, Self.alterReassignments)
        case .listPartitionReassignments:
            return try Self.replace(in: &context) { (message: inout ListPartitionReassignmentsResponse) in
                Self.replace(&message.errorMessage, message.errorCode)
            }
        case .alterUserScramCredentials:
            return try Self.replace(in: &context) { (message: inout AlterUserScramCredentialsResponse) in
                for index in message.results.indices {
                    Self.replace(&message.results[index].errorMessage, message.results[index].errorCode)
                }
            }
        case .updateFeatures:
            return try Self.replace(in: &context) { (message: inout UpdateFeaturesResponse) in
                Self.replace(&message.errorMessage, message.errorCode)
                for index in message.results.indices {
                    Self.replace(&message.results[index].errorMessage, message.results[index].errorCode)
                }
            }
        case .unregisterBroker:
            return try Self.replace(in: &context) { (message: inout UnregisterBrokerResponse) in
                Self.replace(&message.errorMessage, message.errorCode)
            }
        case .describeAcls:
            return try Self.replace(in: &context) { (message: inout DescribeAclsResponse) in
                Self.replace(&message.errorMessage, message.errorCode)
            }
        case .createAcls:
            return try Self.replace(in: &context) { (message: inout CreateAclsResponse) in
                for index in message.results.indices {
                    Self.replace(&message.results[index].errorMessage, message.results[index].errorCode)
                }
            }
        case .deleteAcls: return try Self.replace(in: &context, Self.deleteAcls)
        default: return context.body
        }
    }

    private static func replace<Message: KafkaMessage>(
        in context: inout ResponseContext, _ change: (inout Message) -> Void
    ) throws(KafkaDecodeError) -> ByteBuffer {
        var message: Message = try context.decode()
        change(&message)
        return context.encode(message)
    }

    private static func replace(_ text: inout String?, _ code: Int16) {
        if text?.contains(Self.mark) ?? false { text = KafkaErrorCode(rawValue: code).refusalText }
    }

    private static func electLeaders(_ message: inout ElectLeadersResponse) {
        for topic in message.replicaElectionResults.indices {
            for place in message.replicaElectionResults[topic].partitionResult.indices {
                let code = message.replicaElectionResults[topic].partitionResult[place].errorCode
                Self.replace(&message.replicaElectionResults[topic].partitionResult[place].errorMessage, code)
            }
        }
    }

    private static func alterReassignments(_ message: inout AlterPartitionReassignmentsResponse) {
        Self.replace(&message.errorMessage, message.errorCode)
        for topic in message.responses.indices {
            for place in message.responses[topic].partitions.indices {
                let code = message.responses[topic].partitions[place].errorCode
                Self.replace(&message.responses[topic].partitions[place].errorMessage, code)
            }
        }
    }

    private static func deleteAcls(_ message: inout DeleteAclsResponse) {
        for result in message.filterResults.indices {
            Self.replace(&message.filterResults[result].errorMessage, message.filterResults[result].errorCode)
            for place in message.filterResults[result].matchingAcls.indices {
                let code = message.filterResults[result].matchingAcls[place].errorCode
                Self.replace(&message.filterResults[result].matchingAcls[place].errorMessage, code)
            }
        }
    }
}
