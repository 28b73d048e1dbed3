import NIOCore

/// Splits the received bytes of a connection into requests, each without its four length bytes.
///
/// A request that arrives piecemeal is gathered in a buffer of its own, which grows with the received bytes, not with
/// the announced length. Its bytes are copied there once; record batches stay in it for as long as the log keeps them.
struct FrameReader {
    /// The most bytes that are reserved at once for a request, whatever length it announces.
    private static let trustedBytes = 1 << 20

    struct TooLong: Error, Equatable {
        var announcedBytes: Int32
    }

    private let maximumBytes: Int
    /// Fewer than four bytes of a length.
    private var length = ByteBuffer()
    private var gathered = ByteBuffer()
    /// The missing bytes of the request in `gathered`; nil between requests.
    private var missingBytes: Int?

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// The next whole request in the received bytes; nil when `input` is used up.
    ///
    /// - Throws: A length that is negative or above the maximum. The connection cannot continue then.
    mutating func next(_ input: inout ByteBuffer) throws(TooLong) -> ByteBuffer? {
        if self.missingBytes == nil {
            guard let announced = self.readLength(&input) else { return nil }
            guard announced >= 0, Int(announced) <= self.maximumBytes else {
                throw TooLong(announcedBytes: announced)
            }
            if let whole = input.readSlice(length: Int(announced)) { return whole }
            self.gathered = ByteBuffer()
            self.gathered.reserveCapacity(min(Int(announced), Self.trustedBytes))
            self.missingBytes = Int(announced)
        }
        guard let missing = self.missingBytes else { return nil }
        let count = min(missing, input.readableBytes)
        if self.gathered.writableBytes < count {
            // Enough bytes have arrived to trust the announced length.
            self.gathered.reserveCapacity(self.gathered.readableBytes + missing)
        }
        if var part = input.readSlice(length: count) { self.gathered.writeBuffer(&part) }
        guard count == missing else {
            self.missingBytes = missing - count
            return nil
        }
        self.missingBytes = nil
        let whole = self.gathered
        self.gathered = ByteBuffer()
        return whole
    }

    private mutating func readLength(_ input: inout ByteBuffer) -> Int32? {
        if self.length.readableBytes == 0, let length = input.readInteger(as: Int32.self) { return length }
        let wanted = min(4 - self.length.readableBytes, input.readableBytes)
        if var part = input.readSlice(length: wanted) { self.length.writeBuffer(&part) }
        guard let length = self.length.readInteger(as: Int32.self) else { return nil }
        self.length.clear()
        return length
    }
}
