import EngineInterface
import Foundation
import Resources

/// One question to the world about something that is not configured yet.
struct SetupCheck: Equatable, Sendable {
    /// The request under way.
    var request: Int?
    var result: Result<ReachabilityReport, EngineClientError>?
}

/// All checks of a step together.
enum SetupCheckState: Equatable {
    /// Nothing to check.
    case none
    /// An answer is new, and nobody was asked about it yet.
    case notAsked
    case pending
    case passed(String)
    case failed(String)
}

extension SetupScreen {
    /// More ports than this are not tried one by one.
    private static let maximumChecks = 16
    /// Typing has stopped when no key came for this long, in seconds. A port is tried in a millisecond on this machine;
    /// other hosts are asked less readily about half a name.
    private static let pause = (ports: 0.3, hosts: 1.0)

    struct Target: Equatable {
        /// Says what is asked: the same question is not asked twice.
        var key: String
        var target: ReachabilityTarget
    }

    /// What a step can be checked by. Nothing while its answers are wrong.
    static func targets(of step: SetupStep, _ answers: SetupAnswers) -> [Target] {
        switch step {
        case .signIn where answers.usesURL:
            let url = answers.text(.signInJWKS)
            guard StringRule.httpURL.faults(url).isEmpty else { return [] }
            return [Target(key: "jwks \(url)", target: .jwks(url: url))]
        case .backend where answers.makesBackend:
            let servers = answers.list(.backendServers)
            let wrong = answers.problems(in: ConfigurationTree()).contains {
                $0.field == SetupField.backendServers.rawValue
            }
            guard !servers.isEmpty, !wrong else { return [] }
            return [
                Target(key: "backend \(servers.joined(separator: ","))", target: .backend(bootstrapServers: servers))
            ]
        case .listener where answers.makesListener:
            let wrong = answers.problems(in: ConfigurationTree()).contains {
                $0.field == SetupField.listenerPorts.rawValue || $0.field == SetupField.listenerAddresses.rawValue
            }
            guard !wrong, let ports = answers.ports else { return [] }
            var targets: [Target] = []
            for address in answers.list(.listenerAddresses) {
                for range in ports.map(\.range) {
                    for port in range {
                        guard targets.count < self.maximumChecks else { return targets }
                        targets.append(
                            Target(key: "port \(address) \(port)", target: .port(address: address, port: port)))
                    }
                }
            }
            return targets
        default: return []
        }
    }

    /// The field whose answer a step's checks are about.
    static func checkedField(of step: SetupStep) -> SetupField? {
        switch step {
        case .signIn: .signInJWKS
        case .backend: .backendServers
        case .listener: .listenerPorts
        case .client, .virtualCluster, .forward, .acl, .proof, .review, .connect: nil
        }
    }

    /// An answer was typed: it is checked once the typing stops.
    static func checkSoon(_ state: inout ConsoleState) {
        let seconds = state.setup.step == .listener ? self.pause.ports : self.pause.hosts
        let isNew = self.targets(of: state.setup.step, state.setup.answers).contains {
            state.setup.checks[$0.key] == nil
        }
        state.setup.checksDue = isNew ? state.now.addingTimeInterval(seconds) : nil
    }

    /// Asks what is not known yet about the step.
    static func startChecks(_ state: inout ConsoleState) {
        guard state.setup.phase == .drafting else { return }
        state.setup.checksDue = nil
        if state.setup.checks.count > 200 { state.setup.checks = [:] }
        for target in self.targets(of: state.setup.step, state.setup.answers)
        where state.setup.checks[target.key] == nil {
            let id = state.ask(.check(target.target), for: .setup)
            state.setup.checks[target.key] = SetupCheck(request: id)
        }
        self.searchFreePorts(&state)
        self.rebuild(&state)
    }

