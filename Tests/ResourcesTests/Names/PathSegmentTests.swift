import Resources
import Testing

@Suite struct PathSegmentTests {
    @Test func `what is encoded is decoded again, whatever it is`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let scalars = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 1...0x2FFFF, using: &generator))
            }
            var text = ""
            for scalar in scalars where scalar != "/" { text.unicodeScalars.append(scalar) }
            let segment = PathSegment.encoded(text)
            #expect(segment.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") })
            #expect(try PathSegment.decoded(segment).utf8.elementsEqual(text.utf8))
        }
    }

    @Test func `a plus sign is a plus sign, and case does not matter`() throws {
        #expect(try PathSegment.decoded("a+b%2Bc%2bd") == "a+b+c+d")
        #expect(try PathSegment.decoded("%e6%97%a5%E6%9C%AC") == "日本")
        #expect(PathSegment.encoded("a b/c?d#e%") == "a%20b%2Fc%3Fd%23e%25")
    }

    @Test(arguments: [
        ("%", PathSegment.Fault.malformed), ("a%4", .malformed), ("%zz", .malformed), ("%ff", .malformed),
        ("%C3%28", .malformed), ("%2F", .slash), ("a%2fb", .slash), ("%00", .zero), ("a\0", .zero),
    ])
    func `what is no name is refused`(_ segment: String, _ fault: PathSegment.Fault) {
        #expect(throws: fault) { try PathSegment.decoded(segment) }
    }
}
