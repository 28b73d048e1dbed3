import Foundation
import Store
import Testing

@Suite struct SecretBoxTests {
    private let key = Data(0..<32)

    @Test func `what was sealed opens in the same context`() throws {
        let box = try #require(SecretBox(key: self.key))
        let sealed = try box.seal(Data("secret".utf8), context: "auth_signing_keys/k1")
        #expect(sealed.range(of: Data("secret".utf8)) == nil)
        #expect(try box.open(sealed, context: "auth_signing_keys/k1") == Data("secret".utf8))
    }

    @Test func `sealing twice gives different bytes`() throws {
        let box = try #require(SecretBox(key: self.key))
        #expect(try box.seal(Data("secret".utf8), context: "a") != box.seal(Data("secret".utf8), context: "a"))
    }

    @Test func `another key, another context and any changed byte are refused`() throws {
        let box = try #require(SecretBox(key: self.key))
        let other = try #require(SecretBox(key: Data(repeating: 7, count: 32)))
        let sealed = try box.seal(Data("secret".utf8), context: "a")
        #expect(throws: SecretBox.OpenError.wrongKeyOrAltered) { try other.open(sealed, context: "a") }
        #expect(throws: SecretBox.OpenError.wrongKeyOrAltered) { try box.open(sealed, context: "b") }
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 1
            #expect(throws: SecretBox.OpenError.wrongKeyOrAltered) { try box.open(altered, context: "a") }
        }
        #expect(throws: SecretBox.OpenError.wrongKeyOrAltered) { try box.open(Data(), context: "a") }
    }

    @Test func `a key of another length makes no box`() {
        #expect(SecretBox(key: Data(count: 16)) == nil)
    }
}