    /// F6: asks again.
    static func checkAgain(_ state: inout ConsoleState) {
        if self.showsEffect(state) {
            state.setup.effect = SetupEffect()
            self.askEffect(&state)
            return state.say("Asking again what the rules mean...")
        }
        let targets = self.targets(of: state.setup.step, state.setup.answers)
        guard !targets.isEmpty else { return state.say("There is nothing to check in this step.") }
        for target in targets { state.setup.overridden.remove(target.key) }
        // All ports, because what was free for a suggestion may be taken by now.
        state.setup.checks = state.setup.checks.filter { key, _ in
            !targets.contains { $0.key == key } && !key.hasPrefix("port ")
        }
        self.startChecks(&state)
        state.say("Checking again...")
    }

    static func checkState(of step: SetupStep, _ state: ConsoleState) -> SetupCheckState {
        let targets = self.targets(of: step, state.setup.answers)
        if step == .forward, let shortage = self.portShortage(state) { return .failed(shortage) }
        guard !targets.isEmpty else { return .none }
        var reports: [ReachabilityReport] = []
        var failures: [String] = []
        var (isPending, isAsked) = (false, true)
        for target in targets {
            guard let check = state.setup.checks[target.key] else {
                isAsked = false
                continue
            }
            switch check.result {
            case nil: isPending = true
            case .failure(let error): failures.append(self.sentence(error.message))
            case .success(let report):
                if report.reachable {
                    reports.append(report)
                } else {
                    failures.append(self.sentence(report.detail))
                }
            }
        }
        if let first = failures.first {
            guard failures.count > 1 else { return .failed(first) }
            return .failed("\(first.dropLast()), and \(failures.count - 1) more.")
        }
        if !isAsked { return .notAsked }
        if isPending { return .pending }
        if step == .listener {
            return .passed(reports.count == 1 ? "the port is free" : "\(reports.count) ports are free")
        }
        return .passed(reports.first?.detail ?? "")
    }

    private static func sentence(_ text: String) -> String {
        let text = CellText.sanitised(text)
        return text.hasSuffix(".") ? text : text + "."
    }

    static func checkNotes(_ state: ConsoleState) -> [FormItem.Note] {
        switch self.checkState(of: state.setup.step, state) {
        case .none: []
        case .notAsked: [.init("[    ] not checked yet", .muted)]
        case .pending: [.init("[ .. ] checking...", .statePending)]
        case .passed(let detail): [.init("[ ok ] \(detail)", .stateOK)]
        case .failed(let detail): [.init("[FAIL] \(detail)", .stateDown)]
        }
    }

    // MARK: Free ports

    /// Each candidate for ports, in order, with what is known about it: nil while something is not.
    private static func candidates(_ state: ConsoleState) -> [(answers: SetupAnswers, isFree: Bool?)] {
        state.setup.answers.withOtherPorts.map { answers in
            var isFree: Bool? = true
            for target in self.targets(of: .listener, answers) {
                switch state.setup.checks[target.key]?.result {
                case .success(let report)? where report.reachable: continue
                case .success?, .failure?: return (answers, false)
                case nil: isFree = nil
                }
            }
            return (answers, isFree)
        }
    }

    /// A port of the answers is in use: other ones may help. Another address is another matter.
    private static func lacksPorts(_ state: ConsoleState) -> Bool {
        self.targets(of: .listener, state.setup.answers).contains { target in
            guard case .success(let report)? = state.setup.checks[target.key]?.result, !report.reachable else {
                return false
            }
            return report.detail.contains("in use")
        }
    }

    /// As many ports as the answers name, all free; nil while that is not known, or not needed.
    static func freePorts(_ state: ConsoleState) -> String? {
        guard self.lacksPorts(state) else { return nil }
        return self.candidates(state).first { $0.isFree == true }?.answers.text(.listenerPorts)
    }

    /// Tries other ports, one candidate after another, when those of the answers are in use.
    private static func searchFreePorts(_ state: inout ConsoleState) {
        guard state.setup.phase == .drafting, state.setup.step == .listener, self.lacksPorts(state),
            let next = self.candidates(state).first(where: { $0.isFree != false }), next.isFree == nil
        else { return }
        for target in self.targets(of: .listener, next.answers) where state.setup.checks[target.key] == nil {
            let id = state.ask(.check(target.target), for: .setup)
            state.setup.checks[target.key] = SetupCheck(request: id)
        }
    }

