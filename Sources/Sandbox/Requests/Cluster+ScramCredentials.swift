import KafkaProtocol
import NIOCore

extension Cluster {
    func describeUserScramCredentials(
        _ request: DescribeUserScramCredentialsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        let asked = request.users.map { $0.map(\.name) } ?? []
        let users = asked.isEmpty ? Array(self.scramCredentials.users.keys) : asked
        var occurrences: [String: Int] = [:]
        for user in users { occurrences[user, default: 0] += 1 }
        var response = DescribeUserScramCredentialsResponse()
        if let refusal = self.refusal(of: .describe, .cluster) {
            response.errorCode = refusal.rawValue
            // A broker leaves the names out.
            response.results = (request.users ?? []).map { _ in
                var answer = DescribeUserScramCredentialsResponse.DescribeUserScramCredentialsResult()
                answer.errorCode = refusal.rawValue
                return answer
            }
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        response.results = occurrences.keys.sorted().map { user in
            var answer = DescribeUserScramCredentialsResponse.DescribeUserScramCredentialsResult()
            answer.user = user
            if occurrences[user] != 1 {
                answer.errorCode = KafkaErrorCode.duplicateResource.rawValue
                answer.errorMessage =
                    "Cannot describe SCRAM credentials for the same user twice in a single request: \(user)"
            } else if let credentials = self.scramCredentials.users[user] {
                answer.credentialInfos = credentials.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                    var info = DescribeUserScramCredentialsResponse.CredentialInfo()
                    info.mechanism = $0.key.rawValue
                    info.iterations = $0.value
                    return info
                }
            } else {
                answer.errorCode = KafkaErrorCode.resourceNotFound.rawValue
                answer.errorMessage = "Attempt to describe a user credential that does not exist: \(user)"
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func alterUserScramCredentials(
        _ request: AlterUserScramCredentialsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        let changes =
            request.deletions.map { ScramCredentials.Change(user: $0.name, mechanism: $0.mechanism, iterations: nil) }
            + request.upsertions.map { .init(user: $0.name, mechanism: $0.mechanism, iterations: $0.iterations) }
        var response = AlterUserScramCredentialsResponse()
        let refusal = self.refusal(of: .alter, .cluster).map { TopicFault(code: $0) }
        let results: [(user: String, fault: TopicFault?)] =
            refusal.map { refusal in Set(changes.map(\.user)).sorted().map { ($0, refusal) } }
            ?? self.scramCredentials.alter(changes)
        response.results = results.map { user, fault in
            var answer = AlterUserScramCredentialsResponse.AlterUserScramCredentialsResult()
            answer.user = user
            answer.errorCode = fault?.code.rawValue ?? 0
            answer.errorMessage = fault?.message
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
