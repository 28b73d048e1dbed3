import Resources

/// The limits that can be set, as flags, environment and configuration file write them.
package enum LimitSetting: String, CaseIterable, Sendable {
    case connectionsPerListener = "max-connections-per-listener"
    case connectionsPerAddress = "max-connections-per-address"
    case requestBytes = "max-request-bytes"
    case requestElements = "max-request-elements"
    case firstRequestTimeout = "first-request-timeout"
    case idleTimeout = "idle-timeout"
}

/// A value that a limit cannot have: a sentence with the setting, the value and what it may be.
package struct LimitSettingError: Error, Equatable, CustomStringConvertible {
    package var description: String

    package init(description: String) {
        self.description = description
    }
}

extension GatewayLimits {
    package mutating func set(_ setting: LimitSetting, to text: String) throws(LimitSettingError) {
        switch setting {
        case .connectionsPerListener:
            self.connectionsPerListener = try Self.number(text, setting, 1...1_000_000, "connections, such as 5000")
        case .connectionsPerAddress:
            self.connectionsPerAddress = try Self.number(text, setting, 1...1_000_000, "connections, such as 1000")
        case .requestBytes:
            self.requestBytes = try Self.number(text, setting, 1_024...104_857_600, "bytes, such as 2097152 for 2 MiB")
        case .requestElements:
            self.requestElements = try Self.number(text, setting, 1...10_000_000, "elements, such as 20000")
        case .firstRequestTimeout: self.firstRequestTimeout = try Self.span(text, setting, "30s")
        case .idleTimeout: self.idleTimeout = try Self.span(text, setting, "10m")
        }
    }

    private static func number(
        _ text: String, _ setting: LimitSetting, _ range: ClosedRange<Int>, _ words: String
    ) throws(LimitSettingError) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw LimitSettingError(
                description: "\(setting.rawValue) is '\(OutsideText.escaped(text, maximumBytes: 80))'; it must be "
                    + "\(range.lowerBound) to \(range.upperBound) \(words).")
        }
        return number
    }

    private static func span(
        _ text: String, _ setting: LimitSetting, _ example: String
    ) throws(LimitSettingError) -> Duration {
        guard let span = Duration(durationText: text), span >= .milliseconds(100) else {
            throw LimitSettingError(
                description:
                    "\(setting.rawValue) is '\(OutsideText.escaped(text, maximumBytes: 80))'; it must be a span "
                    + "of time of at least 100ms, a number with a unit (ms, s, m or h) such as \(example).")
        }
        return span
    }
}
