/// Writes the facts of all APIs: key, name, versions, first flexible version.
struct APITableEmitter {
    private let apis: [Specification]

    init(_ apis: [Specification]) {
        self.apis = apis.sorted { ($0.apiKey ?? 0) < ($1.apiKey ?? 0) }
    }

    func emit() throws(SpecificationError) -> String {
        var out = SwiftEmitter.header
        out += "extension APIKey {\n"
        for api in self.apis {
            out += "    package static let \(api.name.lowerFirst) = APIKey(rawValue: \(api.apiKey ?? 0))\n"
        }
        out += "\n    /// Every API that has a specification, by key.\n    package static let known: [APIKey] = [\n"
        for api in self.apis { out += "        .\(api.name.lowerFirst),\n" }
        out += "    ]\n\n    static func facts(of rawValue: Int16) -> Facts? {\n        switch rawValue {\n"
        for api in self.apis {
            guard let request = api.messages.first, api.messages.map(\.kind) == [.request, .response],
                request.hasVersions(of: api.messages[1])
            else {
                throw SpecificationError(
                    file: api.file, line: 1,
                    message: "an API needs a request and a response, both of the same versions")
            }
            let versions = "\(request.versions.lowerBound)...\(request.versions.upperBound)"
            let firstFlexible = request.firstFlexibleVersion.map(String.init) ?? ".max"
            out += "        case \(api.apiKey ?? 0): "
            out += "Facts(name: \"\(api.name)\", versions: \(versions), firstFlexibleVersion: \(firstFlexible))\n"
        }
        return out + "        default: nil\n        }\n    }\n}\n"
    }
}
