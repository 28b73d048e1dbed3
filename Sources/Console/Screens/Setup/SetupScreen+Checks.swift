import GatewayModel

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
    case pending
    case passed(String)
    case failed(String)
}

extension SetupScreen {
    /// More ports than this are not tried one by one.
    private static let maximumChecks = 16

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

    /// Asks what is not known yet about the step.
    static func startChecks(_ state: inout ConsoleState) {
        guard state.setup.phase == .drafting else { return }
        if state.setup.checks.count > 200 { state.setup.checks = [:] }
        for target in self.targets(of: state.setup.step, state.setup.answers)
        where state.setup.checks[target.key] == nil {
            let id = state.ask(.check(target.target), for: .setup)
            state.setup.checks[target.key] = SetupCheck(request: id)
        }
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
        for target in targets {
            state.setup.checks[target.key] = nil
            state.setup.overridden.remove(target.key)
        }
        self.startChecks(&state)
        state.say("Checking again...")
    }

    static func checkState(of step: SetupStep, _ state: ConsoleState) -> SetupCheckState {
        let targets = self.targets(of: step, state.setup.answers)
        guard !targets.isEmpty else { return .none }
        var reports: [ReachabilityReport] = []
        var isPending = false
        for target in targets {
            switch state.setup.checks[target.key]?.result {
            case nil: isPending = true
            case .failure(let error): return .failed(self.sentence(error.message))
            case .success(let report):
                guard report.reachable else { return .failed(self.failure(of: target, report)) }
                reports.append(report)
            }
        }
        if isPending { return .pending }
        if step == .listener {
            return .passed(reports.count == 1 ? "the port is free" : "\(reports.count) ports are free")
        }
        return .passed(reports.first?.detail ?? "")
    }

    private static func failure(of target: Target, _ report: ReachabilityReport) -> String {
        guard case .port(let address, let port) = target.target else { return self.sentence(report.detail) }
        // The place once, however the detail begins.
        let place = "\(address):\(port)"
        let detail =
            report.detail.hasPrefix(place + ": ") ? String(report.detail.dropFirst(place.count + 2)) : report.detail
        return self.sentence("\(place) cannot be bound: \(detail)")
    }

    private static func sentence(_ text: String) -> String {
        let text = CellText.sanitised(text)
        return text.hasSuffix(".") ? text : text + "."
    }

    static func checkNotes(_ state: ConsoleState) -> [FormItem.Note] {
        switch self.checkState(of: state.setup.step, state) {
        case .none: []
        case .pending: [.init("[ .. ] checking...", .statePending)]
        case .passed(let detail): [.init("[ ok ] \(detail)", .stateOK)]
        case .failed(let detail): [.init("[FAIL] \(detail)", .stateDown)]
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
        self.rebuild(&state)
        guard let step = state.setup.waiting, step == state.setup.step else { return true }
        switch self.checkState(of: step, state) {
        case .pending, .none: break
        case .passed: self.advance(&state)
        case .failed: self.next(&state)
        }
        return true
    }

    // MARK: The sandbox

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
        state.setup.sandbox = addresses
        state.setup.answers[.backendServers] = addresses.joined(separator: ", ")
        state.setup.touched.insert(SetupField.backendServers.rawValue)
        // What was found out before the sandbox was there says nothing now.
        for target in self.targets(of: .backend, state.setup.answers) { state.setup.checks[target.key] = nil }
        if state.setup.step == .backend { self.startChecks(&state) } else { self.rebuild(&state) }
        state.say("The sandbox is the backend: \(addresses.joined(separator: ", ")).", .success)
    }
}
