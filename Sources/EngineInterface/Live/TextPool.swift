import Resources

/// Texts of the same bytes share their memory: what is listed by the thousand repeats its principals, listeners and sentences.
package struct TextPool: Sendable {
    private static let maximumTexts = 20_000

    private var known: Set<WireName> = []

    package init() {}

    package mutating func shared(_ text: String) -> String {
        // Up to 15 bytes lie in the string itself.
        if text.utf8.count <= 15 { return text }
        if self.known.count >= Self.maximumTexts { self.known = [] }
        return self.known.insert(WireName(text)).memberAfterInsert.text
    }

    package mutating func shared(_ record: DecisionRecord) -> DecisionRecord {
        var record = record
        record.gateway = self.shared(record.gateway)
        record.virtualCluster = self.shared(record.virtualCluster)
        record.principal = self.shared(record.principal)
        record.authentication = record.authentication.map { self.shared($0) }
        record.remoteAddress = record.remoteAddress.map { self.shared($0) }
        record.clientID = record.clientID.map { self.shared($0) }
        record.api = self.shared(record.api)
        record.resourceName = self.shared(record.resourceName)
        record.rule = self.shared(record.rule)
        record.reason = self.shared(record.reason)
        return record
    }

    package mutating func shared(_ connection: ConnectionView) -> ConnectionView {
        var connection = connection
        connection.gateway = self.shared(connection.gateway)
        connection.listener = self.shared(connection.listener)
        connection.virtualCluster = connection.virtualCluster.map { self.shared($0) }
        connection.principal = connection.principal.map { self.shared($0) }
        connection.authentication = connection.authentication.map { self.shared($0) }
        connection.clientID = connection.clientID.map { self.shared($0) }
        connection.clientSoftwareName = connection.clientSoftwareName.map { self.shared($0) }
        connection.clientSoftwareVersion = connection.clientSoftwareVersion.map { self.shared($0) }
        connection.upstream = connection.upstream.map { self.shared($0) }
        return connection
    }
}
