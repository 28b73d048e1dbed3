import KafkaProtocol

/// Recorded answers that the gateway does not give, with the reason and what it does instead.
enum OracleExclusion {
    /// The connection closes.
    case closes(String)
    /// The answer has this code, at top level or in each row.
    case answers(KafkaErrorCode, String)
    /// Nothing of it is the evaluator's to decide.
    case skipped(String)

    static func of(_ record: OracleRecord) -> OracleExclusion? {
        switch record.key {
        case .describeAcls, .createAcls, .deleteAcls:
            return .answers(.securityDisabled, "access control lists are policies of the gateway")
        case .createDelegationToken, .renewDelegationToken, .expireDelegationToken, .describeDelegationToken:
            return .answers(
                .delegationTokenAuthDisabled, "a token of the backend would have all rights of the gateway's account")
        case .saslHandshake, .saslAuthenticate:
            return .skipped("PLAIN and what comes before authentication are the session's")
        case .apiVersions:
            return .skipped("the session answers; compared row by row in a test of its own")
        case APIKey(rawValue: 83), APIKey(rawValue: 84), APIKey(rawValue: 85), APIKey(rawValue: 86),
            APIKey(rawValue: 87):
            return .closes("brokers write share groups' state, clients do not: not offered")
        case .fetch where record.case == "follower" && record.principal == "erin":
            return .answers(.topicAuthorizationFailed, "no client of a gateway is a broker")
        case .offsetForLeaderEpoch where record.principal == "erin":
            return .skipped("no client of a gateway is a broker: a topic's rules hold, as they do for other principals")
        case .addPartitionsToTxn where record.case == "broker-form":
            return .answers(.clusterAuthorizationFailed, "no client of a gateway is a broker")
        case .describeUserScramCredentials where record.outcome == "timeout":
            return .answers(.clusterAuthorizationFailed, "a broker never answers, a fault of its own")
        case .shareFetch where record.case == "mixed-sg-mixed" && record.principal != "bob":
            return .skipped(
                "one unknown id fails the whole request at a broker, a fault of its own: see ShareSessionTests")
        default:
            return nil
        }
    }
}
