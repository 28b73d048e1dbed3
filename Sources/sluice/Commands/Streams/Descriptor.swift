import Foundation

/// Reading and writing file descriptors to the end, whatever they are: files, pipes, terminals, devices.
enum Descriptor {
    static func write(_ text: String, to descriptor: Int32) -> Int32? {
        self.write(Data(text.utf8), to: descriptor)
    }

    /// Writes all bytes.
    ///
    /// - Returns: the number of the error that ended it; nil when everything is written.
    static func write(_ bytes: Data, to descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while let start = rest.baseAddress, !rest.isEmpty {
                let count = Foundation.write(descriptor, start, rest.count)
                if count >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
                    continue
                }
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    // Another program made the shared pipe or terminal non-blocking.
                    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&ready, 1, -1)
                case let failure: return failure
                }
            }
            return nil
        }
    }

    enum Reading {
        case bytes([UInt8])
        case tooLarge
        case failed(Int32)
    }

    /// Reads to the end, or until it is certain that there is more than `maximum`.
    static func read(_ descriptor: Int32, maximum: Int) -> Reading {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count <= maximum {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return .bytes(bytes) }
            if count > 0 {
                bytes += buffer[..<count]
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&ready, 1, -1)
            case let failure: return .failed(failure)
            }
        }
        return .tooLarge
    }

    /// Keeps the numbers 0, 1 and 2 for the standard streams when one was closed before the start. Otherwise the next
    /// file or socket would take the number, and output would be written into it. What takes its place refuses to be read
    /// or written, so that the closed stream is told as one.
    static func reserveStandardStreams() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", mode)
        }
    }

    /// `No space left on device`.
    static func words(_ failure: Int32) -> String { String(cString: strerror(failure)) }
}
