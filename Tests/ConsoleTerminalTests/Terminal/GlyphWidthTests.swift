import Console
import Testing

@testable import ConsoleTerminal

struct GlyphWidthTests {
    @Test func `printable ASCII is one column`() {
        #expect((0x20..<0x7F).allSatisfy { GlyphWidth.columns(of: Unicode.Scalar(UInt8($0))) == 1 })
    }
}
