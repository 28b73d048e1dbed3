/// The variables of the language: a tree by name.
struct VariableSchema: Sendable {
    /// The type of the value here.
    var type: StaticType
    /// The names that may follow. nil: the data decides, any key may be there.
    var fields: [String: VariableSchema]?
    /// The groups that offer the variable; for a node with fields, all groups below it.
    var group: ExpressionPlace.Variables
    /// Whether comparing a missing entry with `==` gives false instead of an error.
    var isData = false

    private static func leaf(_ type: StaticType, _ group: ExpressionPlace.Variables) -> VariableSchema {
        VariableSchema(type: type, fields: nil, group: group)
    }

    private static func data(_ element: StaticType, _ group: ExpressionPlace.Variables) -> VariableSchema {
        VariableSchema(type: .map(element), fields: nil, group: group, isData: true)
    }

    private static func node(_ fields: [String: VariableSchema]) -> VariableSchema {
        VariableSchema(
            type: .map(.any), fields: fields, group: fields.values.reduce(into: []) { $0.formUnion($1.group) })
    }

    private static let schema = node([
        "id": leaf(.number, .recordContent),
        "version": leaf(.number, .recordContent),
        "format": leaf(.string, .recordContent),
        "avro": node(["name": leaf(.string, .recordContent), "namespace": leaf(.string, .recordContent)]),
        "json": node(["title": leaf(.string, .recordContent), "id": leaf(.string, .recordContent)]),
        "metadata": node([
            "properties": leaf(.map(.string), .recordContent),
            "tags": leaf(.map(.array(.string)), .recordContent),
        ]),
    ])

    private static let topic = node(["name": leaf(.string, .topicName)])
    private static let environment = leaf(.map(.string), .vault)

    static let root = node([
        "context": node([
            "auth": node([
                "type": leaf(.string, .identity),
                "principal": node([
                    "name": leaf(.string, .identity),
                    "id": leaf(.string, .principalDetails),
                    "metadata": data(.any, .principalDetails),
                ]),
                "token": node(["claims": data(.any, .claims)]),
            ]),
            "topic": topic,
            "certificate": node([
                "subject": leaf(.map(.string), .certificate),
                "issuer": leaf(.map(.string), .certificate),
                "serialNumber": leaf(.string, .certificate),
                "sans": node([
                    "dns": leaf(.array(.string), .certificate),
                    "uri": leaf(.array(.string), .certificate),
                ]),
            ]),
        ]),
        "record": node([
            "headers": data(.string, .headers),
            "value": node([
                "content": data(.any, .recordContent),
                "validated": leaf(.bool, .recordContent),
                "schema": schema,
            ]),
            "key": node(["schema": schema]),
        ]),
        "vault": node(["env": environment]),
        // Short forms; see ``expansion(of:)``.
        "topic": topic,
        "env": environment,
    ])

    /// What a short form stands for: `topic` is `context.topic`, `env` is `vault.env`.
    static func expansion(of name: String) -> [String] {
        switch name {
        case "topic": ["context", "topic"]
        case "env": ["vault", "env"]
        default: [name]
        }
    }

    /// The full names of the variables a place offers, sorted.
    static func names(offered: ExpressionPlace.Variables) -> [String] {
        func names(_ node: VariableSchema, _ path: String) -> [String] {
            guard !node.group.isDisjoint(with: offered) else { return [] }
            guard let fields = node.fields else { return [path] }
            return fields.sorted { $0.key < $1.key }.flatMap { name, field in
                names(field, path.isEmpty ? name : "\(path).\(name)")
            }
        }
        return names(Self.root, "").filter { !$0.hasPrefix("topic.") && $0 != "env" }
    }

    /// A name near to one that does not exist: the same ending, or few letters apart.
    static func suggestion(for path: String, offered: ExpressionPlace.Variables) -> String? {
        let names = Self.names(offered: offered)
        if let name = names.first(where: { $0.hasSuffix(".\(path)") }) { return name }
        // A selection below `metadata.team` is near to `context.auth.principal.metadata`.
        let parts = path.split(separator: ".")
        for count in stride(from: parts.count - 1, to: 0, by: -1) {
            let head = parts[..<count].joined(separator: ".")
            if let name = names.first(where: { $0.hasSuffix(".\(head)") }) {
                return ([name] + parts[count...].map(String.init)).joined(separator: ".")
            }
        }
        let near = names.map { ($0, editDistance($0, path)) }.min { $0.1 < $1.1 }
        return near.flatMap { $0.1 <= 3 ? $0.0 : nil }
    }
}

/// Letters to insert, remove or replace to get from one text to the other.
func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let replaced = diagonal + (a == b ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[right.count]
}
