package import EngineInterface
package import Resources

/// A side effect that the console requests. Effects are values: tests compare them, the loop performs them.
package enum Effect: Equatable, Sendable {
    case quit
    case suspend
    case repaint
    case bell
    /// To the clipboard, as far as the terminal allows (OSC 52).
    case copy(String)
    /// Shows a text in $PAGER.
    case page(title: String, text: String)
    /// Lets the user change a text in $EDITOR; answered with `.edited`, or `.unedited` when it is as it was.
    case edit(id: Int, owner: Place, name: String, text: String)
    case ask(Request)
    case savePreferences(Preferences)
    case useTheme(String)
    case useMouse(Bool)
}

/// A question to the engine, the management API or the machine. Answered by an ``Answer`` with the same id.
package struct Request: Equatable, Sendable {
    package var id: Int
    package var owner: Place
    package var question: Question

    package init(id: Int, owner: Place, question: Question) {
        self.id = id
        self.owner = owner
        self.question = question
    }
}

/// The existing file that a new file may replace.
package enum FileReplacement: Equatable, Sendable {
    case nothing
    /// A file that still holds what was written before.
    case unchanged(TextFingerprint)
    /// The user confirmed it.
    case anything
}

/// A digest that compares a text, which may hold a secret, without keeping it. It is valid in this process only.
package struct TextFingerprint: Equatable, Sendable {
    private let hash: Int

    package init(_ text: String) {
        self.hash = Array(text.utf8).hashValue
    }
}

package enum Question: Equatable, Sendable {
    case checkToken(String, virtualCluster: String)
    case accessMatrix(AccessMatrixQuestion)
    case explain(AccessQuestion)
    case probe(ProbeQuestion)
    case topics(virtualCluster: String)
    case groups(virtualCluster: String)
    case check(ReachabilityTarget)
    case createTopic(String, partitions: Int32, virtualCluster: String)
    case closeConnection(sessionID: UInt64)
    /// All decisions that the engine still holds, of all gateways.
    case keptDecisions
    /// Makes calls in order until one fails. The answer is `.managed` with the answers so far.
    case manage([ManagementCall])
    /// Reads the configuration again; it arrives as `ConsoleEvent.configuration`.
    case refreshConfiguration
    /// Tries to reach a remote engine now. The answer comes after the attempt.
    case reconnect
    case fetchToken(TokenRequest)
    /// Starts the sandbox cluster in this process. Answered with its bootstrap addresses.
    case startSandbox
    case readFile(String)
    /// Mode 0600.
    case writeFile(String, text: String)
    /// A file that only the user may read. Answered with `.exists` when there is one of that name and it is not to be
    /// replaced: it stays as it is.
    case writePrivateFile(String, text: String, replacing: FileReplacement)
    case loadDraft
    /// Nil deletes the draft. A draft holds no secret.
    case saveDraft(String?)
    case listThemes
}

/// Client credentials for one token (RFC 6749, section 4.4).
package struct TokenRequest: Equatable, Sendable {
    package var issuer: String
    package var clientID: String
    package var clientSecret: String
    package var scope: String

    package init(issuer: String, clientID: String, clientSecret: String, scope: String) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scope = scope
    }
}

package struct Answer: Equatable, Sendable {
    package var id: Int
    package var owner: Place
    package var result: Result<AnswerValue, EngineClientError>

    package init(id: Int, owner: Place, result: Result<AnswerValue, EngineClientError>) {
        self.id = id
        self.owner = owner
        self.result = result
    }
}

package enum AnswerValue: Equatable, Sendable {
    case done
    /// The file exists already.
    case exists
    case tokenReport(TokenCheckReport)
    case accessMatrix(AccessMatrix)
    case explanation(AccessExplanation)
    case probe(ProbeReport)
    case topics([TopicView])
    case groups([GroupView])
    case reachability(ReachabilityReport)
    case closed(Bool)
    case decisions([DecisionRecord])
    case managed([ManagementAnswer])
    case token(String)
    case sandbox([String])
    case text(String)
    case edited(String)
    case unedited
    case draft(String?)
    case themes([ThemeSummary])
}

/// A theme as the picker lists it.
package struct ThemeSummary: Equatable, Sendable {
    package var name: String
    /// `dark`, `light`, `terminal`, `no colour`.
    package var mode: String
    /// Contrast and colour-distance lines: what is measured, needed, and there.
    package var notes: [String]
    package var passes: Bool

    package init(name: String, mode: String, notes: [String], passes: Bool) {
        self.name = name
        self.mode = mode
        self.notes = notes
        self.passes = passes
    }
}
