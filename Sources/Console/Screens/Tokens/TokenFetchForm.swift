/// Client credentials, typed to fetch a token with. The secret is shown as stars and forgotten with the form.
struct TokenFetchForm: Equatable, Sendable {
    enum Field: Int, CaseIterable, Sendable {
        case issuer, clientID, clientSecret, scope

        var label: String {
            switch self {
            case .issuer: "Issuer URL"
            case .clientID: "Client id"
            case .clientSecret: "Client secret"
            case .scope: "Scope"
            }
        }

        var explanation: String {
            switch self {
            case .issuer: "The auth server's issuer; the token endpoint is <issuer>/oauth/token."
            case .clientID: "The client's id, as the auth server knows it."
            case .clientSecret: "Used once for this request; kept in memory only until the form closes."
            case .scope: "Scopes with spaces between. Empty asks for the client's default."
            }
        }
    }

    var fields: [Field: TextField] = [:]
    var focus = Field.issuer
    var problem: String?
    /// The request under way.
    var pending: Int?

    init(issuer: String, clientID: String, scope: String, secret: String = "") {
        self.fields = [
            .issuer: TextField(issuer), .clientID: TextField(clientID), .clientSecret: TextField(secret),
            .scope: TextField(scope),
        ]
        self.focus = Field.allCases.first { self.text($0).isEmpty } ?? .clientSecret
    }

    func text(_ field: Field) -> String { self.fields[field]?.text.trimmingSpaces ?? "" }

    var request: TokenRequest {
        TokenRequest(
            issuer: self.text(.issuer), clientID: self.text(.clientID),
            clientSecret: self.fields[.clientSecret]?.text ?? "",
            scope: self.text(.scope))
    }

    /// The first thing that is missing, as a sentence.
    var missing: String? {
        if !self.text(.issuer).hasPrefix("http://"), !self.text(.issuer).hasPrefix("https://") {
            return "Issuer URL is '\(self.text(.issuer))'; it starts with http:// or https://."
        }
        if self.text(.clientID).isEmpty { return "Client id is empty." }
        if self.fields[.clientSecret]?.text.isEmpty ?? true { return "Client secret is empty." }
        return nil
    }

    enum Outcome: Equatable { case stay, cancel, submit }

    mutating func press(_ key: Key) -> Outcome {
        let fields = Field.allCases
        let index = self.focus.rawValue
        switch key {
        case .escape: return .cancel
        case .tab, .down: self.focus = fields[(index + 1) % fields.count]
        case .backTab, .up: self.focus = fields[(index + fields.count - 1) % fields.count]
        case .enter:
            if index + 1 < fields.count, self.missing != nil {
                self.focus = fields[index + 1]
                return .stay
            }
            self.problem = self.missing
            return self.problem == nil ? .submit : .stay
        default: _ = self.fields[self.focus]?.press(key)
        }
        return .stay
    }

    func draw(into grid: inout Grid, area: Rect, glyphs: Glyphs) {
        guard !area.isEmpty else { return }
        for field in Field.allCases where field.rawValue < area.rows {
            let row = area.row + field.rawValue
            let isFocused = field == self.focus
            grid.line(
                (isFocused ? String(glyphs.pointer) : " ") + field.label, column: area.column, row: row,
                columns: min(16, area.columns),
                role: isFocused ? .accent : .base, glyphs: glyphs)
            let cursor = self.fields[field]?.draw(
                into: &grid, column: area.column + 16, row: row, columns: max(0, area.columns - 17),
                placeholder: field == .scope ? "(default)" : "", isSecret: field == .clientSecret)
            if isFocused, let cursor, cursor < area.endColumn { grid.cursor = (cursor, row) }
        }
        let message = self.pending != nil ? "asking the token endpoint..." : self.problem ?? self.focus.explanation
        for (index, line) in CellText.wrapped(CellText.sanitised(message), columns: max(1, area.columns - 2)).prefix(4)
            .enumerated()
        {
            let row = area.row + Field.allCases.count + 1 + index
            guard row < area.endRow else { break }
            grid.write(
                line, column: area.column + 1, row: row, role: self.problem == nil ? .muted : .inputError, limit: area)
        }
    }
}
