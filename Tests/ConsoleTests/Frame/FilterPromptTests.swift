import Testing

@testable import Console

struct FilterPromptTests {
    @Test func `Ctrl-U clears a filter that cannot be read, wherever the cursor went`() {
        var console = TestEngine.console()
        console.press("4", "/", "bogus:x", "Enter", "Ctrl-U", "allow", "Enter")
        #expect(console.state.filters[.decisions]?.text == "allow")
    }

    @Test func `a wrong filter stays in the prompt and the result before it stays visible`() {
        var console = TestEngine.console()
        console.press("4", "/", "deny", "Enter")
        let before = console.state.decisions.tail.count
        console.press("/", "Ctrl-U", "principl")
        #expect(console.state.decisions.tail.count == 0, "a bare word applies while it is typed")
        console.press(":x & (")
        #expect(console.state.decisions.tail.count == before)
        #expect(console.screen.contains("filter: deny"))
        console.press("Enter")
        #expect(console.state.prompt != nil)
        #expect(console.screen.contains("Did you mean 'principal'?"))
        #expect(console.state.decisions.tail.count == before)
        // The cursor is where it stops making sense.
        #expect(console.state.prompt?.field.cursor == 0)
        console.press("Esc")
        #expect(console.state.prompt == nil)
        #expect(console.state.filters[.decisions]?.text == "deny")
        #expect(console.state.filters[.decisions]?.problem == nil)
    }

    @Test func `a wrong filter behind a command opens the prompt with it`() {
        var console = TestEngine.console()
        console.press(":", "decisions bytes:many", "Enter")
        #expect(console.state.place == .decisions)
        #expect(console.state.prompt?.field.text == "bytes:many")
        #expect(console.state.decisions.tail.count > 0)
        console.press("Esc")
        #expect(console.state.filters[.decisions]?.applied == "")
        #expect(console.state.prompt == nil)
    }

    @Test(arguments: ["1", "2", "4", "8"])
    func `every place keeps its rows while a filter is wrong`(place: String) {
        var console = TestEngine.console()
        console.press(place)
        let body = console.lines.dropFirst(2).dropLast(2)
        console.press("/", "(((")
        #expect(console.lines.dropFirst(2).dropLast(2) == body)
        console.press("Enter", "Esc")
        #expect(console.lines.dropFirst(2).dropLast(2) == body)
    }
}
