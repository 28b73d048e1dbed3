import Logging

/// The message and metadata of one line, without texts that look like secrets.
///
/// No part of the program logs secrets on purpose; this catches a secret inside another text.
struct LogFacts {
    static let hidden = "<hidden>"

    var message: String
    /// The metadata by name, including ``Logger/componentKey``.
    var all: [String: String]

    init(_ event: LogEvent, metadata: Logger.Metadata, provider: Logger.MetadataProvider?) {
        var metadata = metadata
        if let provided = provider?.get() { metadata.merge(provided) { _, last in last } }
        if let own = event.metadata { metadata.merge(own) { _, last in last } }
        if let error = event.error, metadata["error"] == nil { metadata["error"] = "\(error)" }
        self.message = Self.clean("\(event.message)")
        self.all = [:]
        for (key, value) in metadata { self.all[key] = Self.isSecret(key) ? Self.hidden : Self.clean("\(value)") }
    }

    private static func isSecret(_ key: String) -> Bool {
        let key = key.lowercased()
        return ["token", "secret", "password", "authorization", "credential"].contains { key.hasSuffix($0) }
    }

    /// Replaces the text after `Bearer`, and signed JSON Web Tokens, which all start with `eyJ`.
    private static func clean(_ text: String) -> String {
        guard text.contains("eyJ") || text.contains("earer ") else { return text }
        return text.replacing(/(?i:bearer )\S+/, with: "Bearer \(Self.hidden)")
            .replacing(/eyJ[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-.]+/, with: Self.hidden)
    }
}
