/// Text for a shell: as it is where that is safe, else in quotes.
enum ShellText {
    /// `--name value`, in one word if the value looks like another option.
    static func option(_ name: String, _ value: String) -> String {
        "--\(name)" + (value.hasPrefix("-") ? "=" : " ") + self.quoted(value)
    }

    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || "-_./:@".unicodeScalars.contains(scalar))
            }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
