import Foundation

/// The URL of an OAuth endpoint, called as it was written: a slash at its end and a query belong to it (RFC 6749, section 3.2).
struct EndpointURL: Equatable {
    /// What a text must be, as the end of a sentence.
    static let rule = "an http or https URL without a user name or a fragment"

    /// As it was given; `http://` is put before `HOST:PORT` alone.
    let url: String
    /// Where it is, without its query.
    let server: ServerAddress

    init?(_ text: String) {
        let url = text.contains("://") ? text : "http://\(text)"
        guard !url.contains("#") else { return nil }
        let base = url.firstIndex(of: "?").map { String(url[..<$0]) } ?? url
        guard let server = ServerAddress(base) else { return nil }
        self.url = url
        self.server = server
    }
}
