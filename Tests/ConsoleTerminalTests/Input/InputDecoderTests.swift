import Console
import Testing

@testable import ConsoleTerminal

/// What a terminal sends, and what comes of it. Time is the test's.
struct InputDecoderTests {
    /// A decoder with a clock beside it.
    final class Line {
        var decoder: InputDecoder
        var now = ContinuousClock.now
        var events: [InputEvent] = []

        init(keys: [[UInt8]: Key] = [:], bursts: Bool = false) {
            self.decoder = InputDecoder(keys: keys, takesBurstsForPastes: bursts)
        }

        func ask(otherwise: Bool? = nil) {
            self.decoder.asked(
                until: self.now.advanced(by: BackgroundQuestion.limit),
                lastEnd: self.now.advanced(by: BackgroundQuestion.lastLimit), otherwise: otherwise)
        }

        func send(_ bytes: [UInt8]) {
            self.decoder.received(bytes, at: self.now, into: &self.events)
        }

        func send(_ text: String) {
            self.send(Array(text.utf8))
        }

        func wait(_ duration: Duration) {
            self.now = self.now.advanced(by: duration)
            self.decoder.timePassed(self.now, into: &self.events)
        }

        /// What came since the last time.
        func taken() -> [InputEvent] {
            defer { self.events = [] }
            return self.events
        }
    }

