import KafkaProtocol
import NIOCore

extension Cluster {
    // MARK: DescribeClientQuotas

    func describeClientQuotas(_ request: DescribeClientQuotasRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeClientQuotasResponse()
        do throws(TopicFault) {
            if let refusal = self.refusal(of: .describeConfigs, .cluster) { throw TopicFault(code: refusal) }
            let filter = try Self.filter(request.components)
            response.errorMessage = ""
            response.entries = self.quotas.matching(filter, strict: request.strict).map { quota in
                var entry = DescribeClientQuotasResponse.EntryData()
                entry.entity = quota.entity.sorted { $0.key < $1.key }.map { type, name in
                    var entity = DescribeClientQuotasResponse.EntityData()
                    entity.entityType = type
                    entity.entityName = name
                    return entity
                }
                entry.values = quota.values.sorted { $0.key < $1.key }.map { key, value in
                    var data = DescribeClientQuotasResponse.ValueData()
                    data.key = key
                    data.value = value
                    return data
                }
                return entry
            }
        } catch {
            response.errorCode = error.code.rawValue
            response.errorMessage = error.message
            response.entries = nil
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private static func filter(
        _ components: [DescribeClientQuotasRequest.ComponentData]
    ) throws(TopicFault) -> [String: ClientQuotas.Match] {
        var filter: [String: ClientQuotas.Match] = [:]
        for component in components {
            let type = component.entityType
            guard !type.isEmpty else {
                throw TopicFault(code: .invalidRequest, message: "Unexpected empty entity type")
            }
            guard filter[type] == nil else {
                throw TopicFault(code: .invalidRequest, message: "Entity type \(type) cannot appear more than once")
            }
            guard ClientQuotas.isKnown(type) else {
                throw TopicFault(code: .unsupportedVersion, message: "Unsupported entity type \(type)")
            }
            switch (component.matchType, component.match) {
            case (0, let name?): filter[type] = .exactly(name)
            case (1, nil): filter[type] = .standard
            case (2, nil): filter[type] = .any
            default:
                throw TopicFault(
                    code: .invalidRequest, message: "Request specified a match that does not go with its match type")
            }
        }
        return filter
    }

    // MARK: AlterClientQuotas

    func alterClientQuotas(_ request: AlterClientQuotasRequest, _ context: RequestContext) -> RequestOutcome {
        var response = AlterClientQuotasResponse()
        response.entries = request.entries.map { entry in
            var answer = AlterClientQuotasResponse.EntryData()
            answer.entity = entry.entity.map { asked in
                var entity = AlterClientQuotasResponse.EntityData()
                entity.entityType = asked.entityType
                entity.entityName = asked.entityName
                return entity
            }
            let refusal = self.refusal(of: .alterConfigs, .cluster).map { TopicFault(code: $0) }
            let fault =
                refusal
                ?? ClientQuotas.fault(
                    in: entry.entity.map { ($0.entityType, $0.entityName) },
                    keys: entry.ops.map { ($0.key, $0.remove ? nil : $0.value) })
            answer.errorCode = fault?.code.rawValue ?? 0
            answer.errorMessage = fault?.message
            if fault == nil, !request.validateOnly {
                let entity = Dictionary(
                    entry.entity.map { ($0.entityType, $0.entityName) }, uniquingKeysWith: { $1 })
                for change in entry.ops {
                    self.quotas.set(change.key, to: change.remove ? nil : change.value, of: entity)
                }
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
