internal import Crypto
internal import Foundation

/// The token that the management API asks for, and the name that changes made with it are kept under.
package struct AdminToken: Sendable {
    package let name: String
    private let digest: SHA256Digest

    package init(_ text: String, name: String = "admin") {
        self.name = name
        self.digest = SHA256.hash(data: Data(text.utf8))
    }

    /// - Parameter authorization: the value of the header; nil when there is none.
    /// - Throws: ``Problem`` 401 when it does not carry this token.
    package func check(_ authorization: String?) throws(Problem) {
        guard let authorization else {
            throw .unauthorized("The header Authorization: Bearer <admin token> is missing")
        }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw .unauthorized("The header Authorization must be Bearer <admin token>")
        }
        // Digests compare in constant time and hide the token's length.
        guard SHA256.hash(data: Data(parts[1].utf8)) == self.digest else {
            throw .unauthorized("The token is not this instance's admin token; it is in the file admin-token")
        }
    }

    /// Whether the value of the header `Authorization` carries this token.
    package func isCarried(by authorization: String?) -> Bool {
        guard authorization != nil else { return false }
        do throws(Problem) { try self.check(authorization) } catch { return false }
        return true
    }
}
