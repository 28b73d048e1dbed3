import KafkaProtocol
import NIOCore

extension Cluster {
    private typealias DescribedConfig = DescribeConfigsResponse.DescribeConfigsResourceResult
    private typealias Synonym = DescribeConfigsResponse.DescribeConfigsSynonym

    /// The source of a value, in DescribeConfigs.
    private enum Source {
        static let allBrokers: Int8 = 3
        static let fixedBroker: Int8 = 4
        static let standard: Int8 = 5
    }

    // MARK: DescribeConfigs

    func describeConfigs(_ request: DescribeConfigsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeConfigsResponse()
        response.results = request.resources.map { asked in
            var answer = DescribeConfigsResponse.DescribeConfigsResult()
            answer.resourceType = asked.resourceType
            answer.resourceName = asked.resourceName
            answer.errorMessage = ""
            do throws(TopicFault) {
                let resource = try self.resource(asked.resourceType, asked.resourceName, for: .describeConfigs)
                var configs = try self.described(resource, context)
                if let wanted = asked.configurationKeys.map({ Set($0) }), !wanted.isEmpty {
                    configs.removeAll { !wanted.contains($0.name) }
                }
                for index in configs.indices {
                    if !request.includeSynonyms { configs[index].synonyms = [] }
                    if request.includeDocumentation {
                        configs[index].documentation = Self.documentation(of: configs[index].name)
                    }
                }
                answer.configs = configs
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message ?? ""
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func resource(
        _ type: Int8, _ name: String, for operation: Authorizer.Operation
    ) throws(TopicFault) -> ConfigResource {
        guard let kind = ConfigResource.Kind(rawValue: type) else {
            throw TopicFault(code: .invalidRequest, message: "Unsupported resource type: \(type)")
        }
        let refusal =
            switch kind {
            case .topic: self.refusal(of: operation, .topic, name)
            case .group: self.refusal(of: operation, .group, name)
            case .broker, .brokerLogger, .clientMetrics: self.refusal(of: operation, .cluster)
            }
        if let refusal { throw TopicFault(code: refusal) }
        return ConfigResource(kind: kind, name: name)
    }

    /// All settings of a resource, each with all its details.
    private func described(
        _ resource: ConfigResource, _ context: RequestContext
    ) throws(TopicFault) -> [DescribedConfig] {
        let own = try self.ownConfigs(of: resource, context)
        let source = resource.kind.ownSource
        switch resource.kind {
        case .topic:
            return TopicConfigs.definitions.map { self.describe($0, own: own[$0.name]) }
        case .broker:
            let forAll = self.settings[ClusterSettings.allBrokers]
            // For all brokers together there are only the settings that have been changed.
            if resource.name.isEmpty {
                return forAll.sorted { $0.key < $1.key }.map { name, value in
                    Self.describe(name, value, source: Source.allBrokers, of: BrokerConfigs.definition(of: name))
                }
            }
            let fixed = BrokerConfigs.fixed(nodeID: context.nodeID, configuration: self.configuration).map {
                var config = Self.describe($0.name, $0.defaultValue, source: Source.fixedBroker, of: $0)
                config.readOnly = true
                return config
            }
            let names = Set(BrokerConfigs.dynamic.map(\.name)).union(own.keys).union(forAll.keys)
            let dynamic = names.map { name in
                let definition = BrokerConfigs.definition(of: name)
                if let value = own[name] { return Self.describe(name, value, source: source, of: definition) }
                if let value = forAll[name] {
                    return Self.describe(name, value, source: Source.allBrokers, of: definition)
                }
                return Self.describe(
                    name, definition?.defaultValue ?? "", source: Source.standard, of: definition)
            }
            return (fixed + dynamic).sorted { $0.name < $1.name }
        case .brokerLogger:
            return BrokerConfigs.loggers.map { name in
                Self.describe(name, own[name] ?? "INFO", source: source, of: nil)
            }
        case .clientMetrics, .group:
            let definitions =
                resource.kind == .group ? GroupConfigs.definitions : ClientMetricsConfigs.definitions
            return definitions.map { definition in
                Self.describe(
                    definition.name, own[definition.name] ?? definition.defaultValue,
                    source: own[definition.name] == nil ? Source.standard : source, of: definition)
            }
        }
    }

    /// A topic's setting, with the broker setting behind it.
    private func describe(_ definition: ConfigDefinition, own: String?) -> DescribedConfig {
        let ofBrokers = self.topics.configDefaults[definition.name]
        var config = Self.describe(
            definition.name, own ?? ofBrokers ?? definition.defaultValue,
            source: own != nil
                ? ConfigResource.Kind.topic.ownSource : ofBrokers != nil ? Source.allBrokers : Source.standard,
            of: definition)
        config.synonyms = []
        if let own {
            config.synonyms.append(
                Self.synonym(definition.name, own, source: ConfigResource.Kind.topic.ownSource))
        }
        if let name = definition.brokerSynonym {
            if let ofBrokers { config.synonyms.append(Self.synonym(name, ofBrokers, source: Source.allBrokers)) }
            config.synonyms.append(Self.synonym(name, definition.defaultValue, source: Source.standard))
        }
        return config
    }

    private static func describe(
        _ name: String, _ value: String, source: Int8, of definition: ConfigDefinition?
    ) -> DescribedConfig {
        var config = DescribedConfig()
        config.name = name
        config.value = value
        config.configSource = source
        config.isDefault = source == Source.standard
        config.configType = definition?.kind.wireValue ?? 0
        config.synonyms = [Self.synonym(name, value, source: source)]
        config.documentation = nil
        return config
    }

    private static func synonym(_ name: String, _ value: String, source: Int8) -> Synonym {
        var synonym = Synonym()
        synonym.name = name
        synonym.value = value
        synonym.source = source
        return synonym
    }

    private static func documentation(of name: String) -> String {
        switch name {
        case TopicConfigs.maximumMessageBytes, "message.max.bytes":
            "The largest record batch that may be appended, in bytes."
        case TopicConfigs.retentionBytes, "log.retention.bytes":
            "Oldest batches are dropped while a partition holds more bytes than this; -1: as many as there is room for."
        case TopicConfigs.retentionTime, "log.retention.ms":
            "Batches are dropped when their newest record is older than this many milliseconds; -1: never."
        case TopicConfigs.cleanupPolicy, "log.cleanup.policy":
            "Whether retention drops batches: it does where the policy names 'delete'. Where it names 'compact', records "
                + "need keys; nothing is compacted."
        case TopicConfigs.minimumInSyncReplicas:
            "How many replicas must be in sync for a producer with acks=all to append."
        case TopicConfigs.timestampType, "log.message.timestamp.type":
            "Whether records keep the producer's time (CreateTime) or get the broker's (LogAppendTime)."
        case GroupConfigs.heartbeatInterval: "How often members of the group are to be heard of, in milliseconds."
        case GroupConfigs.sessionTimeout: "After how many milliseconds without a word a member counts as gone."
        default: "Kept and shown by the sandbox, without effect."
        }
    }

    // MARK: Reading and writing

    /// The settings of a resource that differ from the defaults.
    ///
    /// - Throws: When there is no such resource, or another broker has to be asked.
    private func ownConfigs(of resource: ConfigResource, _ context: RequestContext) throws(TopicFault) -> [String:
        String]
    {
        switch resource.kind {
        case .topic:
            if let fault = TopicName.fault(in: resource.name) {
                throw TopicFault(code: .invalidTopicException, message: fault)
            }
            guard let topic = self.topics[resource.name] else { throw TopicFault(code: .unknownTopicOrPartition) }
            return topic.configs
        case .broker, .brokerLogger:
            let mayBeEmpty = resource.kind == .broker
            guard resource.name == "\(context.nodeID)" || (mayBeEmpty && resource.name.isEmpty) else {
                throw TopicFault(
                    code: .invalidRequest,
                    message: "Unexpected broker id, expected \(context.nodeID)\(mayBeEmpty ? " or empty string" : ""), "
                        + "but received \(resource.name)")
            }
            return self.settings[resource]
        case .clientMetrics:
            guard !resource.name.isEmpty else {
                throw TopicFault(code: .invalidRequest, message: "Client metrics subscription name must not be empty")
            }
            return self.settings[resource]
        case .group:
            guard !resource.name.isEmpty else {
                throw TopicFault(code: .invalidRequest, message: "Group name must not be empty")
            }
            return self.groups.configs[resource.name] ?? [:]
        }
    }

    private func setConfigs(of resource: ConfigResource, to configs: [String: String]) {
        switch resource.kind {
        case .topic: self.topics.setConfigs(of: resource.name, to: configs)
        case .group: self.groups.configs[resource.name] = configs.isEmpty ? nil : configs
        case .broker, .brokerLogger, .clientMetrics:
            self.settings.set(configs, of: resource)
            self.topics.configDefaults = self.settings.topicDefaults
        }
    }

    /// - Throws: When a setting is missing that brokers with eligible leader replicas need.
    private func checkWhole(_ configs: [String: String], of resource: ConfigResource) throws(TopicFault) {
        guard resource == ClusterSettings.allBrokers, configs[TopicConfigs.minimumInSyncReplicas] == nil,
            self.features.level(of: "eligible.leader.replicas.version") > 0
        else { return }
        throw TopicFault(
            code: .invalidConfig,
            message: "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.")
    }

    /// The definition of a setting that may be changed; nil for an unknown one of a broker, which is kept as it is.
    private func definition(
        of name: String, in resource: ConfigResource, _ context: RequestContext
    ) throws(TopicFault) -> ConfigDefinition? {
        let definition: ConfigDefinition?
        switch resource.kind {
        case .topic: definition = TopicConfigs.definition(of: name)
        case .broker:
            let fixed = BrokerConfigs.fixed(nodeID: context.nodeID, configuration: self.configuration)
            if fixed.contains(where: { $0.name == name }) {
                throw TopicFault(
                    code: .invalidRequest, message: "Cannot update these configs dynamically: Set(\(name))")
            }
            return BrokerConfigs.definition(of: name)
        case .brokerLogger:
            guard BrokerConfigs.loggers.contains(name) else {
                throw TopicFault(code: .invalidConfig, message: "Logger \(name) does not exist!")
            }
            return ConfigDefinition(
                name: name, kind: .string(allowed: BrokerConfigs.logLevels), defaultValue: "INFO")
        case .clientMetrics: definition = ClientMetricsConfigs.definitions.first { $0.name == name }
        case .group: definition = GroupConfigs.definitions.first { $0.name == name }
        }
        guard let definition else {
            let kind =
                switch resource.kind {
                case .topic: "topic"
                case .clientMetrics: "client metrics"
                case .broker, .brokerLogger, .group: "group"
                }
            throw TopicFault(code: .invalidConfig, message: "Unknown \(kind) config name: \(name)")
        }
        return definition
    }

    /// - Throws: When a request may not change the resource, with a broker's message.
    private func alterable(
        _ type: Int8, _ name: String, _ context: RequestContext
    ) throws(TopicFault) -> (resource: ConfigResource, own: [String: String]) {
        let resource = try self.resource(type, name, for: .alterConfigs)
        if resource.kind == .topic, TopicName.fault(in: name) == nil, self.topics[name] == nil {
            throw TopicFault(code: .unknownTopicOrPartition, message: "The topic '\(name)' does not exist.")
        }
        return (resource, try self.ownConfigs(of: resource, context))
    }

    // MARK: IncrementalAlterConfigs

    func incrementalAlterConfigs(
        _ request: IncrementalAlterConfigsRequest, _ context: RequestContext
    ) -> RequestOutcome {
        var response = IncrementalAlterConfigsResponse()
        response.responses = request.resources.map { asked in
            var answer = IncrementalAlterConfigsResponse.AlterConfigsResourceResponse()
            answer.resourceType = asked.resourceType
            answer.resourceName = asked.resourceName
            answer.errorMessage = nil
            do throws(TopicFault) {
                let target = try self.alterable(asked.resourceType, asked.resourceName, context)
                guard Set(asked.configs.map(\.name)).count == asked.configs.count else {
                    throw TopicFault(code: .invalidRequest, message: "Error due to duplicate config keys")
                }
                var configs = target.own
                for change in asked.configs { try self.apply(change, to: &configs, of: target.resource, context) }
                try self.checkWhole(configs, of: target.resource)
                if !request.validateOnly { self.setConfigs(of: target.resource, to: configs) }
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    private func apply(
        _ change: IncrementalAlterConfigsRequest.AlterableConfig, to configs: inout [String: String],
        of resource: ConfigResource, _ context: RequestContext
    ) throws(TopicFault) {
        let name = change.name
        let definition = try self.definition(of: name, in: resource, context)
        switch (change.configOperation, change.value) {
        case (0, let value?):
            configs[name] = value
        case (1, _):
            configs[name] = nil
            return
        case (2, let value?), (3, let value?):
            guard case .list = definition?.kind else {
                throw TopicFault(
                    code: .invalidConfig, message: "Config value append is not allowed for config key: \(name)")
            }
            let current = configs[name] ?? definition?.defaultValue ?? ""
            var parts = current.split(separator: ",").map(String.init)
            let changed = value.split(separator: ",").map(String.init)
            parts.removeAll(where: changed.contains)
            if change.configOperation == 2 { parts += changed }
            configs[name] = parts.joined(separator: ",")
        default:
            throw TopicFault(
                code: .invalidRequest,
                message: "Cannot carry out operation \(change.configOperation) on \(name).")
        }
        if let fault = Self.fault(in: configs[name] ?? "", of: name, definition) {
            throw TopicFault(code: .invalidConfig, message: fault)
        }
    }

    private static func fault(in value: String, of name: String, _ definition: ConfigDefinition?) -> String? {
        let definition = definition ?? ConfigDefinition(name: name, kind: .string(allowed: nil), defaultValue: "")
        return definition.fault(in: value)
    }

    // MARK: AlterConfigs

    /// The older form: settings that are not named go back to their defaults.
    func alterConfigs(_ request: AlterConfigsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = AlterConfigsResponse()
        response.responses = request.resources.map { asked in
            var answer = AlterConfigsResponse.AlterConfigsResourceResponse()
            answer.resourceType = asked.resourceType
            answer.resourceName = asked.resourceName
            answer.errorMessage = nil
            do throws(TopicFault) {
                guard asked.resourceType != ConfigResource.Kind.brokerLogger.rawValue else {
                    throw TopicFault(
                        code: .invalidRequest,
                        message: "AlterConfigs does not work for broker loggers: use IncrementalAlterConfigs.")
                }
                let resource = try self.alterable(asked.resourceType, asked.resourceName, context).resource
                var configs: [String: String] = [:]
                for config in asked.configs {
                    guard let value = config.value else {
                        throw TopicFault(
                            code: .invalidConfig, message: "Null value not supported for config: \(config.name)")
                    }
                    let definition = try self.definition(of: config.name, in: resource, context)
                    if let fault = Self.fault(in: value, of: config.name, definition) {
                        throw TopicFault(code: .invalidConfig, message: fault)
                    }
                    configs[config.name] = value
                }
                try self.checkWhole(configs, of: resource)
                if !request.validateOnly { self.setConfigs(of: resource, to: configs) }
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    // MARK: ListConfigResources

    func listConfigResources(_ request: ListConfigResourcesRequest, _ context: RequestContext) -> RequestOutcome {
        var response = ListConfigResourcesResponse()
        if let refusal = self.refusal(of: .describeConfigs, .cluster) {
            response.errorCode = refusal.rawValue
            return .answer(context.frame { response.encode(into: &$0, version: context.version) })
        }
        let types: [Int8] =
            context.version == 0
            ? [ConfigResource.Kind.clientMetrics.rawValue]
            : request.resourceTypes.isEmpty ? [2, 4, 8, 16, 32] : request.resourceTypes
        for type in Set(types).sorted() {
            guard let kind = ConfigResource.Kind(rawValue: type) else {
                response.errorCode = KafkaErrorCode.unsupportedVersion.rawValue
                response.configResources = []
                break
            }
            let names: [String] =
                switch kind {
                case .topic: self.topics.sortedNames
                case .broker, .brokerLogger: self.liveNodes.map { "\($0.id)" }
                case .clientMetrics: self.settings.names(of: .clientMetrics)
                case .group: self.groups.configs.keys.sorted()
                }
            response.configResources += names.map { name in
                var resource = ListConfigResourcesResponse.ConfigResource()
                resource.resourceName = name
                resource.resourceType = type
                return resource
            }
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}
