import KafkaProtocol
import NIOCore

/// The sandbox has no authorizer, and answers as a broker without one does.
extension Cluster {
    private static let noAuthorizer = "No Authorizer is configured."

    func describeACLs(_ request: DescribeAclsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeAclsResponse()
        response.errorCode = KafkaErrorCode.securityDisabled.rawValue
        response.errorMessage = Self.noAuthorizer
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func createACLs(_ request: CreateAclsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = CreateAclsResponse()
        response.results = request.creations.map { _ in
            var result = CreateAclsResponse.AclCreationResult()
            result.errorCode = KafkaErrorCode.securityDisabled.rawValue
            result.errorMessage = Self.noAuthorizer
            return result
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func deleteACLs(_ request: DeleteAclsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DeleteAclsResponse()
        response.filterResults = request.filters.map { _ in
            var result = DeleteAclsResponse.DeleteAclsFilterResult()
            result.errorCode = KafkaErrorCode.securityDisabled.rawValue
            result.errorMessage = Self.noAuthorizer
            return result
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
