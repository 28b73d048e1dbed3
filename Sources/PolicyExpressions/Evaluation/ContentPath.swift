/// `order.lines[0].sku`: a path in one string, into parsed content.
enum ContentPath {
    /// The value at the path; nil when it is not there or the text is not a path.
    static func value(at path: String, in entries: [String: ExpressionValue]) -> ExpressionValue? {
        var value = ExpressionValue.map(entries)
        var rest = path[...]
        var isFirst = true
        while !rest.isEmpty {
            if rest.first == "[" {
                guard !isFirst, let end = rest.firstIndex(of: "]"),
                    let index = Int(rest[rest.index(after: rest.startIndex)..<end]),
                    case .array(let elements) = value, elements.indices.contains(index)
                else { return nil }
                value = elements[index]
                rest = rest[rest.index(after: end)...]
            } else {
                if !isFirst {
                    guard rest.first == "." else { return nil }
                    rest = rest.dropFirst()
                }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty, case .map(let entries) = value, let entry = entries.entry(String(name)) else {
                    return nil
                }
                value = entry
                rest = rest[name.endIndex...]
            }
            isFirst = false
        }
        return isFirst ? nil : value
    }
}
