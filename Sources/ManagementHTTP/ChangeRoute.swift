package import HTTPTypes
package import Store

/// A call that changes the configuration, taken apart so that it can be a request of its own or one of many that are put
/// in force together.
///
/// The parts run in this order: ``prepare`` makes what is random or slow, ``current`` tells which version is there, and
/// the ``Perform`` that was prepared reads the body and writes, in the one transaction of all.
package struct ChangeRoute: Sendable {
    /// Reads the body and makes the change. It may run twice and must do the same both times.
    package typealias Perform = @Sendable (ChangeInput, StoreTransaction) throws -> ChangeAnswer

    package var method: HTTPRequest.Method
    /// The path with captures: `/v1/event-gateways/:gatewayId`.
    package var path: String
    package var operation: APIOperation
    /// The change may need ports that are not bound yet.
    package var bindsPorts: Bool
    /// ``prepare`` is slow: the change is tried before, so that what is refused anyway costs little.
    package var isCostly: Bool
    /// The tag of what the call is about, as it is before the change; nil when it may make it. Throws when there is
    /// nothing that could be changed.
    package var current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag?
    /// Makes what must be the same in each run: ids, dates, secrets, keys. In a batch the input still holds names of what
    /// other changes make. A trial leaves out what is slow.
    package var prepare: @Sendable (ChangeInput, _ isTrial: Bool) async throws -> Perform

    package init(
        _ method: HTTPRequest.Method, _ path: String, _ operation: APIOperation, bindsPorts: Bool = false,
        isCostly: Bool = false,
        current: @escaping @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { _, _ in nil },
        prepare: @escaping @Sendable (ChangeInput, _ isTrial: Bool) async throws -> Perform
    ) {
        self.method = method
        self.path = path
        self.operation = operation
        self.bindsPorts = bindsPorts
        self.isCostly = isCostly
        self.current = current
        self.prepare = prepare
    }

    package var takesBody: Bool { self.operation.body != nil }

    /// Names of the path's captures.
    var captures: [String] {
        self.path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
    }

    /// The values of the captures in a path; nil when it is not of this route.
    ///
    /// - Parameter segments: of the path, decoded.
    package func parameters(in segments: [String]) -> [String: String]? {
        let pattern = self.path.split(separator: "/")
        guard pattern.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.hasPrefix(":") {
                values[String(part.dropFirst())] = segment
            } else if part != segment {
                return nil
            }
        }
        return values
    }
}
