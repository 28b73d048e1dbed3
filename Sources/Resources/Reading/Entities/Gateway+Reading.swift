import JSON

extension Gateway {
    /// Releases of the resource model that a gateway may be pinned to, oldest first.
    package static let runtimeVersions = ["1.0", "1.1", "1.2"]

    /// Reads the body of a create call.
    package init?(reading reader: BodyReader, stamp: EntityStamp) {
        let name = reader["name"].string(.entityName)
        let description = reader["description"].ifPresent.flatMap { $0.string(.description) } ?? ""
        let version = reader["min_runtime_version"].ifPresent.flatMap(Self.runtimeVersion) ?? Self.runtimeVersions.last
        let labels = reader["labels"].ifPresent.flatMap { $0.labels() } ?? [:]
        guard let name, let version else { return nil }
        self.init(
            id: stamp.id, name: name, description: description, minRuntimeVersion: version, labels: labels,
            createdAt: stamp.createdAt, updatedAt: stamp.updatedAt)
    }

    /// Reads the body of a replace or patch call: what is absent stays. Only a patch may clear a field with null.
    package func changed(reading reader: BodyReader, isPatch: Bool) -> Gateway {
        func field(_ name: String) -> FieldReader? {
            isPatch && reader[name].value == .null ? nil : reader[name].ifPresent
        }
        var gateway = self
        if let name = reader["name"].ifPresent { gateway.name = name.string(.entityName) ?? gateway.name }
        if isPatch, reader["description"].value == .null { gateway.description = "" }
        if isPatch, reader["labels"].value == .null { gateway.labels = [:] }
        if let field = field("description") { gateway.description = field.string(.description) ?? "" }
        if let field = field("labels") { gateway.labels = field.labels() ?? [:] }
        if let field = field("min_runtime_version"), let version = Self.runtimeVersion(field) {
            if self.isNewer(than: version) {
                field.report(.invalid, "cannot go back from [\(self.minRuntimeVersion)] to [\(version)]")
            }
            gateway.minRuntimeVersion = version
        }
        return gateway
    }

    /// - Parameter version: one of ``runtimeVersions``.
    package func supports(_ version: String) -> Bool {
        !Self.isOlder(self.minRuntimeVersion, than: version)
    }

    private func isNewer(than version: String) -> Bool { Self.isOlder(version, than: self.minRuntimeVersion) }

    private static func isOlder(_ version: String, than other: String) -> Bool {
        guard let index = self.runtimeVersions.firstIndex(of: version),
            let otherIndex = self.runtimeVersions.firstIndex(of: other)
        else { return false }
        return index < otherIndex
    }

    private static func runtimeVersion(_ field: FieldReader) -> String? {
        guard
            let version = field.string(
                .form("must be two numbers with a dot between, such as 1.1") { text in
                    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
                    return parts.count == 2
                        && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
                })
        else { return nil }
        guard self.runtimeVersions.contains(version) else {
            let known = self.runtimeVersions.joined(separator: ", ")
            field.report(.invalid, "no release [\(version)]; there are \(known)")
            return nil
        }
        return version
    }
}
