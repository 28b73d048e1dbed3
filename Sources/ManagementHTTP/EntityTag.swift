internal import Crypto
internal import Foundation

/// An entity tag (RFC 9110 §8.8.3): which state of a resource an answer shows.
package struct EntityTag: Equatable, Sendable {
    /// Without the quotation marks.
    package var value: String
    package var isWeak: Bool

    package init(_ value: String, isWeak: Bool = false) {
        self.value = value
        self.isWeak = isWeak
    }

    /// The tag of an entity that the store numbers.
    package init(version: Int64) {
        self.init(String(version))
    }

    /// The tag of something that has no version of its own: the same for the same parts.
    package init(digestOf parts: [String]) {
        var hash = SHA256()
        for part in parts { hash.update(data: Data("\(part.utf8.count):\(part)".utf8)) }
        self.init(hash.finalize().prefix(12).map { String(format: "%02x", $0) }.joined())
    }

    /// The tag as headers have it: `"118"`, `W/"5f-3"`.
    package var text: String { (self.isWeak ? "W/" : "") + "\"\(self.value)\"" }
}

/// What `If-Match` and `If-None-Match` hold (RFC 9110 §13.1.1 and §13.1.2).
package enum EntityTagList: Equatable, Sendable {
    /// `*`: whatever there is.
    case any
    /// Those that could be read. What is not a tag matches nothing.
    case tags([EntityTag])

    package init(_ header: String) {
        if header.trimmingCharacters(in: .whitespaces) == "*" {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        var rest = header[...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
            let isWeak = rest.hasPrefix("W/")
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { break }
            tags.append(EntityTag(String(rest[rest.index(after: rest.startIndex)..<end]), isWeak: isWeak))
            rest = rest[rest.index(after: end)...]
            guard rest.isEmpty || rest.first == "," || rest.first == " " || rest.first == "\t" else { break }
        }
        self = .tags(tags)
    }

    /// The strong comparison: weak tags match nothing.
    package func matchesStrongly(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): !tag.isWeak && tags.contains(tag)
        }
    }

    package func matchesWeakly(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.value == tag.value }
        }
    }

    /// The first few tags, for sentences.
    var text: String {
        switch self {
        case .any: "*"
        case .tags(let tags):
            tags.isEmpty ? "no tag" : tags.prefix(3).map { String($0.text.prefix(60)) }.joined(separator: ", ")
        }
    }
}
