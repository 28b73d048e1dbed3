import Console
import Testing

@testable import ConsoleTerminal

struct BackgroundQuestionTests {
    @Test(
        arguments: [
            ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?62c", true), ("\u{1B}]11;rgb:1e1e/1e1e/2e2e\u{7}", false),
            ("\u{1B}]11;rgb:f/f/e\u{1B}\\", true), ("\u{1B}]11;rgba:10/10/10/ff\u{7}", false),
            ("\u{1B}]11;rgb:0000/ffff/0000\u{7}", true), ("\u{1B}]11;rgb:0000/0000/ffff\u{7}", false),
        ])
    func `the terminal's answer tells light from dark`(answer: String, isLight: Bool) {
        let line = InputDecoderTests.Line()
        line.ask()
        line.send(answer)
        #expect(line.taken() == [.background(isLight: isLight)])
    }

    @Test(
        arguments: [
            "\u{1B}[?1;2c", "\u{1B}]11;rgb:\u{7}\u{1B}[?1c", "\u{1B}]11;rgb:fffff/0/0\u{7}\u{1B}[?1c",
            "\u{1B}]11;rgb:zz/0/0\u{7}\u{1B}[?1c", "\u{1B}]4;1;rgb:ffff/ffff/ffff\u{7}\u{1B}[?1c",
        ], [true, false, nil])
    func `a terminal that does not know leaves it to what else is known`(answer: String, otherwise: Bool?) {
        let line = InputDecoderTests.Line()
        line.ask(otherwise: otherwise)
        line.send(answer)
        #expect(line.taken() == [.background(isLight: otherwise)])
    }

    @Test func `an answer in pieces between keys is no key`() {
        let answer = Array("\u{1B}]11;rgb:cccc/ffff/eeee\u{1B}\\\u{1B}[?62;22c".utf8)
        for cut in 1..<answer.count {
            let line = InputDecoderTests.Line(bursts: cut % 2 == 0)
            line.ask()
            line.send("x")
            line.wait(.milliseconds(12))
            line.send(Array(answer[..<cut]))
            line.wait(.milliseconds(200))
            line.send(Array(answer[cut...]))
            line.send("c")
            line.wait(.milliseconds(12))
            let events = line.taken()
            #expect(events == [.key(.character("x")), .background(isLight: true), .key(.character("c"))], "\(cut)")
        }
    }

    @Test(arguments: [100, 500, 1_000, 1_900]) func `a late answer in pieces is no key, when Esc was taken for one too`(
        gap: Int
    ) {
        let answer = Array("\u{1B}]11;rgb:cccc/ffff/eeee\u{1B}\\\u{1B}[?62;22c".utf8)
        for cut in 1..<answer.count {
            let line = InputDecoderTests.Line()
            line.ask()
            line.wait(.seconds(3))
            line.send(Array(answer[..<cut]))
            line.wait(.milliseconds(gap))
            line.send(Array(answer[cut...]))
            line.wait(.seconds(3))
            let events = line.taken().filter { $0 != .key(.escape) }
            #expect(events == [.background(isLight: true)], "\(cut)")
        }
    }

    @Test func `what nobody asked for is dropped and Esc is as fast as ever`() {
        let line = InputDecoderTests.Line()
        line.send("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}\u{1B}[?1c")
        #expect(line.taken() == [])
        line.ask()
        line.send("\u{1B}[?1c\u{1B}")
        line.wait(.milliseconds(25))
        #expect(line.taken() == [.background(isLight: nil), .key(.escape)])
    }

    @Test func `a terminal that never answers slows Esc for half a second only`() {
        let line = InputDecoderTests.Line()
        line.ask()
        line.send("\u{1B}")
        line.wait(.milliseconds(25))
        #expect(line.taken() == [])
        line.wait(.milliseconds(225))
        #expect(line.taken() == [.key(.escape)])
        #expect(line.decoder.awaitsAnswer(at: line.now))
        line.wait(.milliseconds(250))
        #expect(line.decoder.awaitsAnswer(at: line.now), "on leaving it is waited for longer")
        line.send("\u{1B}")
        line.wait(.milliseconds(25))
        #expect(line.taken() == [.key(.escape)])
        line.wait(.seconds(2))
        #expect(!line.decoder.awaitsAnswer(at: line.now), "not for ever")
        // Late is better than never.
        line.send("\u{1B}]11;rgb:0/0/0\u{7}")
        #expect(line.taken() == [.background(isLight: false)])
    }

    @Test(
        arguments: [
            ("15;0", false), ("0;15", true), ("0;default;15", true), ("7;8", false), ("0;7", true),
            ("default;default", nil), ("", nil), ("0;99", nil), (nil, nil),
        ] as [(String?, Bool?)])
    func `COLORFGBG is the second source`(value: String?, isLight: Bool?) {
        #expect(BackgroundQuestion.isLight(colorfgbg: value) == isLight)
    }
}
