package import HTTPTypes

/// What a call that changes something says of the state that it was made for (RFC 9110 §13).
package struct Preconditions: Equatable, Sendable {
    package var ifMatch: EntityTagList?
    package var ifNoneMatch: EntityTagList?

    package init(ifMatch: EntityTagList? = nil, ifNoneMatch: EntityTagList? = nil) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
    }

    package init(_ headers: HTTPFields) {
        self.init(
            ifMatch: headers[.ifMatch].map(EntityTagList.init),
            ifNoneMatch: headers[.ifNoneMatch].map(EntityTagList.init))
    }

    package var isEmpty: Bool { self.ifMatch == nil && self.ifNoneMatch == nil }

    /// - Parameter current: the tag of what is there now; nil when nothing is.
    /// - Throws: ``Problem`` 412 that names both versions.
    package func check(_ current: EntityTag?) throws(Problem) {
        if let wanted = self.ifMatch {
            guard let current else {
                throw .preconditionFailed(
                    "If-Match names [\(wanted.text)], and there is nothing: somebody else deleted it, or it never was")
            }
            guard wanted.matchesStrongly(current) else {
                throw .preconditionFailed(
                    "If-Match names the version [\(wanted.text)], and [\(current.text)] is in force: somebody else changed "
                        + "it. Read it again, and change that version")
            }
        }
        if let unwanted = self.ifNoneMatch, let current, unwanted.matchesWeakly(current) {
            throw .preconditionFailed(
                "If-None-Match names [\(unwanted.text)], and the version [\(current.text)] is there: somebody else made it"
            )
        }
    }
}

extension Problem {
    package static func preconditionFailed(_ detail: String) -> Problem {
        Problem(status: 412, title: "Precondition Failed", detail: detail)
    }
}
