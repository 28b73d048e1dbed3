import GatewayModel
import KafkaProtocol

/// Judges the resources of a request that changes configurations, in the order of a broker: what is wrong for anyone
/// before what one client may not.
struct ConfigurationChanges {
    struct Resource: Hashable {
        var type: Int8
        var name: String

        init(_ type: Int8, _ name: String) {
            self.type = type
            self.name = name
        }
    }

    struct Refusal {
        var code: KafkaErrorCode
        var text: String
    }

    private var repeated: Set<Resource> = []

    init(_ all: some Sequence<Resource>) {
        var seen: Set<Resource> = []
        for resource in all where !seen.insert(resource).inserted { self.repeated.insert(resource) }
    }

    /// - Parameters:
    ///   - keys: names of the settings to change.
    ///   - isWrong: whether the API cannot change this for anyone.
    /// - Returns: nil when the change may go on.
    func refusal(
        of resource: Resource, keys: some Collection<String>, isWrong: Bool, _ authorizer: SessionAuthorizer
    ) -> Refusal? {
        if self.repeated.contains(resource) {
            return Refusal(code: .invalidRequest, text: "Each resource must appear at most once.")
        }
        if Set(keys).count < keys.count {
            return Refusal(code: .invalidRequest, text: "A setting is given more than once.")
        }
        if isWrong { return Refusal(code: .invalidRequest, text: "This change is not supported here.") }
        guard let known = ConfigurationResource(type: resource.type, name: resource.name) else {
            return Refusal(code: .invalidRequest, text: "Unknown resource type \(resource.type).")
        }
        if resource.type == ConfigurationResource.broker, !resource.name.isEmpty, Int32(resource.name) == nil {
            return Refusal(code: .invalidRequest, text: "A broker's id must be an integer.")
        }
        if authorizer.allows(known.permission(.alterConfigs)) { return nil }
        return Refusal(code: known.refusal, text: known.refusal.refusalText)
    }
}
