import EngineInterface
import Testing

@Suite struct ServerSentEventParserTests {
    private static let stream = """
        \u{FEFF}retry: 1000

        : still here
        event: snapshot
        id: a-1-2
        data: {"a":1}

        data: one
        data:two
        unknown: field

        event: empty
        id: b

        event
        data

        """ + "\n"

    private static let events = [
        ServerSentEvent(name: "snapshot", data: #"{"a":1}"#, id: "a-1-2"),
        ServerSentEvent(name: "message", data: "one\ntwo", id: "a-1-2"),
        ServerSentEvent(name: "message", data: "", id: "b"),
    ]

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `events come with their name, data and last id, whatever ends the lines`(end: String) {
        var parser = ServerSentEventParser()
        #expect(parser.feed(Self.stream.replacing("\n", with: end).utf8) == Self.events)
        #expect(parser.retryMilliseconds == 1000)
        #expect(parser.comments == 1)
    }

    @Test(arguments: [1, 2, 3, 7]) func `pieces of any size make the same events`(size: Int) {
        var parser = ServerSentEventParser()
        let bytes = Array(Self.stream.utf8)
        var events: [ServerSentEvent] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += parser.feed(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(events == Self.events)
    }

    @Test func `an event that is not finished is no event`() {
        var parser = ServerSentEventParser()
        #expect(parser.feed("data: cut\n".utf8) == [])
        #expect(parser.feed("\n".utf8) == [ServerSentEvent(name: "message", data: "cut")])
    }

    @Test func `an id with a zero byte and a retry that is no number are passed over`() {
        var parser = ServerSentEventParser()
        #expect(parser.feed("id: a\u{0}b\nretry: soon\ndata: x\n\n".utf8).map(\.id) == [nil])
        #expect(parser.retryMilliseconds == nil)
    }
}
