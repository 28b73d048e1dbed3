import KafkaProtocol

extension AlterConfigsRequest: ConfigurationChangesRequest {
    static func plan(_ refused: RefusedRows<AlterConfigsResponse>) -> ResponsePlan { .alterConfigs(refused) }
}

/// AlterConfigs replaces all settings of the resource: a missing one gets its default. Loggers cannot be changed this
/// way.
extension AlterConfigsRequest.AlterConfigsResource: ConfigurationChange {
    var settingNames: [String] { self.configs.map(\.name) }

    var isImpossible: Bool {
        self.resourceType == ConfigurationResource.loggers || self.configs.contains { $0.value == nil }
    }
}

extension AlterConfigsResponse: RowAnswer {
    typealias Row = AlterConfigsResourceResponse

    var rows: [Row] {
        get { self.responses }
        set { self.responses = newValue }
    }
}

extension AlterConfigsResponse.AlterConfigsResourceResponse: ConfigurationChangeResult {}

extension IncrementalAlterConfigsRequest: ConfigurationChangesRequest {
    static func plan(_ refused: RefusedRows<IncrementalAlterConfigsResponse>) -> ResponsePlan {
        .incrementalAlterConfigs(refused)
    }
}

/// IncrementalAlterConfigs changes the named settings of the resource.
extension IncrementalAlterConfigsRequest.AlterConfigsResource: ConfigurationChange {
    /// The operation that removes a value, and so needs none.
    private static var delete: Int8 { 1 }

    var settingNames: [String] { self.configs.map(\.name) }

    var isImpossible: Bool {
        self.configs.contains { $0.value == nil && $0.configOperation != Self.delete }
    }
}

extension IncrementalAlterConfigsResponse: RowAnswer {
    typealias Row = AlterConfigsResourceResponse

    var rows: [Row] {
        get { self.responses }
        set { self.responses = newValue }
    }
}

extension IncrementalAlterConfigsResponse.AlterConfigsResourceResponse: ConfigurationChangeResult {}
