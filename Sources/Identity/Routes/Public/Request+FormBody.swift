import HTTPTypes
import Hummingbird
import ManagementHTTP
import NIOCore

extension Request {
    /// Bytes that a form body may have; a token request needs a few hundred.
    private static var maximumFormBytes: Int { 16 * 1024 }

    /// Reads the body as a form, at most 16 KiB of it.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` for another content type, a body that is too large, or a broken form.
    func formParameters() async throws -> FormParameters {
        let mediaType = self.headers[.contentType]?.split(separator: ";").first?
            .trimmingPrefix { $0 == " " }.split(separator: " ").first
        guard mediaType?.lowercased() == "application/x-www-form-urlencoded" else {
            throw OAuthError.invalidRequest("The content type must be application/x-www-form-urlencoded.")
        }
        let body: ByteBuffer
        do {
            body = try await self.bytes(maximum: Self.maximumFormBytes)
        } catch let problem as Problem where problem.status == 413 {
            throw OAuthError(
                code: .invalidRequest, description: "The body is larger than \(Self.maximumFormBytes) bytes.",
                isTooLarge: true)
        } catch {
            throw OAuthError.invalidRequest("The connection ended before the body did.")
        }
        return try FormParameters(parsing: body.readableBytesView)
    }
}
