import Console

extension Filter {
    /// The filter that `--filter` gives.
    ///
    /// - Throws: `CommandFailure` for wrong use, with the place of the mistake.
    static func option(_ text: String?) throws(CommandFailure) -> Filter? {
        guard let text else { return nil }
        do throws(FilterError) { return try Filter(parsing: text) } catch {
            throw CommandFailure(
                "--filter '\(text)' at character \(error.position + 1): \(error.message)", isWrongUse: true)
        }
    }
}
