import EngineInterface
import Testing

@Suite struct LimitSettingTests {
    @Test func `each setting sets its limit`() throws {
        var limits = GatewayLimits()
        let texts: [LimitSetting: String] = [
            .connectionsPerListener: "500", .connectionsPerAddress: "40", .requestBytes: "2097152",
            .requestElements: "77", .firstRequestTimeout: "1.5s", .idleTimeout: "2h",
        ]
        for setting in LimitSetting.allCases { try limits.set(setting, to: try #require(texts[setting])) }
        var wanted = GatewayLimits()
        (wanted.connectionsPerListener, wanted.connectionsPerAddress) = (500, 40)
        (wanted.requestBytes, wanted.requestElements) = (2_097_152, 77)
        (wanted.firstRequestTimeout, wanted.idleTimeout) = (.milliseconds(1_500), .seconds(7_200))
        #expect(limits == wanted)
    }

    @Test func `every setting that a limit names can be set`() {
        for setting in LimitKind.allCases.compactMap(\.setting) {
            #expect(LimitSetting(rawValue: setting) != nil, "\(setting)")
        }
    }

    @Test(arguments: [
        (
            LimitSetting.requestBytes, "2MiB",
            "max-request-bytes is '2MiB'; it must be 1024 to 104857600 bytes, such as 2097152 for 2 MiB."
        ),
        (
            .requestBytes, "0",
            "max-request-bytes is '0'; it must be 1024 to 104857600 bytes, such as 2097152 for 2 MiB."
        ),
        (
            .connectionsPerAddress, "-1",
            "max-connections-per-address is '-1'; it must be 1 to 1000000 connections, such as 1000."
        ),
        (
            .idleTimeout, "600",
            "idle-timeout is '600'; it must be a span of time of at least 100ms, a number with a unit (ms, s, m or h) "
                + "such as 10m."
        ),
        (
            .firstRequestTimeout, "0s",
            "first-request-timeout is '0s'; it must be a span of time of at least 100ms, a number with a unit (ms, s, m "
                + "or h) such as 30s."
        ),
    ]) func `a wrong value is named with its setting and the way out`(
        setting: LimitSetting, text: String, message: String
    ) {
        var limits = GatewayLimits()
        #expect(throws: LimitSettingError(description: message)) { try limits.set(setting, to: text) }
        #expect(limits == GatewayLimits())
    }
}
