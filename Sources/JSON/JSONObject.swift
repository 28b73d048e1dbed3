/// The members of a JSON object, in document order. Names are unique.
///
/// Most objects have few members, which are searched one by one. A larger object keeps a table of hashes beside them,
/// so that a hostile object takes no more time than a dictionary, and about its memory.
package struct JSONObject: Sendable {
    private struct Member: Sendable {
        let name: String
        var value: JSONValue
    }

    /// The largest object without a table.
    private static let maximumSearched = 16

    private var members: [Member] = []
    /// An open-addressing table of positions in `members`, each plus one; zero is a free slot. Its size is a power of
    /// two, and at least a quarter of it is free. Empty while the members are searched.
    private var table: [UInt32] = []

    package init() {}

    /// - Parameter members: with names that all differ.
    package init(uniqueMembers members: some Sequence<(key: String, value: JSONValue)>) {
        for (name, value) in members { self.append(name, value) }
    }

    package var keys: [String] { self.members.map(\.name) }
    package var count: Int { self.members.count }

    /// Setting keeps the member's place, or adds it at the end; setting nil removes it.
    package subscript(key: String) -> JSONValue? {
        get { self.position(of: key).map { self.members[$0].value } }
        set {
            switch (self.position(of: key), newValue) {
            case (let position?, let value?): self.members[position].value = value
            case (nil, let value?): self.append(key, value)
            case (let position?, nil):
                self.members.remove(at: position)
                self.makeTable(slots: self.table.count)
            case (nil, nil): break
            }
        }
    }

    /// - Returns: false when the name is taken; nothing changes then.
    package mutating func insert(_ value: JSONValue, forKey key: String) -> Bool {
        guard self.position(of: key) == nil else { return false }
        self.append(key, value)
        return true
    }

    private func position(of name: String) -> Int? {
        guard !self.table.isEmpty else { return self.members.firstIndex { $0.name == name } }
        let mask = self.table.count - 1
        var slot = name.hashValue & mask
        while self.table[slot] != 0 {
            let position = Int(self.table[slot]) - 1
            if self.members[position].name == name { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds a member whose name is not taken.
    private mutating func append(_ name: String, _ value: JSONValue) {
        self.members.append(Member(name: name, value: value))
        guard self.members.count > Self.maximumSearched else { return }
        if self.members.count * 4 > self.table.count * 3 {
            self.makeTable(slots: Swift.max(2 * Self.maximumSearched, self.table.count * 2))
        } else {
            self.enter(self.members.count - 1)
        }
    }

    private mutating func makeTable(slots: Int) {
        self.table = Array(repeating: 0, count: slots)
        guard slots > 0 else { return }
        for position in self.members.indices { self.enter(position) }
    }

    private mutating func enter(_ position: Int) {
        let mask = self.table.count - 1
        var slot = self.members[position].name.hashValue & mask
        while self.table[slot] != 0 { slot = (slot + 1) & mask }
        self.table[slot] = UInt32(position + 1)
    }
}

extension JSONObject: Sequence {
    package func makeIterator() -> some IteratorProtocol<(key: String, value: JSONValue)> {
        self.members.lazy.map { (key: $0.name, value: $0.value) }.makeIterator()
    }
}

/// Objects with the same members in another order are equal (RFC 8259 §4).
extension JSONObject: Hashable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        var hashes = 0
        for (name, value) in self {
            var member = Hasher()
            member.combine(name)
            member.combine(value)
            hashes ^= member.finalize()
        }
        hasher.combine(hashes)
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

    /// The object with another value in the same place, or at the end.
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
