import KafkaProtocol
import NIOCore

/// Kinds of things that have settings, by their numbers in requests.
private enum ConfigResourceType {
    static let topic: Int8 = 2
    static let broker: Int8 = 4
    static let brokerLogger: Int8 = 8
    static let clientMetrics: Int8 = 16
    static let group: Int8 = 32
}

extension Cluster {
    private typealias DescribedConfig = DescribeConfigsResponse.DescribeConfigsResourceResult
    private typealias Synonym = DescribeConfigsResponse.DescribeConfigsSynonym

    // MARK: DescribeConfigs

    func describeConfigs(_ request: DescribeConfigsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeConfigsResponse()
        response.results = request.resources.map { resource in
            var answer = DescribeConfigsResponse.DescribeConfigsResult()
            answer.resourceType = resource.resourceType
            answer.resourceName = resource.resourceName
            answer.errorMessage = ""
            do throws(TopicFault) {
                let configs = try self.configs(
                    of: resource, withSynonyms: request.includeSynonyms,
                    withDocumentation: request.includeDocumentation, context)
                let wanted = Set(resource.configurationKeys ?? [])
                answer.configs = wanted.isEmpty ? configs : configs.filter { wanted.contains($0.name) }
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message ?? ""
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func configs(
        of resource: DescribeConfigsRequest.DescribeConfigsResource, withSynonyms: Bool, withDocumentation: Bool,
        _ context: RequestContext
    ) throws(TopicFault) -> [DescribedConfig] {
        switch resource.resourceType {
        case ConfigResourceType.topic:
            if let fault = TopicName.fault(in: resource.resourceName) {
                throw TopicFault(code: .invalidTopicException, message: fault)
            }
            guard let topic = self.topics[resource.resourceName] else {
                throw TopicFault(code: .unknownTopicOrPartition)
            }
            return TopicConfigs.definitions.map {
                Self.describe($0, in: topic, withSynonyms: withSynonyms, withDocumentation: withDocumentation)
            }
        case ConfigResourceType.broker:
            // An empty name asks for the settings that hold for all brokers: none have been changed.
            if resource.resourceName.isEmpty { return [] }
            guard resource.resourceName == "\(context.nodeID)" else {
                throw TopicFault(
                    code: .invalidRequest,
                    message: "Unexpected broker id, expected \(context.nodeID) or empty string, "
                        + "but received \(resource.resourceName)")
            }
            return TopicConfigs.brokerSettings(
                of: context.nodeID, autoCreateTopics: self.configuration.autoCreateTopics
            ).map { setting in
                var config = DescribedConfig()
                config.name = setting.name
                config.value = setting.value
                config.readOnly = true
                config.configSource = 4
                config.configType = setting.kind.wireValue
                if withSynonyms { config.synonyms = [Self.synonym(setting.name, setting.value, source: 4)] }
                return config
            }
        case ConfigResourceType.brokerLogger, ConfigResourceType.clientMetrics, ConfigResourceType.group:
            return []
        default:
            throw TopicFault(
                code: .invalidRequest, message: "Unsupported resource type: \(resource.resourceType)")
        }
    }

    private static func describe(
        _ definition: TopicConfigs.Definition, in topic: Topic, withSynonyms: Bool, withDocumentation: Bool
    ) -> DescribedConfig {
        let own = topic.configs[definition.name]
        var config = DescribedConfig()
        config.name = definition.name
        config.value = own ?? definition.defaultValue
        config.configSource = own == nil ? 5 : 1
        config.configType = definition.kind.wireValue
        if withSynonyms {
            if let own { config.synonyms.append(Self.synonym(definition.name, own, source: 1)) }
            if let name = definition.brokerSynonym {
                config.synonyms.append(Self.synonym(name, definition.defaultValue, source: 5))
            }
        }
        if withDocumentation {
            config.documentation =
                definition.name == TopicConfigs.maximumMessageBytes
                ? "The largest record batch that may be appended, in bytes."
                : "Kept and shown by the sandbox, without effect."
        }
        return config
    }

    private static func synonym(_ name: String, _ value: String, source: Int8) -> Synonym {
        var synonym = Synonym()
        synonym.name = name
        synonym.value = value
        synonym.source = source
        return synonym
    }

    // MARK: IncrementalAlterConfigs

    func incrementalAlterConfigs(
        _ request: IncrementalAlterConfigsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var response = IncrementalAlterConfigsResponse()
        response.responses = request.resources.map { resource in
            var answer = IncrementalAlterConfigsResponse.AlterConfigsResourceResponse()
            answer.resourceType = resource.resourceType
            answer.resourceName = resource.resourceName
            do throws(TopicFault) {
                guard resource.resourceType == ConfigResourceType.topic else {
                    throw TopicFault(
                        code: .invalidRequest, message: "The sandbox alters the configuration of topics only.")
                }
                let configs = try self.altered(resource)
                if !request.validateOnly { self.topics.setConfigs(of: resource.resourceName, to: configs) }
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func altered(
        _ resource: IncrementalAlterConfigsRequest.AlterConfigsResource
    ) throws(TopicFault) -> [String: String] {
        guard let topic = self.topics[resource.resourceName] else {
            throw TopicFault(
                code: .unknownTopicOrPartition, message: "The topic '\(resource.resourceName)' does not exist.")
        }
        var configs = topic.configs
        for change in resource.configs {
            guard let definition = TopicConfigs.definition(of: change.name) else {
                throw TopicFault(code: .invalidConfig, message: "Unknown topic config name: \(change.name)")
            }
            let current = configs[change.name] ?? definition.defaultValue
            switch (change.configOperation, change.value) {
            case (0, let value?):
                configs[change.name] = value
            case (1, _):
                configs[change.name] = nil
                continue
            case (2, let value?), (3, let value?):
                guard case .list = definition.kind else {
                    throw TopicFault(
                        code: .invalidConfig,
                        message: "Config value append is not allowed for config key: \(change.name)")
                }
                var parts = current.split(separator: ",").map(String.init)
                let changed = value.split(separator: ",").map(String.init)
                parts.removeAll(where: changed.contains)
                if change.configOperation == 2 { parts += changed }
                configs[change.name] = parts.joined(separator: ",")
            default:
                throw TopicFault(
                    code: .invalidRequest,
                    message: "Cannot carry out operation \(change.configOperation) on \(change.name).")
            }
            if let fault = TopicConfigs.fault(in: change.name, value: configs[change.name] ?? "") {
                throw TopicFault(code: .invalidConfig, message: fault)
            }
        }
        return configs
    }
}
