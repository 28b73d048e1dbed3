import Foundation

/// Debian's kcat (librdkafka 2.0.2).
enum Kcat {
    static func run(_ arguments: [String], input: String? = nil) async throws -> Completed {
        try await runToEnd("kcat", arguments, input: input)
    }

    /// The cluster as the client was told: `kcat -L`.
    static func metadata(bootstrap: String, options: [String] = []) async throws -> Metadata {
        let result = try await self.run(["-b", bootstrap, "-L", "-J", "-m", "15"] + options)
        guard result.status == 0 else { throw Failure(description: "kcat -L: \(result.errors)") }
        let json = try result.json
        var metadata = Metadata(brokers: [:], topics: [:])
        for broker in json["brokers"].array ?? [] {
            metadata.brokers["\(broker["id"])"] = broker["name"].string ?? ""
        }
        for topic in json["topics"].array ?? [] {
            metadata.topics[topic["topic"].string ?? ""] = topic["partitions"].array?.count ?? 0
        }
        return metadata
    }

    struct Metadata: Equatable {
        /// Node id to `host:port`.
        var brokers: [String: String]
        /// Name to number of partitions.
        var topics: [String: Int]
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }
}
