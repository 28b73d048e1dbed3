import KafkaProtocol
import NIOCore

/// DescribeCluster (60): no permission for the brokers; `DESCRIBE` on the cluster for its authorized operations.
enum DescribeClusterHandler {
    private static let brokers: Int8 = 1
    private static let controllers: Int8 = 2

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: DescribeClusterRequest = try request.decode()
        guard request.version == 0 || message.endpointType == Self.brokers else {
            // The controllers' addresses are hidden from clients.
            var answer = DescribeClusterResponse()
            let code: KafkaErrorCode =
                message.endpointType == Self.controllers ? .mismatchedEndpointType : .unsupportedEndpointType
            answer.errorCode = code.rawValue
            answer.errorMessage = "Only endpoints of brokers can be described here."
            answer.controllerId = -1
            return .answer(request.encode(answer))
        }
        var view = DescribeClusterView()
        if message.includeClusterAuthorizedOperations {
            view.clusterOperations = request.authorizer.clusterOperations()
        }
        return .forward(then: .describeCluster(view))
    }
}

struct DescribeClusterView: Equatable {
    /// The value in place of the backend's; nil leaves that.
    var clusterOperations: Int32?

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DescribeClusterResponse = try context.decode()
        message.readdress(in: &context)
        if let bits = self.clusterOperations { message.clusterAuthorizedOperations = bits }
        return context.encode(message)
    }
}
