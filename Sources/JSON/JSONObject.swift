/// The members of a JSON object, in document order. Names are unique.
package struct JSONObject: Hashable, Sendable {
    package private(set) var keys: [String]
    private var values: [String: JSONValue]

    package init() {
        self.keys = []
        self.values = [:]
    }

    /// Setting keeps the member's place, or adds it at the end; setting nil removes it.
    package subscript(key: String) -> JSONValue? {
        get { self.values[key] }
        set {
            let isKnown = self.values[key] != nil
            self.values[key] = newValue
            switch (isKnown, newValue) {
            case (false, .some): self.keys.append(key)
            case (true, nil): self.keys.removeAll { $0 == key }
            case (true, .some), (false, nil): break
            }
        }
    }

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
        var result = self
        for name in names { result[name] = nil }
        return result
    }

    /// With another value in the same place, or at the end.
    package func setting(_ name: String, _ value: JSONValue) -> JSONObject {
        var result = self
        result[name] = value
        return result
    }
}

extension JSONObject {
    /// The value at a path of member names.
    package subscript(path path: [String]) -> JSONValue? {
        get {
            guard let first = path.first else { return .object(self) }
            if path.count == 1 { return self[first] }
            guard case .object(let below)? = self[first] else { return nil }
            return below[path: Array(path.dropFirst())]
        }
        set {
            guard let first = path.first else { return }
            if path.count == 1 {
                self[first] = newValue
            } else if case .object(var below)? = self[first] {
                below[path: Array(path.dropFirst())] = newValue
                self[first] = .object(below)
            }
        }
    }

    package func string(_ path: String...) -> String? {
        if case .string(let text)? = self[path: path] { return text }
        return nil
    }
}
