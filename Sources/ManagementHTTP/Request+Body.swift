package import Hummingbird
package import JSON
package import NIOCore
import Resources

extension Request {
    /// Bodies of management calls are small; more is refused before it is held.
    package static let maximumBodyBytes = 1 << 20

    /// The whole body.
    /// - Throws: ``Problem`` 413, or 400 when the connection ends before the body does: that is no failure of the server.
    package func bytes(maximum: Int = Request.maximumBodyBytes) async throws -> ByteBuffer {
        do {
            return try await self.body.collect(upTo: maximum)
        } catch is NIOTooManyBytesError {
            throw Problem.contentTooLarge(maximumBytes: maximum)
        } catch {
            throw Problem.badRequest(
                InvalidParameter(field: "body", rule: .invalid, reason: "is not whole"),
                detail: "The connection ended before the body did")
        }
    }

    /// The body as JSON, whatever its content type says.
    /// - Throws: ``Problem`` 400 with line and column, or 413.
    package func json(maximumBytes: Int = Request.maximumBodyBytes) async throws -> JSONValue {
        let buffer = try await self.bytes(maximum: maximumBytes)
        do {
            return try JSONValue(parsing: Array(buffer.readableBytesView))
        } catch {
            throw Problem.badRequest(error)
        }
    }

    /// The query of the URL.
    package var queryItems: QueryItems { QueryItems(self.uri.query) }

    package func listQuery(_ rules: ListQueryRules) throws(Problem) -> ListQuery {
        try ListQuery(self.queryItems, rules: rules)
    }
}
