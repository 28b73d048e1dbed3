import EngineInterface
import Synchronization
import Testing

@testable import Gateway

@Suite struct TokenReviewsTests {
    private struct Busy: Error {}

    @Test func `what could not be looked at is looked at again, later and later, until it is`() async throws {
        let reviews = TokenReviews()
        #expect(reviews.add(.init(issuers: ["a"])))
        let asked = Mutex<[Set<String>]>([])
        let pauses = Mutex<[Duration]>([])
        await reviews.run { subject in
            let count = asked.withLock { asked in
                asked.append(subject.issuers)
                return asked.count
            }
            if count == 60 { #expect(!reviews.add(.init(issuers: ["b"])), "it runs already") }
            if count <= 60 { throw Busy() }
        } failed: {
            #expect($0 is Busy)
        } sleep: { duration in
            pauses.withLock { $0.append(duration) }
        }
        #expect(asked.withLock { $0 } == Array(repeating: ["a"], count: 60) + [["a", "b"]])
        #expect(pauses.withLock { $0.prefix(3) } == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
        #expect(pauses.withLock { $0.max() } == TokenReviews.longestPause)
        #expect(pauses.withLock { $0.last } == TokenReviews.pause)
        #expect(reviews.add(.init(issuers: ["c"])), "the next change starts it again")
    }

    @Test func `changes that come meanwhile are one review together`() async throws {
        let reviews = TokenReviews()
        _ = reviews.add(.init(tokens: [IssuedToken(issuer: "i", id: "0", keyID: nil)]))
        let sizes = Mutex<[Int]>([])
        await reviews.run { subject in
            sizes.withLock { $0.append(subject.tokens.count) }
            guard sizes.withLock({ $0.count }) == 1 else { return }
            for number in 1...100 {
                _ = reviews.add(.init(tokens: [IssuedToken(issuer: "i", id: "\(number)", keyID: nil)]))
            }
        } failed: {
            Issue.record($0)
        } sleep: { _ in
        }
        #expect(sizes.withLock { $0 } == [1, 100])
    }
}