    static let sequences: [(String, Key)] = [
        ("a", .character("a")), (" ", .space), ("é", .character("é")), ("漢", .character("漢")), ("\r", .enter),
        ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace), ("\u{10}", .control("p")),
        ("\u{1C}", .control("\\")), ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[1;2B", .down), ("\u{1B}[H", .home),
        ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}OF", .end), ("\u{1B}[8~", .end), ("\u{1B}[2~", .insert),
        ("\u{1B}[3~", .delete), ("\u{1B}[5~", .pageUp), ("\u{1B}[6;5~", .pageDown), ("\u{1B}[Z", .backTab),
        ("\u{1B}OP", .function(1)), ("\u{1B}[[A", .function(1)), ("\u{1B}[11~", .function(1)),
        ("\u{1B}[17~", .function(6)), ("\u{1B}[21~", .function(10)), ("\u{1B}[24~", .function(12)),
        ("\u{1B}x", .alt("x")), ("\u{1B}é", .alt("é")), ("\u{1B}OM", .enter), ("\u{1B}Op", .character("0")),
        ("\u{1B}[112;5u", .control("p")), ("\u{1B}[27;5;112~", .control("p")), ("\u{1B}[9;2u", .backTab),
        ("\u{1B}[27u", .escape), ("\u{1B}[120;3u", .alt("x")),
    ]

    @Test(arguments: Self.sequences) func `a key is the same however a terminal sends it`(bytes: String, key: Key) {
        let whole = Line()
        whole.send(bytes)
        #expect(whole.taken() == [.key(key)])

        let pieces = Line()
        for byte in bytes.utf8 { pieces.send([byte]) }
        #expect(pieces.taken() == [.key(key)])
        #expect(pieces.decoder.deadline == nil)
    }

    @Test func `Ctrl-C and Ctrl-Z are what they mean`() {
        let line = Line()
        line.send("\u{3}\u{1A}")
        line.send("\u{1B}[99;5u")
        #expect(line.taken() == [.interrupt, .suspend, .interrupt])
    }

    @Test func `Esc alone is a key after its delay`() {
        let line = Line()
        line.send("\u{1B}")
        #expect(line.taken() == [])
        line.wait(.milliseconds(24))
        #expect(line.taken() == [])
        line.wait(.milliseconds(1))
        #expect(line.taken() == [.key(.escape)])
        #expect(line.decoder.deadline == nil)
    }

    @Test func `Esc and then a sequence are two keys`() {
        let line = Line()
        line.send("\u{1B}\u{1B}[A")
        #expect(line.taken() == [.key(.escape), .key(.up)])
    }

    @Test func `Alt with a letter that begins sequences is a key when nothing follows`() {
        for letter in ["[", "O", "]", "P"] {
            let line = Line()
            line.send("\u{1B}\(letter)")
            line.wait(.seconds(2))
            #expect(line.taken() == [.key(.alt(Character(letter)))])
        }
    }

    @Test func `a sequence that is cut off is dropped, and the next key is itself`() {
        let line = Line()
        line.send("\u{1B}[1;5")
        line.wait(.seconds(2))
        line.send("x")
        #expect(line.taken() == [.key(.character("x"))])
        line.send("\u{1B}[12\u{1B}[B")
        #expect(line.taken() == [.key(.down)])
    }

    @Test(arguments: Self.sequences.filter { $0.0.hasPrefix("\u{1B}") && $0.0.count > 2 }, [false, true])
    func `no piece of a sequence is a command, wherever and for how long a line cuts it`(
        sequence: (bytes: String, key: Key), bursts: Bool
    ) {
        let bytes = Array(sequence.bytes.utf8)
        for cut in 1..<bytes.count {
            for gap in [40, 120, 300, 1_900] {
                let line = Line(bursts: bursts)
                line.send(Array(bytes[..<cut]))
                line.wait(.milliseconds(gap))
                line.send(Array(bytes[cut...]))
                line.wait(.seconds(3))
                let events = line.taken()
                // Esc alone cannot wait that long; what it changed is not what the key was pressed for.
                #expect(events == [.key(cut == 1 ? .escape : sequence.key)], "cut at \(cut), \(gap) ms")
                line.send("x")
                line.wait(.milliseconds(300))
                #expect(line.taken() == [.key(.character("x"))])
            }
        }
    }

    @Test func `a sequence that comes byte by byte is one key`() {
        let line = Line()
        for byte in Array("\u{1B}[1;3D".utf8) {
            line.send([byte])
            line.wait(.milliseconds(20))
        }
        #expect(line.taken() == [.key(.left)])
    }

    @Test func `what stands behind a cut sequence is itself, and a paste behind a cut start is one`() {
        let line = Line()
        line.send("\u{1B}")
        line.wait(.milliseconds(60))
        line.send("[15~\u{1B}[Bx")
        #expect(line.taken() == [.key(.escape), .key(.down), .key(.character("x"))])
        line.send("\u{1B}")
        line.wait(.milliseconds(60))
        line.send("[200~q\u{1B}[201~y")
        #expect(line.taken() == [.key(.escape), .paste("q"), .key(.character("y"))])
    }

    @Test func `what people type behind Esc is itself`() {
        let line = Line()
        for (letter, wait) in [("j", 0), ("[", 2_000), ("O", 250), ("]", 0), ("1", 0)] {
            line.send("\u{1B}")
            line.wait(.milliseconds(25))
            line.send(letter)
            line.wait(.milliseconds(wait))
            #expect(line.taken() == [.key(.escape), .key(.character(Character(letter)))])
        }
        line.send("\u{1B}")
        line.wait(.milliseconds(25))
        line.wait(.seconds(2))
        line.send("[D")
        #expect(line.taken() == [.key(.escape), .key(.character("[")), .key(.character("D"))], "long after")
    }

    @Test(
        arguments: [
            "\u{1B}[97;1:3u", "\u{1B}[1;1:3D", "\u{1B}[3;5:3~", "\u{1B}[68;2:3;68u", "\u{1B}[27;1:3u", "\u{1B}[13;1:3u",
        ])
    func `the release of a key is no press`(bytes: String) {
        let line = Line()
        line.send(bytes + "x")
        #expect(line.taken() == [.key(.character("x"))])
    }

    @Test func `a press and a repeat are told as such and are keys`() {
        let line = Line()
        line.send("\u{1B}[97;1:1u\u{1B}[97;1:2u\u{1B}[1;1:1D")
        #expect(line.taken() == [.key(.character("a")), .key(.character("a")), .key(.left)])
    }

    @Test(
        arguments: [
            "\u{1B}[?64;1;2c", "\u{1B}[12;40R", "\u{1B}[?2026;2$y", "\u{1B}[I", "\u{1B}[O",
            "\u{1B}[99999999999999999999~",
            "\u{1B}]11;rgb:0/0/0\u{1B}\\", "\u{1B}]11;rgb:0/0/0\u{7}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[201~", "\0",
            "\u{9B}", "\u{1B}[57400;1u", "\u{1B}Oz",
        ])
    func `what means nothing here is dropped whole`(bytes: String) {
        let line = Line()
        line.send(bytes + "x")
        #expect(line.taken() == [.key(.character("x"))])
    }

    @Test func `a stray byte eats nothing that follows`() {
        for stray: [UInt8] in [[0xFF], [0xE9], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5], [0xE6, 0xBC]] {
            let line = Line()
            line.send(stray + Array("ab".utf8))
            #expect(line.taken() == [.key(.character("a")), .key(.character("b"))])
        }
    }

    @Test func `a key of the terminal's description wins`() {
        let line = Line(keys: [Array("\u{1B}[M".utf8): .function(1)])
        line.send("\u{1B}[Ma")
        #expect(line.taken() == [.key(.function(1)), .key(.character("a"))])
    }

    // MARK: Pastes

    @Test func `a bracketed paste is one event whatever is in it`() {
        let line = Line()
        let text = "a\u{3}b\u{1B}[Ac\u{1A}\r\nq\rend"
        line.send("x\u{1B}[200~\(text)\u{1B}[201~y")
        #expect(
            line.taken() == [
                .key(.character("x")), .paste("a\u{3}b\u{1B}[Ac\u{1A}\nq\nend"), .key(.character("y")),
            ])
    }

