import Foundation
import JSON
import Resources
import Testing

@testable import Console

struct SetupScreenTests {
    private static func setup(_ size: Size, _ glyphs: Glyphs, _ step: SetupStep) -> SetupFixture {
        var setup = SetupFixture(
            size.columns, size.rows, glyphs: glyphs, options: ConsoleOptions(canStartSandbox: true))
        setup.press("Enter")
        setup.enter(to: step)
        setup.console.state.flash = nil
        return setup
    }

    @Test func `the place before anything is answered`() {
        expectGoldens("setup/empty") { size, glyphs in
            SetupFixture(size.columns, size.rows, glyphs: glyphs).console.state
        }
    }

    @Test func `the sign-in server`() {
        expectGoldens("setup/sign-in") { Self.setup($0, $1, .signIn).console.state }
    }

    @Test func `the scope and the client`() {
        expectGoldens("setup/client") { Self.setup($0, $1, .client).console.state }
    }

    @Test func `the backend cluster, checked`() {
        expectGoldens("setup/backend") { Self.setup($0, $1, .backend).console.state }
    }

    @Test func `the virtual cluster with a wrong label`() {
        expectGoldens("setup/virtual-cluster") { size, glyphs in
            var setup = Self.setup(size, glyphs, .virtualCluster)
            setup.press("Tab")
            setup.fill("vcluster 1")
            return setup.console.state
        }
    }

    @Test func `the listener`() {
        expectGoldens("setup/listener") { Self.setup($0, $1, .listener).console.state }
    }

    @Test func `the rules and their effect`() {
        expectGoldens("setup/acl") { size, glyphs in
            var setup = Self.setup(size, glyphs, .client)
            setup.answer(.claimName, "topic_prefix")
            setup.answer(.claimValue, "orders-")
            setup.open(.acl)
            setup.console.state.flash = nil
            setup.console.state.setup.form.focus("acl.rules[0].names")
            setup.press("Right", "Right")
            setup.console.state.setup.form.focus("acl.rules[0].operations")
            return setup.console.state
        }
    }

    @Test func `the review`() {
        expectGoldens("setup/review") { Self.setup($0, $1, .review).console.state }
    }

    @Test func `the proof`() {
        expectGoldens("setup/proven") { size, glyphs in
            var setup = Self.setup(size, glyphs, .review)
            setup.apply()
            setup.press("Enter")
            setup.console.state.flash = nil
            return setup.console.state
        }
    }

    @Test func `a refusal at its field`() {
        expectGoldens("setup/refused") { size, glyphs in
            var setup = Self.setup(size, glyphs, .review)
            setup.refusals["/listeners"] = ManagementAnswer(
                status: 409,
                body: .object(["detail": .string("A listener with the name [apps] exists already")]))
            setup.apply()
            return setup.console.state
        }
    }

    @Test func `every step is drawn at every size`() {
        for columns in [1, 5, 30, 59, 60, 80, 119, 120, 200] {
            for rows in [1, 4, 7, 10, 17, 24, 40] {
                var setup = SetupFixture(columns, rows, options: ConsoleOptions(canStartSandbox: true))
                setup.press("Enter")
                for step in SetupStep.allCases {
                    setup.console.state.setup.step = step
                    SetupScreen.rebuild(&setup.console.state)
                    for isEditing in [true, false] {
                        setup.console.state.setup.isEditing = isEditing
                        let grid = setup.console.state.draw()
                        #expect(grid.lines.allSatisfy { CellText.width($0) == columns })
                    }
                }
                setup.console.state.setup.isEditing = true
                setup.apply()
                #expect(setup.console.lines.count == rows)
            }
        }
    }

    @Test func `any keys in any order trap nothing`() {
        let keys = [
            "Enter", "Tab", "Shift-Tab", "Up", "Down", "Left", "Right", "PgUp", "PgDn", "Space", "x", "9", "-",
            "Ctrl-F",
            "Ctrl-R", "F5", "F6", "Backspace", "Ctrl-U", "Esc", "y", "Home", "End", "F1",
        ]
        for seed in 0..<12 {
            var random = SplitMix(state: UInt64(seed))
            var setup = SetupFixture(
                [40, 80, 120, 160][seed % 4], [10, 24, 36, 48][seed % 4], options: ConsoleOptions(canStartSandbox: true)
            )
            if seed % 3 == 0 { setup.refusals["/clients"] = ManagementAnswer(status: 503) }
            for _ in 0..<250 {
                setup.press(keys[Int(random.next() % UInt64(keys.count))])
                if setup.console.state.place != .setup { setup.press("Esc", "9") }
            }
            let width = setup.console.state.size.columns
            #expect(setup.console.lines.allSatisfy { CellText.width($0) == width })
        }
    }

    @Test func `a click chooses a step or a field`() {
        var setup = SetupFixture(options: ConsoleOptions(canStartSandbox: true))
        setup.console.send(.input(.mouse(MouseAction(kind: .click, column: 4, row: 5))))
        #expect(setup.console.state.setup.step == .backend)
        setup.answerAll()
        let row = setup.console.lines.firstIndex { $0.contains("Bootstrap") } ?? 0
        setup.console.send(.input(.mouse(MouseAction(kind: .click, column: 30, row: row))))
        #expect(setup.console.state.setup.form.focus == "backend.bootstrap_servers")
        #expect(setup.console.state.setup.isEditing)
    }
}

/// A small generator with a seed.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
