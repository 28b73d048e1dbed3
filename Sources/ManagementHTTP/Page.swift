internal import Foundation
internal import Resources

/// Where a page begins: after this element. Lists are ordered by creation, then id, so a cursor stays good when its
/// element is deleted.
package struct PageCursor: Equatable, Sendable {
    /// Milliseconds since 1970.
    package var created: Int64
    package var id: String

    package init(created: Int64, id: String) {
        self.created = created
        self.id = id
    }

    /// - Parameter text: as ``text`` wrote it. Anything else gives nil.
    package init?(text: String) {
        guard text.utf8.count <= 200, let data = Data(base64Encoded: padded(text)),
            let plain = String(validating: data, as: UTF8.self)
        else { return nil }
        let parts = plain.split(separator: ",", maxSplits: 1)
        guard parts.count == 2, let created = Int64(parts[0]) else { return nil }
        self.init(created: created, id: String(parts[1]))
    }

    /// Opaque to clients; base64url.
    package var text: String {
        Data("\(self.created),\(self.id)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    func isBefore(_ other: PageCursor) -> Bool {
        (self.created, self.id) < (other.created, other.id)
    }
}

private func padded(_ text: String) -> String {
    let standard = text.replacing("-", with: "+").replacing("_", with: "/")
    return standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
}

/// One page of a list with cursors: `{"meta": {"page": {...}}, "data": [...]}`.
package struct CursorPage<Element: Encodable & Sendable>: Encodable, Sendable {
    package struct Links: Encodable, Equatable, Sendable {
        package var size: Int
        package var next: String?
        package var previous: String?
        package var first: String

        private enum CodingKeys: String, CodingKey { case size, next, previous, first }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.size, forKey: .size)
            // Required by the resource model, also when null.
            try container.encode(self.next, forKey: .next)
            try container.encode(self.previous, forKey: .previous)
            try container.encode(self.first, forKey: .first)
        }
    }

    package struct Meta: Encodable, Sendable { package var page: Links }

    package var meta: Meta
    package var data: [Element]

    /// Cuts the page that `query` asks for.
    ///
    /// - Parameters:
    ///   - elements: all that the filters leave, in any order.
    ///   - path: the list's path, for links.
    ///   - cursor: an element's place in the order.
    package init(_ elements: [Element], query: ListQuery, path: String, cursor: (Element) -> PageCursor) {
        let ordered = elements.map { (cursor: cursor($0), element: $0) }.sorted { $0.cursor.isBefore($1.cursor) }
        let start = query.after.map { after in ordered.firstIndex { after.isBefore($0.cursor) } ?? ordered.count } ?? 0
        let end = min(start + query.size, ordered.count)
        func link(after index: Int?) -> String {
            var pairs = query.items.items.filter { $0.name != "page[after]" && $0.name != "page[size]" }
            pairs.append(("page[size]", String(query.size)))
            if let index { pairs.append(("page[after]", ordered[index].cursor.text)) }
            return path + "?"
                + pairs.map { "\(PathSegment.encoded($0.name))=\(PathSegment.encoded($0.value))" }.joined(
                    separator: "&")
        }
        var previous: String?
        if start > 0 { previous = link(after: start > query.size ? start - query.size - 1 : nil) }
        self.meta = Meta(
            page: Links(
                size: query.size, next: end < ordered.count ? link(after: end - 1) : nil, previous: previous,
                first: link(after: nil)))
        self.data = ordered[start..<end].map(\.element)
    }
}

/// One page of a numbered list: `{"data": [...], "meta": {"page": {"number": 1, "size": 10, "total": 100}}}`.
package struct NumberedPage<Element: Encodable & Sendable>: Encodable, Sendable {
    package struct Position: Encodable, Equatable, Sendable {
        package var number: Int
        package var size: Int
        package var total: Int

        package init(number: Int, size: Int, total: Int) {
            self.number = number
            self.size = size
            self.total = total
        }
    }

    package struct Meta: Encodable, Sendable { package var page: Position }

    package var data: [Element]
    package var meta: Meta

    /// Cuts the page that `query` asks for.
    /// - Parameter elements: all that the filters leave, in the order asked for.
    package init(_ elements: [Element], query: ListQuery) {
        let (start, overflow) = (query.number - 1).multipliedReportingOverflow(by: query.size)
        self.data = overflow ? [] : Array(elements.dropFirst(start).prefix(query.size))
        self.meta = Meta(page: Position(number: query.number, size: query.size, total: elements.count))
    }

    /// A page that was cut elsewhere.
    package init(data: [Element], query: ListQuery, total: Int) {
        self.data = data
        self.meta = Meta(page: Position(number: query.number, size: query.size, total: total))
    }
}
