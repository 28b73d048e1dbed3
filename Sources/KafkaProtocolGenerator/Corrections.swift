/// Facts that the notation cannot say.
enum Corrections {
    /// Fields that keep the old length even in flexible versions.
    ///
    /// The client id of a request header: a broker must be able to read it before it knows whether the version is one
    /// that it understands (KIP-511).
    static func keepsPlainLength(_ message: Message, _ field: Field) -> Bool {
        message.name == "RequestHeader" && field.name == "ClientId"
    }
}