    @Test func `a paste may come in any pieces`() {
        let bytes = Array("\u{1B}[200~漢字\u{1B}[20\u{1B}[201~z".utf8)
        for size in 1...bytes.count {
            let line = Line()
            for start in stride(from: 0, to: bytes.count, by: size) {
                line.send(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(line.taken() == [.paste("漢字\u{1B}[20"), .key(.character("z"))], "in pieces of \(size)")
        }
    }

    @Test func `a paste whose end was lost ends itself`() {
        let line = Line()
        line.send("\u{1B}[200~abc")
        line.wait(.milliseconds(1_999))
        #expect(line.taken() == [])
        line.wait(.milliseconds(1))
        line.send("d")
        #expect(line.taken() == [.paste("abc"), .key(.character("d"))])
    }

    @Test func `a paste is cut at its limit`() throws {
        let line = Line()
        line.send("\u{1B}[200~")
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        for _ in 0..<6 { line.send(piece) }
        line.send("\u{1B}[201~x")
        let events = line.taken()
        #expect(events.count == 2)
        guard case .paste(let text) = try #require(events.first) else { return #expect(Bool(false), "no paste") }
        #expect(text.utf8.count <= InputDecoder.maximumPasteBytes)
        #expect(text.utf8.count > InputDecoder.maximumPasteBytes - 16)
        #expect(events.last == .key(.character("x")))
    }

    @Test func `without brackets a burst is a paste, and typing is not`() {
        let line = Line(bursts: true)
        line.send("eyJhbGciOiJSUzI1NiIs")
        line.send("\rq\rrest")
        line.wait(.milliseconds(149))
        #expect(line.taken() == [])
        line.wait(.milliseconds(1))
        #expect(line.taken() == [.paste("eyJhbGciOiJSUzI1NiIs\nq\nrest")])

        line.send("quit\r")
        line.wait(.milliseconds(60))
        #expect(line.taken() == "quit".map { .key(.character($0)) } + [.key(.enter)])

        line.send(String(repeating: "j", count: 60))
        line.wait(.milliseconds(60))
        #expect(line.taken() == Array(repeating: .key(.character("j")), count: 60))

        for letter in "decisions" {
            line.send(String(letter))
            line.wait(.milliseconds(15))
        }
        #expect(line.taken() == "decisions".map { .key(.character($0)) }, "fast fingers")

        for _ in 0..<40 {
            line.send("k")
            line.wait(.milliseconds(8))
        }
        line.wait(.milliseconds(60))
        #expect(line.taken() == Array(repeating: .key(.character("k")), count: 40), "a key held down")
    }

    @Test func `a flood of text is a paste also where brackets were asked for`() {
        let text =
            String((0..<400).map { number in Character(Unicode.Scalar(UInt8(97 + number % 26))) }) + "QTdq15x\nq\ny"
        let line = Line()
        line.send(text)
        line.wait(.milliseconds(150))
        #expect(line.taken() == [.paste(text)])
        line.send("quit now, and say yes to what is asked")
        #expect(line.taken().count == 38, "what fingers may have typed ahead is keys at once")
    }

    @Test(arguments: [(8, 30), (16, 50), (4, 20), (32, 60), (1, 1), (8, 140), (2, 10)])
    func `a paste over a slow line is no command, in whatever pieces it comes`(size: Int, gap: Int) {
        let text = String((0..<400).map { number in Character(Unicode.Scalar(UInt8(97 + number % 26))) }) + "QTdq15xq"
        let line = Line(bursts: true)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            line.send(Array(bytes[start..<min(start + size, bytes.count)]))
            line.wait(.milliseconds(gap))
        }
        line.wait(.seconds(1))
        #expect(line.taken() == [.paste(text)])
    }

    @Test(arguments: ["/deny & topic:a*\r", ":decisions deny\r"])
    func `a line for a prompt that a slow line delivers in one piece is typed`(text: String) {
        let keys: [InputEvent] =
            text.dropLast().map { .key($0 == " " ? .space : .character($0)) } + [.key(.enter)]
        let whole = Line(bursts: true)
        whole.send(text)
        whole.wait(.milliseconds(150))
        #expect(whole.taken() == keys)

        let opened = Line(bursts: true)
        opened.send(String(text.prefix(1)))
        opened.wait(.milliseconds(20))
        opened.send(String(text.dropFirst()))
        opened.wait(.milliseconds(150))
        #expect(opened.taken() == keys)
        opened.send(String(text.dropFirst()))
        opened.wait(.milliseconds(150))
        #expect(opened.taken() == [.paste(text.dropFirst().dropLast() + "\n")], "Enter closed the prompt")
    }

    @Test(arguments: [":quit\rmore\r", ":a long line\nquit\r", "decisions\r", ":decisions", ":q\u{1}uit now\r"])
    func `several lines, and text that no prompt takes, are a paste`(text: String) {
        let line = Line(bursts: true)
        line.send(text)
        line.wait(.milliseconds(150))
        let events = line.taken()
        #expect(events.count == 1)
        if case .paste? = events.first { return }
        Issue.record("\(events)")
    }

    @Test func `without brackets sequences are keys at once`() {
        let line = Line(bursts: true)
        line.send("\u{1B}[A\u{1B}[A")
        #expect(line.taken() == [.key(.up), .key(.up)])
        line.send("\u{1B}")
        line.wait(.milliseconds(30))
        #expect(line.taken() == [.key(.escape)])
    }

    // MARK: Mouse

    @Test func `clicks, double clicks and the wheel are told apart`() {
        let line = Line()
        func press(_ button: Int, _ column: Int, _ row: Int) -> String {
            "\u{1B}[<\(button);\(column + 1);\(row + 1)M\u{1B}[<\(button);\(column + 1);\(row + 1)m"
        }
        line.send(press(0, 4, 2))
        line.wait(.milliseconds(400))
        line.send(press(0, 4, 2))
        line.send(press(0, 4, 2))
        line.send(press(0, 5, 2))
        line.send("\u{1B}[<64;1;1M\u{1B}[<65;1;1M\u{1B}[<2;1;1M\u{1B}[<35;1;1M\u{1B}[<0;0;1M")
        let expected: [(MouseAction.Kind, Int, Int)] = [
            (.click, 4, 2), (.doubleClick, 4, 2), (.click, 4, 2), (.click, 5, 2), (.wheelUp, 0, 0), (.wheelDown, 0, 0),
        ]
        let actions = expected.map { MouseAction(kind: $0.0, column: $0.1, row: $0.2) }
        #expect(line.taken() == actions.map { .mouse($0) })
    }

    @Test func `old mouse reports are read too`() {
        let line = Line()
        line.send([0x1B, 0x5B, 0x4D, 32, 33 + 200, 33 + 7])
        #expect(line.taken() == [.mouse(MouseAction(kind: .click, column: 200, row: 7))])
    }

    // MARK: Anything

    @Test(arguments: 0..<40) func `whatever comes, the next key after a pause is itself`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let line = Line(bursts: seed.isMultiple(of: 2))
        let starts: [[UInt8]] = [[], [0x1B], [0x1B, 0x5B], [0x1B, 0x5D], Array("\u{1B}[200~".utf8), [0xE6]]
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0..<20, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            line.send((starts.randomElement(using: &numbers) ?? []) + bytes)
            line.wait(.milliseconds(Int.random(in: 0..<40, using: &numbers)))
        }
        // Unfinished business first: a paste may be open, and in it the rest of a sequence.
        for _ in 0..<4 { line.wait(.seconds(3)) }
        _ = line.taken()
        line.send("x")
        line.wait(.milliseconds(100))
        #expect(line.taken() == [.key(.character("x"))])
        #expect(line.decoder.deadline == nil)
    }
}

/// A generator whose numbers a seed repeats (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
