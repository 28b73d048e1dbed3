import KafkaProtocol

/// DescribeAcls (29), CreateAcls (30) and DeleteAcls (31) where the gateway enforces its own rules: they get the answer
/// of a broker without an authorizer. The backend's rules are about the gateway's account, not about clients.
enum DescribeAclsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else {
            return .forward(then: .backendTexts(BackendTexts(api: .describeAcls)))
        }
        let _: DescribeAclsRequest = try request.decode()
        var answer = DescribeAclsResponse()
        answer.errorCode = KafkaErrorCode.securityDisabled.rawValue
        answer.errorMessage = AccessControlLists.explanation
        return .answer(request.encode(answer))
    }
}

enum CreateAclsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else {
            return .forward(then: .backendTexts(BackendTexts(api: .createAcls)))
        }
        let message: CreateAclsRequest = try request.decode()
        var answer = CreateAclsResponse()
        answer.results = message.creations.map { _ in
            var result = CreateAclsResponse.AclCreationResult()
            result.errorCode = KafkaErrorCode.securityDisabled.rawValue
            result.errorMessage = AccessControlLists.explanation
            return result
        }
        return .answer(request.encode(answer))
    }
}

enum DeleteAclsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else {
            return .forward(then: .backendTexts(BackendTexts(api: .deleteAcls)))
        }
        let message: DeleteAclsRequest = try request.decode()
        var answer = DeleteAclsResponse()
        answer.filterResults = message.filters.map { _ in
            var result = DeleteAclsResponse.DeleteAclsFilterResult()
            result.errorCode = KafkaErrorCode.securityDisabled.rawValue
            result.errorMessage = AccessControlLists.explanation
            return result
        }
        return .answer(request.encode(answer))
    }
}

private enum AccessControlLists {
    static let explanation = "Access control lists are policies of the gateway."
}
