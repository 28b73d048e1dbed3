package import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Fetches key sets over HTTP.
package struct JWKSFetcher: Sendable {
    package static let maximumBytes = 1024 * 1024

    private let client: HTTPClient

    package init(client: HTTPClient) {
        self.client = client
    }

    /// A fetcher with a client that the whole process shares.
    package init() {
        self.client = Self.processClient
    }

    /// The client reports a refused connection at once; AsyncHTTPClient's shared one would try again until the time is
    /// up. It is never shut down, since it lives as long as the process.
    private static let processClient: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        // Keys come from the address that the operator named, never from one that its server redirects to.
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }()

    /// The body of a 200 answer. Redirects are not followed.
    ///
    /// - Parameter timeout: The time for everything: name lookup, connection, answer and body.
    /// - Throws: `JWKSFetchError`.
    @concurrent
    package func fetch(_ address: String, timeout: Duration) async throws -> [UInt8] {
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else { throw JWKSFetchError.badAddress }
        // The client's own deadline ends with the head of the answer, so the whole is raced against a timer.
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await self.get(address, timeout: timeout) }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw JWKSFetchError.timedOut(seconds: timeout / .seconds(1))
            }
            defer { group.cancelAll() }
            guard let body = try await group.next() else { throw CancellationError() }
            return body
        }
    }

    private func get(_ address: String, timeout: Duration) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "accept", value: "application/jwk-set+json, application/json")
        request.headers.add(name: "user-agent", value: "sluice")
        do {
            let response = try await self.client.execute(request, deadline: .now() + TimeAmount(timeout))
            if (300..<400).contains(response.status.code), let location = response.headers.first(name: "location") {
                throw JWKSFetchError.redirected(to: location)
            }
            guard response.status == .ok else { throw JWKSFetchError.status(response.status.code) }
            return Array(buffer: try await response.body.collect(upTo: Self.maximumBytes))
        } catch is NIOTooManyBytesError {
            throw JWKSFetchError.tooLarge(maximumBytes: Self.maximumBytes)
        } catch let error as HTTPClientError {
            switch error {
            case .invalidURL, .emptyHost, .emptyScheme: throw JWKSFetchError.badAddress
            case .deadlineExceeded, .connectTimeout:
                throw JWKSFetchError.timedOut(seconds: timeout / .seconds(1))
            default: throw JWKSFetchError.failed(error.shortDescription)
            }
        } catch let error as NIOConnectionError where error.connectionErrors.isEmpty {
            throw JWKSFetchError.failed("the host name \(error.host) cannot be resolved")
        } catch let error as NIOConnectionError {
            // There is one error for each address of the name; usually they are equal.
            let reasons = Set(error.connectionErrors.map { describe($0.error) })
            throw JWKSFetchError.failed(reasons.sorted().joined(separator: "; "))
        } catch let error as IOError {
            throw JWKSFetchError.failed(describe(error))
        }
    }
}
