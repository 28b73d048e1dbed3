import KafkaProtocol

/// The cluster's features and their levels, as ApiVersions announces and UpdateFeatures changes them (KIP-584).
struct FeatureLevels {
    struct Feature: Equatable {
        var name: String
        var supported: ClosedRange<Int16>
        /// The level; 0 when the feature is off.
        var level: Int16
    }

    private(set) var features = [
        Feature(name: "eligible.leader.replicas.version", supported: 0...1, level: 1),
        Feature(name: "group.version", supported: 0...1, level: 1),
        Feature(name: "kraft.version", supported: 0...1, level: 0),
        Feature(name: "metadata.version", supported: 7...30, level: 30),
        Feature(name: "share.version", supported: 0...1, level: 1),
        Feature(name: "transaction.version", supported: 0...2, level: 2),
    ]
    /// Rises with each change.
    private(set) var epoch: Int64 = 0

    init() {}

    /// - Parameter version: The version of the ApiVersions response. Up to 3, features that can be off cannot be shown
    ///   as supported.
    func write(into response: inout ApiVersionsResponse, version: Int16) {
        guard version >= 3 else { return }
        response.supportedFeatures = self.features.filter { version >= 4 || $0.supported.lowerBound > 0 }.map {
            var row = ApiVersionsResponse.SupportedFeatureKey()
            row.name = $0.name
            row.minVersion = $0.supported.lowerBound
            row.maxVersion = $0.supported.upperBound
            return row
        }
        response.finalizedFeaturesEpoch = self.epoch
        response.finalizedFeatures = self.features.filter { $0.level > 0 }.map {
            var row = ApiVersionsResponse.FinalizedFeatureKey()
            row.name = $0.name
            row.minVersionLevel = $0.level
            row.maxVersionLevel = $0.level
            return row
        }
    }

    struct Change {
        var name: String
        var level: Int16
        var mayDowngrade: Bool
    }

    func level(of name: String) -> Int16 {
        self.features.first { $0.name == name }?.level ?? 0
    }

    /// The reason why a level cannot be set; nil when it can.
    func fault(in change: Change) -> TopicFault? {
        let invalid = "Invalid update version \(change.level) for feature \(change.name)."
        guard let feature = self.features.first(where: { $0.name == change.name }) else {
            return TopicFault(code: .invalidUpdateVersion, message: "\(invalid) The feature is not known.")
        }
        guard feature.supported.contains(change.level) else {
            return TopicFault(
                code: .invalidUpdateVersion,
                message: "\(invalid) Supported are \(feature.supported.lowerBound) through "
                    + "\(feature.supported.upperBound).")
        }
        guard change.level >= feature.level || change.mayDowngrade else {
            return TopicFault(
                code: .invalidUpdateVersion,
                message: "\(invalid) Can't downgrade the version of this feature without setting the upgrade type "
                    + "to either safe or unsafe downgrade.")
        }
        return nil
    }

    mutating func apply(_ changes: [Change]) {
        for change in changes {
            guard let index = self.features.firstIndex(where: { $0.name == change.name }) else { continue }
            self.features[index].level = change.level
        }
        self.epoch += 1
    }
}
