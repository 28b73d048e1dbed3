import AsyncHTTPClient
import EngineInterface
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import NIOPosix
import Resources
import Synchronization

/// Follows one live stream for as long as it is wanted: reads, and comes back after a break where it left off.
actor LiveFeed {
    private static let shortestPause = Duration.milliseconds(250)
    private static let longestPause = Duration.seconds(5)
    private static let longestWaitForEarlier = Duration.seconds(2)
    /// Seconds. The server gives a sign of life every second.
    private static let longestSilence = 12.0

    private let connection: ManagementConnection
    /// A gateway's id, or `-` for all.
    private let gateway: String
    private var assembler = LiveViewAssembler()
    /// Until the next event.
    private var shown: LiveSnapshot?
    private var failure: EngineClientError?
    /// Asks for what the stream does not bring; nil before the first snapshot.
    private var earlier: Task<Void, Never>?
    /// The view can be read without what was earlier: it came, cannot be had now, or takes too long.
    private var isEarlierSettled = false
    /// The head of an answer came in the attempt of now.
    private var hasAnswered = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var task: Task<Void, Never>?
    /// The wait for the next attempt.
    private var pause: Task<Void, Never>?
    private nonisolated let heard = Mutex<Date?>(nil)

    init(connection: ManagementConnection, gateway: String) {
        self.connection = connection
        self.gateway = gateway
    }

    /// When the stream was last heard.
    nonisolated var heardAt: Date? { self.heard.withLock { $0 } }

    func stop() {
        self.task?.cancel()
        self.earlier?.cancel()
        self.pause?.cancel()
    }

    /// Makes the next attempt now, when one is waited for.
    func retry() {
        self.pause?.cancel()
    }

    /// The view as it was heard last.
    /// - Throws: `EngineClientError` while nothing is heard: what was shown before is then old.
    func view() async throws -> LiveViewAssembler {
        if self.task == nil { self.task = Task { await self.run() } }
        if !self.isReadable, self.failure == nil {
            await withCheckedContinuation { self.waiting.append($0) }
        }
        if let failure { throw failure }
        if let heard = self.assembler.heardAt, Date().timeIntervalSince(heard) > Self.longestSilence {
            throw EngineClientError("The management API at \(self.connection.url) has been silent for too long.")
        }
        return self.assembler
    }

    private var isReadable: Bool { self.assembler.hasSnapshot && self.isEarlierSettled }

    /// The snapshot of ``view()``, put together once for each time that something came. Its time is that of the last sign
    /// of life, which says that nothing changed until then: rates are divided by what really passed.
    func snapshot() async throws -> LiveSnapshot? {
        let view = try await self.view()
        if self.shown == nil { self.shown = view.snapshot }
        if let heard = view.heardAt { self.shown?.time = heard }
        return self.shown
    }

    private func wake() {
        let waiting = self.waiting
        self.waiting = []
        waiting.forEach { $0.resume() }
    }

    private func run() async {
        var pause = Self.shortestPause
        while !Task.isCancelled {
            let before = self.assembler.heardAt
            do {
                try await self.follow()
                self.failure = EngineClientError(
                    "The management API at \(self.connection.url) ended the live stream.")
            } catch let error as EngineClientError {
                self.failure = error
            } catch {
                self.failure = self.connection.unreachable(error, hasAnswered: self.hasAnswered)
            }
            self.wake()
            pause = self.assembler.heardAt == before ? min(pause * 2, Self.longestPause) : Self.shortestPause
            let wait = Task { [pause] in
                do { try await Task.sleep(for: pause) } catch {}
            }
            self.pause = wait
            if Task.isCancelled { break }
            await wait.value
        }
        self.failure = self.failure ?? EngineClientError("The live stream was given up.")
        self.wake()
    }

    /// Reads one connection to its end.
    private func follow() async throws {
        self.hasAnswered = false
        let path = "/v1/event-gateways/\(PathSegment.encoded(self.gateway))/live"
        var request = self.connection.request("GET", path, accept: "text/event-stream")
        if let id = self.assembler.lastEventID { request.headers.add(name: "last-event-id", value: id) }
        let response = try await Self.http.execute(request, deadline: .now() + .seconds(5))
        self.hasAnswered = true
        guard response.status == .ok else {
            let body = try await response.body.collect(upTo: 1024 * 1024)
            throw self.connection.error(
                status: Int(response.status.code), Data(body.readableBytesView), "GET \(path)")
        }
        var parser = ServerSentEventParser()
        for try await chunk in response.body {
            let now = Date()
            self.assembler.heard(at: now)
            self.heard.withLock { $0 = now }
            for event in parser.feed(chunk.readableBytesView) {
                self.shown = nil
                // An event of a newer version that cannot be read must not keep the rest away.
                try? self.assembler.receive(event, at: now)
            }
            if self.assembler.hasSnapshot {
                self.failure = nil
                self.askForEarlier()
            }
            if self.isReadable { self.wake() }
        }
    }

    /// Fetches what was earlier in a task of its own, so that a failure or a stall neither ends nor holds the stream. It is
    /// tried until it succeeds.
    private func askForEarlier() {
        guard self.earlier == nil else { return }
        self.earlier = Task {
            var pause = Self.shortestPause
            while !Task.isCancelled {
                do {
                    try await self.fetchEarlier()
                    return self.settleEarlier()
                } catch {
                    self.settleEarlier()
                    // A gateway that was deleted has nothing earlier any more.
                    if (error as? EngineClientError)?.kind == .notFound { return }
                    do { try await Task.sleep(for: pause) } catch { return }
                    pause = min(pause * 2, Self.longestPause)
                }
            }
        }
        Task {
            do { try await Task.sleep(for: Self.longestWaitForEarlier) } catch { return }
            self.settleEarlier()
        }
    }

    private func settleEarlier() {
        guard !self.isEarlierSettled else { return }
        self.isEarlierSettled = true
        self.wake()
    }

    /// The stream sends lines that are written from now on, and of the earlier decisions only the newest: the other denials
    /// are asked for.
    private func fetchEarlier() async throws {
        let path = "/v1/event-gateways/\(PathSegment.encoded(self.gateway))"
        let lines = try await self.connection.success("GET", path + "/logs")
        if let lines = try? EntityCoding.decode([LogLine].self, from: lines) {
            self.assembler.merge(earlierLines: lines)
        }
        let decisions = try await self.connection.success("GET", path + "/decisions?verdict=denied")
        if let decisions = try? EntityCoding.decode([DecisionRecord].self, from: decisions) {
            self.assembler.merge(earlierDecisions: decisions)
            self.shown = nil
        }
    }

    /// The server gives a sign of life every second; silence for much longer means that the way is broken.
    private static let http = HTTPClient(
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: .commands(silence: .seconds(20)))
}