    /// Node ids of the brokers that the backend's check found.
    static func brokerIDs(_ state: ConsoleState) -> [Int32] {
        for target in self.targets(of: .backend, state.setup.answers) {
            if case .success(let report)? = state.setup.checks[target.key]?.result { return report.nodeIDs }
        }
        return []
    }

    /// - Returns: whether a check was waiting for the answer.
    static func receiveCheck(_ answer: Answer, _ state: inout ConsoleState) -> Bool {
        guard let key = state.setup.checks.first(where: { $0.value.request == answer.id })?.key else { return false }
        state.setup.checks[key] = SetupCheck(
            request: nil,
            result: answer.result.flatMap {
                if case .reachability(let report) = $0 { .success(report) } else { .failure(.unexpected) }
            })
        // Brokers that start at another id need another first port; what the user typed stays.
        if let lowest = self.brokerIDs(state).min(), lowest > 0,
            !state.setup.touched.contains(SetupField.forwardMinimum.rawValue)
        {
            state.setup.answers[.forwardMinimum] = String(lowest)
        }
        self.searchFreePorts(&state)
        self.rebuild(&state)
        guard let step = state.setup.waiting, step == state.setup.step else { return true }
        switch self.checkState(of: step, state) {
        case .notAsked, .pending, .none: break
        case .passed(let detail):
            self.advance(&state)
            let label = self.checkedField(of: step)?.label ?? step.title
            state.say("\(label): \(detail.isEmpty ? "good" : detail).", .success)
        case .failed: self.next(&state)
        }
        return true
    }

    // MARK: The sandbox

    /// Whether its brokers are the answer already.
    static func usesSandbox(_ state: ConsoleState) -> Bool {
        guard let addresses = state.setup.sandbox ?? state.options.sandbox, state.setup.answers.makesBackend else {
            return false
        }
        return Set(state.setup.answers.list(.backendServers)) == Set(addresses)
    }

    static func canUseSandbox(_ state: ConsoleState) -> Bool {
        state.options.canStartSandbox || state.options.sandbox != nil || state.setup.sandbox != nil
    }

    static func useSandbox(_ state: inout ConsoleState) {
        if let addresses = state.setup.sandbox ?? state.options.sandbox { return self.use(addresses, &state) }
        guard state.setup.sandboxRequest == nil else { return state.say("The sandbox is starting...") }
        state.setup.sandboxRequest = state.ask(.startSandbox, for: .setup)
        state.say("Starting three brokers in this process...")
    }

    static func use(_ addresses: [String], _ state: inout ConsoleState) {
        state.setup.waiting = nil
        state.setup.sandbox = addresses
        state.setup.answers[.backendServers] = addresses.joined(separator: ", ")
        state.setup.touched.insert(SetupField.backendServers.rawValue)
        // What was found out before the sandbox was there says nothing now.
        for target in self.targets(of: .backend, state.setup.answers) { state.setup.checks[target.key] = nil }
        if state.setup.step == .backend { self.startChecks(&state) } else { self.rebuild(&state) }
        state.say("The sandbox is the backend: \(addresses.joined(separator: ", ")).", .success)
    }
}

extension SetupAnswers {
    /// The same with higher ports, to be tried one after another when those of the answers are in use.
    var withOtherPorts: [SetupAnswers] {
        guard let ports = self.ports, let highest = ports.map(\.range.upperBound).max() else { return [] }
        return stride(from: 100, through: 900, by: 100).filter { highest + $0 <= 65_535 }.map { distance in
            var answers = self
            answers[.listenerPorts] = ports.map {
                PortSpecification.text($0.range.lowerBound + distance...$0.range.upperBound + distance)
            }.joined(separator: ", ")
            return answers
        }
    }
}
