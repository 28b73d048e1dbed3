import AsyncHTTPClient
import Gateway
import NIOPosix

/// Why a server gave no answer, in the words of an operator.
enum ConnectionFailure {
    static func words(_ error: any Error, url: String) -> String {
        if let error = error as? NIOConnectionError {
            let reasons = error.connectionErrors.map { describe($0.error) }
            let unique = reasons.enumerated().filter { !reasons[..<$0.offset].contains($0.element) }.map(\.element)
            return unique.isEmpty ? describe(error) : unique.joined(separator: ", ")
        }
        switch error as? HTTPClientError {
        case .remoteConnectionClosed?, .uncleanShutdown?:
            return "the connection was closed without an answer" + (Self.isSecure(url) ? "" : "; is it a TLS port?")
        case .connectTimeout?, .getConnectionFromPoolTimeout?, .deadlineExceeded?, .readTimeout?:
            return "there is no answer in time"
        case .tlsHandshakeTimeout?: return "the TLS handshake takes too long"
        case .invalidURL?, .emptyHost?, .emptyScheme?: return "the address is not a URL with a host"
        default: break
        }
        let text = describe(error)
        // The library of TLS has many errors, which say more to its authors than to anybody else.
        guard Self.isSecure(url), text.contains("NIOSSL") || text.contains("sslError") else { return text }
        if text.contains("WRONG_VERSION_NUMBER") { return "it speaks no TLS: use http://" }
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not trusted on this machine" }
        return "the TLS handshake failed"
    }

    private static func isSecure(_ url: String) -> Bool { url.lowercased().hasPrefix("https://") }
}
