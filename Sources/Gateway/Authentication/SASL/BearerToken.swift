/// A client's token. It prints as a placeholder, so that no log line, message or failed expectation shows it.
package struct BearerToken: Equatable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<token>" }
    package var debugDescription: String { "<token>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
