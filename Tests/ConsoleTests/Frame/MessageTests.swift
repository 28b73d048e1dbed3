import Foundation
import Testing

@testable import Console

struct MessageTests {
    private static let long =
        "The virtual cluster 'orders' cannot be changed: topics[0].name at line 12 is 'Orders Of Today'; it must hold "
        + "letters, digits, '.', '_' and '-' only. Correct it in the editor, or press Esc to leave it as it was. "
        + "The rest of the plan is untouched: three changes are still waiting behind this one and none was lost."

    private static func saying(
        _ text: String, _ kind: Message.Kind = .info, columns: Int = 80, rows: Int = 24
    ) -> TestConsole {
        var console = TestConsole(columns, rows)
        console.state.say(text, kind)
        return console
    }

    @Test(arguments: [(Message.Kind.info, 5.0), (.success, 5), (.warning, 15), (.error, 15)])
    func `a message expires`(kind: Message.Kind, seconds: Double) {
        var console = Self.saying("A sentence.", kind)
        console.advance(seconds - 0.5)
        #expect(console.screen.contains("A sentence."))
        console.advance(0.5)
        #expect(!console.screen.contains("A sentence."))
    }

    @Test func `the next key, paste or click takes a message away, and so does another place`() {
        for event in [
            InputEvent.key(.down), .paste("text"), .mouse(MouseAction(kind: .wheelDown, column: 1, row: 5)),
        ] {
            var console = Self.saying("A sentence.", .error)
            console.send(.input(event))
            #expect(!console.screen.contains("A sentence."))
        }
        var console = Self.saying("A sentence.", .error)
        console.send(.input(.resize(Size(columns: 100, rows: 30))))
        #expect(console.screen.contains("A sentence."), "a window that changes is no key")
        _ = console.state.update(.tick(console.state.now))
        console.state.go(to: .map)
        #expect(!console.screen.contains("A sentence."))
    }

    @Test func `what is said with the change of place stays`() {
        var console = TestConsole()
        console.press(":", "nonsense", "Enter")
        #expect(console.screen.contains("There is no command 'nonsense'"))
        console.press("4")
        #expect(!console.screen.contains("nonsense"))
    }

    @Test(arguments: [(40, 12), (80, 24), (120, 36)])
    func `a message that does not fit takes more rows, and ! shows the rest`(columns: Int, rows: Int) {
        var console = Self.saying(Self.long, .error, columns: columns, rows: rows)
        #expect(console.screen.contains("The virtual cluster 'orders'"))
        if columns == 120 {
            #expect(console.screen.contains("none was lost."))
        } else {
            #expect(console.screen.contains("! shows all"))
        }
        #expect(console.lines.allSatisfy { CellText.width($0) == columns })
        console.press("!")
        let words = console.screen.replacing("|", with: " ").split { $0.isWhitespace }.joined(separator: " ")
        #expect(words.contains("Message of 12:41:07Z"))
        if columns >= 80 { #expect(words.contains("still waiting behind this one and none was lost.")) }
        console.press("Esc")
        console.press("4", "!")
        #expect(console.screen.contains("Message of 12:41:07Z"), "it is kept")
    }

    @Test func `the last error is what ! shows, also behind later information`() {
        var console = Self.saying("It went wrong.", .error)
        console.state.say("Copied 3 characters.", .success)
        console.press("!")
        #expect(console.screen.contains("It went wrong."))
    }

    @Test func `messages are kept with their times, the newest first`() throws {
        var console = Self.saying("The first.", .info)
        console.advance(61)
        console.state.say("The second.\n  field: reason", .error)
        console.press(":messages", "Enter")
        let lines = console.lines
        let second = try #require(lines.firstIndex { $0.contains("12:42:08Z ERROR The second.") })
        let first = try #require(lines.firstIndex { $0.contains("12:41:07Z INFO  The first.") })
        #expect(second < first)
        #expect(lines[second + 1].contains("field: reason"))
    }

    @Test func `so many messages and no more are kept`() {
        var console = TestConsole()
        for number in 0..<500 { console.state.say("message \(number)") }
        #expect(console.state.messages.all.count == MessageLog.capacity)
        #expect(console.state.messages.all.last?.text == "message 499")
    }

    @Test func `nothing of a message is obeyed by a terminal`() {
        var console = Self.saying("a\u{1B}[2Jb\nc", .error)
        #expect(console.screen.contains("a\\u{1b}[2Jb"))
        console.press("!")
        #expect(console.screen.contains("a\\u{1b}[2Jb"))
    }
}
