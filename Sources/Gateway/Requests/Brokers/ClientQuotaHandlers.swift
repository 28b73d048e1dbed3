import KafkaProtocol
import Resources

/// DescribeClientQuotas (48): `DESCRIBE_CONFIGS` on the cluster. A refusal has null entries.
enum DescribeClientQuotasHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let _: DescribeClientQuotasRequest = try request.decode()
        return request.forward(ifCluster: .describeConfigs) {
            var answer = DescribeClientQuotasResponse()
            answer.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
            answer.entries = nil
            return answer
        }
    }
}

/// AlterClientQuotas (49): `ALTER_CONFIGS` on the cluster. A refusal names every entry.
enum AlterClientQuotasHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: AlterClientQuotasRequest = try request.decode()
        return request.forward(ifCluster: .alterConfigs) {
            var answer = AlterClientQuotasResponse()
            answer.entries = message.entries.map { asked in
                var entry = AlterClientQuotasResponse.EntryData()
                entry.errorCode = KafkaErrorCode.clusterAuthorizationFailed.rawValue
                entry.errorMessage = KafkaErrorCode.clusterAuthorizationFailed.refusalText
                entry.entity = asked.entity.map { asked in
                    var entity = AlterClientQuotasResponse.EntityData()
                    entity.entityType = asked.entityType
                    entity.entityName = asked.entityName
                    return entity
                }
                return entry
            }
            return answer
        }
    }
}
