import Foundation
import Glibc
import Synchronization

/// A program run by a test: its lines of output as they come, what it says on standard error, and how it ended.
///
/// It is ended by its own process id, by `withChild` or by `stop`.
final class ChildProcess: Sendable {
    private struct State {
        var partialLine: [UInt8] = []
        var lines: [String] = []
        var nextLine = 0
        var outputEnded = false
        var errorText: [UInt8] = []
        var exitStatus: Int32?
        var signal: Int32?
    }

    /// What the program said and how it ended, filled in by Foundation's threads.
    private final class Record: Sendable {
        let state = Mutex(State())

        func outputReceived(_ data: Data) {
            self.state.withLock { state in
                if data.isEmpty { state.outputEnded = true }
                state.partialLine += data
                while let end = state.partialLine.firstIndex(of: UInt8(ascii: "\n")) {
                    state.lines.append(String(decoding: state.partialLine[..<end], as: UTF8.self))
                    state.partialLine.removeFirst(end + 1)
                }
            }
        }

        func exited(_ process: Process) {
            self.state.withLock { state in
                state.exitStatus = process.terminationStatus
                state.signal = process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil
            }
        }
    }

    /// Writing to a program that has ended is an error to the writer, not the end of the tests.
    private static let ignoreBrokenPipes: Void = { _ = Glibc.signal(SIGPIPE, SIG_IGN) }()

    private let record = Record()
    private let input: FileHandle
    let name: String
    let processID: Int32

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: a path, or a name to look up in `PATH`.
    ///   - environment: added to the environment of the tests; nil takes a variable away.
    init(_ program: String, _ arguments: [String], environment: [String: String?] = [:]) throws {
        Self.ignoreBrokenPipes
        let process = Process()
        if program.contains("/") {
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = arguments
        } else {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [program] + arguments
        }
        var variables = ProcessInfo.processInfo.environment
        for (name, value) in environment { variables[name] = value }
        process.environment = variables
        let (output, errors, input) = (Pipe(), Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (output, errors, input)
        process.terminationHandler = { [record] process in record.exited(process) }
        try process.run()
        Self.read(output.fileHandleForReading) { [record] in record.outputReceived($0) }
        Self.read(errors.fileHandleForReading) { [record] data in record.state.withLock { $0.errorText += data } }
        self.input = input.fileHandleForWriting
        self.name = (program as NSString).lastPathComponent
        self.processID = process.processIdentifier
    }

    /// Reads to the end on a thread of its own, and says so with empty data. A readability handler of Foundation's can
    /// miss the end of a program that is quickly done. The descriptor is closed then: thousands of programs run in one
    /// process of tests.
    private static func read(_ handle: FileHandle, _ received: @escaping @Sendable (Data) -> Void) {
        Thread.detachNewThread {
            while true {
                let data = handle.availableData
                if data.isEmpty { try? handle.close() }
                received(data)
                if data.isEmpty { return }
            }
        }
    }

    /// The exit status once the program has ended; for one ended by a signal, the signal's number.
    var exitStatus: Int32? { self.record.state.withLock { $0.exitStatus } }

    /// The signal that ended the program.
    var terminatingSignal: Int32? { self.record.state.withLock { $0.signal } }

    /// Everything on standard error so far.
    var errorText: String { self.record.state.withLock { String(decoding: $0.errorText, as: UTF8.self) } }

    /// Everything on standard output so far.
    var outputText: String {
        self.record.state.withLock {
            ($0.lines + [String(decoding: $0.partialLine, as: UTF8.self)]).joined(separator: "\n")
        }
    }

    /// The end of standard error, for a message about a failure.
    var errorTail: String { String(self.errorText.suffix(3_000)) }

    func write(line: String) throws {
        try self.input.write(contentsOf: Data((line + "\n").utf8))
    }

    func closeInput() {
        try? self.input.close()
    }

    private enum Arrival {
        case line(String)
        case ended
    }

    /// The next line on standard output.
    /// - Throws: `ChildFailure` when the program ends or `limit` passes without one.
    func line(within limit: Duration) async throws -> String {
        do {
            let arrival = try await eventually("a line from \(self.name)", within: limit, every: .milliseconds(3)) {
                self.arrival()
            }
            switch arrival {
            case .line(let line): return line
            case .ended: throw ChildFailure(self, "ended with status \(self.exitStatus.map(String.init) ?? "unknown")")
            }
        } catch let timeout as TimedOut {
            throw ChildFailure(self, timeout.description)
        }
    }

    private func arrival() -> Arrival? {
        self.record.state.withLock { state in
            if state.nextLine < state.lines.count {
                state.nextLine += 1
                return .line(state.lines[state.nextLine - 1])
            }
            return state.outputEnded ? .ended : nil
        }
    }

    /// Waits for the program's end.
    @discardableResult
    func exited(within limit: Duration = .seconds(20)) async throws -> Int32 {
        do {
            return try await eventually("the end of \(self.name)", within: limit) { self.exitStatus }
        } catch let timeout as TimedOut {
            throw ChildFailure(self, timeout.description)
        }
    }

    /// Sends a signal, if the program still runs.
    func signal(_ number: Int32) {
        if self.exitStatus == nil { kill(self.processID, number) }
    }

    /// Ends the program: politely, then without asking.
    func stop() async {
        self.closeInput()
        self.signal(SIGTERM)
        if (try? await self.exited(within: .seconds(8))) == nil {
            self.signal(SIGKILL)
            _ = try? await self.exited(within: .seconds(5))
        }
    }

    /// Ends the program as a power cut would.
    func killWithoutWarning() async throws {
        self.signal(SIGKILL)
        try await self.exited()
    }
}

/// What a program did wrong, with the end of what it said.
struct ChildFailure: Error, CustomStringConvertible {
    var description: String

    init(_ child: ChildProcess, _ what: String) {
        self.description = "\(child.name): \(what)\n\(child.errorTail)"
    }
}

/// What a program that ran to its end printed.
struct Completed {
    var status: Int32
    var output: String
    var errors: String

    /// Standard output as JSON.
    var json: JSON { get throws { try JSON(text: self.output) } }
}

/// Runs a program to its end.
func runToEnd(
    _ program: String, _ arguments: [String], input: String? = nil, environment: [String: String?] = [:],
    within limit: Duration = .seconds(40)
) async throws -> Completed {
    let child = try ChildProcess(program, arguments, environment: environment)
    if let input { try child.write(line: input) }
    child.closeInput()
    do {
        let status = try await child.exited(within: limit)
        // The pipes can hold more when the exit is seen; the end of output follows at once.
        return Completed(status: status, output: try await child.finalOutput(), errors: child.errorText)
    } catch {
        await child.stop()
        throw error
    }
}

extension ChildProcess {
    /// All of standard output, after the program's end.
    func finalOutput() async throws -> String {
        try await waitUntil("the end of \(self.name)'s output", within: .seconds(5)) {
            self.record.state.withLock { $0.outputEnded }
        }
        return self.outputText
    }
}
