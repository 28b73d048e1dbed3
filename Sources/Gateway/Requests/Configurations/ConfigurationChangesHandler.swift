import KafkaProtocol
import Resources

/// AlterConfigs (33) and IncrementalAlterConfigs (44): `ALTER_CONFIGS` on the topic, the group, or (for brokers,
/// loggers and client metrics) the cluster; per resource. Mistakes that are refused for any client are checked before
/// permissions: a resource or setting given twice, a missing value, a broker whose id is no number.
enum ConfigurationChangesHandler<Request: ConfigurationChangesRequest> {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: Request = try request.decode()
        var seen: Set<ConfigurationResource.Key> = []
        let repeated = Set(message.resources.map(\.key).filter { !seen.insert($0).inserted })
        let refused = message.resources.takeRefused { change -> Request.Answer.Row? in
            let refusal = Self.refusal(of: change, isRepeated: repeated.contains(change.key), request.authorizer)
            guard let (code, text) = refusal else { return nil }
            var row = Request.Answer.Row()
            row.errorCode = code.rawValue
            row.errorMessage = text
            row.resourceType = change.resourceType
            row.resourceName = change.resourceName
            return row
        }
        return request.forward(
            message, isEmpty: message.resources.isEmpty, refused: refused, then: Request.plan)
    }

    private static func refusal(
        of change: Request.Change, isRepeated: Bool, _ authorizer: SessionAuthorizer
    ) -> (KafkaErrorCode, String)? {
        if isRepeated { return (.invalidRequest, "Each resource must appear at most once.") }
        let names = change.settingNames
        if names.wireNames.count < names.count { return (.invalidRequest, "A setting is given more than once.") }
        if change.isImpossible { return (.invalidRequest, "This change is not supported here.") }
        guard let known = ConfigurationResource(type: change.resourceType, name: change.resourceName) else {
            return (.invalidRequest, "Unknown resource type \(change.resourceType).")
        }
        if change.resourceType == ConfigurationResource.broker, !change.resourceName.isEmpty,
            Int32(change.resourceName) == nil
        {
            return (.invalidRequest, "A broker's id must be an integer.")
        }
        if authorizer.allows(known.permission(.alterConfigs)) { return nil }
        return (known.refusal, known.refusal.refusalText)
    }
}

protocol ConfigurationChangesRequest: KafkaMessage {
    associatedtype Change: ConfigurationChange
    associatedtype Answer: RowAnswer where Answer.Row: ConfigurationChangeResult

    var resources: [Change] { get set }

    static func plan(_ refused: RefusedRows<Answer>) -> ResponsePlan
}

/// The changes to one resource.
protocol ConfigurationChange {
    var resourceType: Int8 { get }
    var resourceName: String { get }
    var settingNames: [String] { get }
    /// Whether the API cannot make this change for any client.
    var isImpossible: Bool { get }
}

extension ConfigurationChange {
    fileprivate var key: ConfigurationResource.Key { .init(type: self.resourceType, name: self.resourceName) }
}

protocol ConfigurationChangeResult: KafkaStructure {
    var errorCode: Int16 { get set }
    var errorMessage: String? { get set }
    var resourceType: Int8 { get set }
    var resourceName: String { get set }
}
