/// The members of a JSON object, in document order. Names are unique.
package struct JSONObject: Equatable, Sendable {
    package private(set) var keys: [String]
    private var values: [String: JSONValue]

    package init() {
        self.keys = []
        self.values = [:]
    }

    package subscript(key: String) -> JSONValue? { self.values[key] }

    /// - Returns: false when the name is taken; nothing changes then.
    package mutating func insert(_ value: JSONValue, forKey key: String) -> Bool {
        guard self.values[key] == nil else { return false }
        self.values[key] = value
        self.keys.append(key)
        return true
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// The first of equal names stays.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (key, value) in elements { _ = self.insert(value, forKey: key) }
    }
}

extension JSONObject {
    package func without(_ names: String...) -> JSONObject {
        var result = JSONObject()
        for key in self.keys where !names.contains(key) {
            if let value = self[key] { _ = result.insert(value, forKey: key) }
        }
        return result
    }

    /// With another value in the same place, or at the end.
    package func setting(_ name: String, _ value: JSONValue) -> JSONObject {
        var result = JSONObject()
        for key in self.keys { _ = result.insert(key == name ? value : self[key] ?? .null, forKey: key) }
        _ = result.insert(value, forKey: name)
        return result
    }

    package func string(_ name: String) -> String? {
        if case .string(let text) = self[name] { return text }
        return nil
    }
}
