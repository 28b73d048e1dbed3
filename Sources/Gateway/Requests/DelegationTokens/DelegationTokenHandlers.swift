import KafkaProtocol

/// CreateDelegationToken (38), RenewDelegationToken (39), ExpireDelegationToken (40) and DescribeDelegationToken (41)
/// where the gateway enforces its own rules: they get the answer of a broker without delegation tokens. A token of the
/// backend would belong to the gateway's account, with all its rights.
enum CreateDelegationTokenHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: CreateDelegationTokenRequest = try request.decode()
        var answer = CreateDelegationTokenResponse()
        answer.errorCode = KafkaErrorCode.delegationTokenAuthDisabled.rawValue
        answer.principalType = message.ownerPrincipalType ?? ""
        answer.principalName = message.ownerPrincipalName ?? ""
        answer.issueTimestampMs = -1
        answer.expiryTimestampMs = -1
        answer.maxTimestampMs = -1
        return .answer(request.encode(answer))
    }
}

enum RenewDelegationTokenHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: RenewDelegationTokenRequest = try request.decode()
        var answer = RenewDelegationTokenResponse()
        answer.errorCode = KafkaErrorCode.delegationTokenAuthDisabled.rawValue
        answer.expiryTimestampMs = -1
        return .answer(request.encode(answer))
    }
}

enum ExpireDelegationTokenHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: ExpireDelegationTokenRequest = try request.decode()
        var answer = ExpireDelegationTokenResponse()
        answer.errorCode = KafkaErrorCode.delegationTokenAuthDisabled.rawValue
        answer.expiryTimestampMs = -1
        return .answer(request.encode(answer))
    }
}

enum DescribeDelegationTokenHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: DescribeDelegationTokenRequest = try request.decode()
        var answer = DescribeDelegationTokenResponse()
        answer.errorCode = KafkaErrorCode.delegationTokenAuthDisabled.rawValue
        return .answer(request.encode(answer))
    }
}
