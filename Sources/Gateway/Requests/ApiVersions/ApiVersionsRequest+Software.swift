import KafkaProtocol

extension ApiVersionsRequest {
    /// Whether the client's software has a name and a version that brokers accept (KIP-511): letters and digits, with `-`
    /// and `.` between them.
    var namesSoftwareProperly: Bool {
        [self.clientSoftwareName, self.clientSoftwareVersion].allSatisfy { text in
            func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") }
            guard let first = text.utf8.first, let last = text.utf8.last, !isSign(first), !isSign(last) else {
                return false
            }
            return text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    isSign(byte)
                }
            }
        }
    }
}
