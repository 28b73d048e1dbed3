import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Resources

/// Why a management API could not be talked to, in words: what happened, and what to do about it.
///
/// The one place where errors of the libraries below become sentences: none of their texts reaches a user.
struct ConnectionFailure: Equatable {
    enum Cause: Equatable {
        case refused
        case unknownHost
        case unreachable
        case timedOut
        /// The connection ended, or went on with something else than HTTP, before an answer.
        case noHTTP
        case noTLS
        case untrustedCertificate
        case handshake
        case brokenOff
        case answerTooLarge
        case other
    }

    let url: String
    let cause: Cause

    /// - Parameter hasAnswered: the head of an answer came before the error.
    init(_ error: any Error, url: String, hasAnswered: Bool = false) {
        self.url = url
        let cause = Self.cause(of: error)
        self.cause = cause == .noHTTP && hasAnswered ? .brokenOff : cause
    }

    private static func cause(of error: any Error) -> Cause {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout,
                .tlsHandshakeTimeout:
                return .timedOut
            case .remoteConnectionClosed: return .noHTTP
            case .uncleanShutdown: return .brokenOff
            default: return .other
            }
        case let error as NIOConnectionError:
            // Addresses that were found and refused say more than a family of addresses that has none.
            guard let attempt = error.connectionErrors.first else { return .unknownHost }
            return self.cause(of: attempt.error)
        case let error as IOError:
            switch error.errnoCode {
            case ECONNREFUSED: return .refused
            case ETIMEDOUT: return .timedOut
            case EHOSTUNREACH, ENETUNREACH, EACCES, EPERM, EADDRNOTAVAIL: return .unreachable
            case ECONNRESET, EPIPE, ECONNABORTED: return .brokenOff
            default: return .other
            }
        case is SocketAddressError: return .unknownHost
        case let error as ChannelError:
            if case .connectTimeout = error { return .timedOut }
            return .brokenOff
        case is HTTPParserError: return .noHTTP
        case is NIOTooManyBytesError: return .answerTooLarge
        default: return self.cause(named: String(describing: error))
        }
    }

    /// TLS errors carry their reason only as text.
    private static func cause(named text: String) -> Cause {
        if text.contains("CERTIFICATE_VERIFY_FAILED") || text.contains("unableToValidateCertificate") {
            return .untrustedCertificate
        }
        if ["WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE"]
            .contains(where: text.contains)
        {
            return .noTLS
        }
        if text.contains("handshakeFailed") || text.contains("BoringSSLError") { return .handshake }
        return .other
    }

    /// Why any server gave no answer, as a part of a sentence.
    var reason: String {
        switch self.cause {
        case .refused: "the connection is refused, nothing listens there"
        case .unknownHost: "the host is not known"
        case .unreachable: "there is no way to it from here"
        case .timedOut: "there is no answer in time"
        case .noHTTP where self.isTLS: "the connection was closed without an answer"
        case .noHTTP: "the connection was closed without an answer, as a TLS port does"
        case .noTLS: "it speaks no TLS: use http://"
        case .untrustedCertificate: "its certificate is not trusted on this machine, or is for another name"
        case .handshake: "no TLS connection can be agreed on"
        case .brokenOff: "the connection was broken off"
        case .answerTooLarge: "the answer is too large to be read"
        case .other: "the connection failed"
        }
    }

    /// Sentences with the way out.
    var message: String {
        let place = self.place
        switch self.cause {
        case .refused:
            return
                "Nothing listens at \(place): the connection is refused. Start `sluice serve` there, or correct the URL."
        case .unknownHost:
            return "The host of \(self.url) is not known. Correct the URL."
        case .unreachable:
            return "There is no way to \(place) from here. Check the address and the network."
        case .timedOut:
            return "\(place) does not answer in time. Check the address, and that no firewall drops the connection."
        case .noHTTP where self.isTLS:
            return "\(place) ends the connection without an answer. Check that it is the management API of Sluice."
        case .noHTTP:
            return
                "\(place) ends the connection without an HTTP answer. If it speaks TLS, use https://\(place); the port of a "
                + "listener is for Kafka clients only."
        case .noTLS:
            return "\(place) speaks no TLS: use http://\(place)."
        case .untrustedCertificate:
            return "The certificate of \(place) is not trusted on this machine, or is for another name."
        case .handshake:
            return
                "No TLS connection to \(place) can be agreed on. Check its certificate, or use http:// if it has none."
        case .brokenOff:
            return "\(place) broke the connection off. Check that `sluice serve` still runs there."
        case .answerTooLarge:
            return "The answer of \(place) is too large to be read. Check that it is the management API of Sluice."
        case .other:
            return "The management API at \(self.url) cannot be reached. Check that `sluice serve` runs there."
        }
    }

    private var isTLS: Bool { self.url.lowercased().hasPrefix("https://") }

    /// `host:port`.
    private var place: String {
        guard let parsed = URLComponents(string: self.url), let host = parsed.host else { return self.url }
        return HostPort(host: host, port: parsed.port ?? (self.isTLS ? 443 : 80)).description
    }
}

extension ConnectionFailure {
    /// What an answer means that no call of the management API gets from the right instance with the right token.
    /// - Returns: nil for other statuses, and for problems that say what is wrong.
    static func message(status: Int, url: String, isProblem: Bool) -> String? {
        switch status {
        case 401:
            "401: the token is not the admin token of \(url). Set SLUICE_ADMIN_TOKEN to what stands in the file "
                + "admin-token of the data directory there."
        case 403 where !isProblem:
            "403: \(url) refuses this client. Check that it is the management API of Sluice."
        case 300..<400:
            "\(status): \(url) points to another address. Use the URL of the management API itself."
        case 400... where !isProblem:
            "\(status): \(url) answers, but not as a management API of Sluice. Check the port."
        default: nil
        }
    }
}
