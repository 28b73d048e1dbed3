import Testing

@testable import Identity

@Suite struct SecretHashTests {
    @Test(arguments: [SecretHash.Scheme.hmacSHA256, .scrypt(cost: 16, blockSize: 8, parallelism: 1)])
    func `a hash matches its secret and no other`(scheme: SecretHash.Scheme) throws {
        let hash = try SecretHash(of: "correct horse", scheme: scheme)
        #expect(try hash.matches("correct horse"))
        #expect(try !hash.matches("correct horsf"))
        #expect(try !hash.matches(""))
    }

    @Test(arguments: [SecretHash.Scheme.hmacSHA256, .scrypt(cost: 16, blockSize: 8, parallelism: 1)])
    func `a hash survives being written as text, and the text does not hold the secret`(
        scheme: SecretHash.Scheme
    ) throws {
        let hash = try SecretHash(of: "correct horse", scheme: scheme)
        #expect(SecretHash(encoded: hash.encoded) == hash)
        #expect(!hash.encoded.contains("correct"))
    }

    @Test func `hashes of one client may share a salt, and then one derivation serves both`() throws {
        let first = try SecretHash(of: "one", scheme: .scrypt(cost: 16, blockSize: 8, parallelism: 1))
        let second = try SecretHash(of: "two", scheme: first.scheme, salt: first.salt)
        #expect(first.isDerived(like: second))
        #expect(try first.derive("two") == second.hash)
        #expect(try !first.isDerived(like: SecretHash(of: "two", scheme: first.scheme)))
        #expect(SecretHash.decoy.scheme == .forChosenSecrets)
    }

    @Test func `the same secret hashes differently each time`() throws {
        #expect(
            try SecretHash(of: "same", scheme: .hmacSHA256).encoded
                != SecretHash(of: "same", scheme: .hmacSHA256).encoded)
    }

    /// RFC 7914 §12: the first 32 bytes of scrypt("pleaseletmein", "SodiumChloride", N = 16384, r = 8, p = 1).
    @Test func `the chosen cost is scrypt as RFC 7914 has it`() throws {
        let hash = try #require(
            SecretHash(
                encoded: "scrypt$16384$8$1$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI="))
        #expect(hash.scheme == .forChosenSecrets)
        #expect(try hash.matches("pleaseletmein"))
    }

    @Test(arguments: [
        "", "$", "md5$AA==$AA==", "hmac-sha256$AA==", "hmac-sha256$AA==$AA==", "scrypt$15$8$1$AA==$AA==",
        "scrypt$1073741824$8$1$AA==$AA==", "scrypt$-2$8$1$AA==$AA==", "scrypt$99999999999999999999$8$1$AA==$AA==",
    ])
    func `text that is not a hash is refused`(text: String) {
        #expect(SecretHash(encoded: text) == nil)
    }
}

@Suite struct RandomTextTests {
    @Test func `random text has the length asked for and uses all of a to z and 0 to 9`() {
        let text = RandomText.make(length: 4000)
        #expect(text.count == 4000)
        #expect(Set(text) == Set("abcdefghijklmnopqrstuvwxyz0123456789"))
    }

    @Test func `two secrets differ`() {
        #expect(RandomText.make(length: 24) != RandomText.make(length: 24))
    }
}
