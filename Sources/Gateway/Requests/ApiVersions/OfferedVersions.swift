import KafkaProtocol

/// The versions that clients of one broker are offered: those that the broker has and the gateway decodes and
/// authorizes.
struct OfferedVersions: Equatable, Sendable {
    typealias Offer = ApiVersionsResponse.ApiVersion

    /// The offers in the order of their keys.
    let offers: [Offer]
    /// The versions that may be evaluated, by API key. Produce is also offered in earlier versions, which even the
    /// broker refuses.
    private let accepted: [ClosedRange<Int16>?]

    /// - Parameters:
    ///   - backend: The backend's own answer; nil when it is not known, so that only the gateway's own APIs are
    ///     offered.
    ///   - enforcesACLs: Whether the names of topic ids have to be known.
    init(backend: ApiVersionsResponse?, enforcesACLs: Bool) {
        var theirs: [Int16: ClosedRange<Int16>] = [:]
        for row in backend?.apiKeys ?? [] where row.minVersion <= row.maxVersion {
            theirs[row.apiKey] = row.minVersion...row.maxVersion
        }
        let metadata = theirs[APIKey.metadata.rawValue]?.upperBound ?? -1
        let tellsNames = !enforcesACLs || metadata >= TopicQuestion.ids([]).minimumVersion
        var offers: [Offer] = []
        var accepted = [ClosedRange<Int16>?](repeating: nil, count: APITable.keys)
        for row in APITable.rows {
            let key = row.api.rawValue
            guard let versions = Self.accepted(row, theirs[key], enforcesACLs: enforcesACLs, tellsNames: tellsNames)
            else { continue }
            accepted[Int(key)] = versions
            var offer = Offer()
            offer.apiKey = key
            offer.minVersion = versions.lowerBound
            offer.maxVersion = min(versions.upperBound, row.lastOffered ?? versions.upperBound)
            // Without version 0 of Produce, older librdkafka gives up compression. A broker offers it, and refuses it too.
            if row.api == .produce, let lowest = theirs[key]?.lowerBound { offer.minVersion = lowest }
            offers.append(offer)
        }
        self.offers = offers
        self.accepted = accepted
    }

    /// Whether a request may be evaluated. A broker closes the connection of one that may not.
    func contains(_ api: APIKey, version: Int16) -> Bool {
        self.accepted(api)?.contains(version) ?? false
    }

    /// The Metadata version to ask with; nil when the backend cannot be asked.
    func metadataVersion(for question: TopicQuestion) -> Int16? {
        guard let versions = self.accepted(.metadata), versions.upperBound >= question.minimumVersion
        else { return nil }
        return versions.upperBound
    }

    private func accepted(_ api: APIKey) -> ClosedRange<Int16>? {
        let key = Int(api.rawValue)
        return self.accepted.indices.contains(key) ? self.accepted[key] : nil
    }

    private static func accepted(
        _ row: APIRow, _ backend: ClosedRange<Int16>?, enforcesACLs: Bool, tellsNames: Bool
    ) -> ClosedRange<Int16>? {
        guard !row.isAnsweredHere(enforcing: enforcesACLs) else { return row.versions }
        guard let backend else { return nil }
        let lowest = max(row.versions.lowerBound, backend.lowerBound)
        var highest = min(row.versions.upperBound, backend.upperBound)
        if let idsFrom = row.idsFrom, !tellsNames { highest = min(highest, idsFrom - 1) }
        return lowest <= highest ? lowest...highest : nil
    }
}
