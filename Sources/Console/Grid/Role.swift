/// The meaning of a cell. Themes give each role its look; a theme may set any prefix (`decision`, `chrome.border`).
package enum Role: String, CaseIterable, Hashable, Sendable {
    case base
    case muted = "base.muted"
    case strong = "base.strong"
    case accent = "base.accent"
    case link = "base.link"

    case chromeTitle = "chrome.title"
    case chromePlace = "chrome.place"
    case chromePlaceActive = "chrome.place.active"
    case chromeCrumb = "chrome.crumb"
    case chromeHint = "chrome.hint"
    case chromeKey = "chrome.key"
    case chromeBorder = "chrome.border"
    case chromeBorderFocus = "chrome.border.focus"
    case chromeScroll = "chrome.scroll"

    case envProd = "env.prod"
    case envStage = "env.stage"
    case envDev = "env.dev"
    case envReadOnly = "env.readonly"

    case tableHeader = "table.header"
    case tableHeaderSorted = "table.header.sorted"
    case tableRow = "table.row"
    case tableCursor = "table.cursor"
    case tableCursorInactive = "table.cursor.inactive"
    case tableMark = "table.mark"
    case tableMatch = "table.match"
    case tableGone = "table.gone"

    case decisionAllow = "decision.allow"
    case decisionDeny = "decision.deny"
    case decisionError = "decision.error"
    case decisionUnknown = "decision.unknown"

    case stateLive = "state.live"
    case statePaused = "state.paused"
    case stateStale = "state.stale"
    case stateSlow = "state.slow"
    case stateOK = "state.ok"
    case stateWarn = "state.warn"
    case stateDown = "state.down"
    case stateOff = "state.off"
    case stateDraft = "state.draft"
    case statePending = "state.pending"

    case deltaUp = "delta.up"
    case deltaDown = "delta.down"
    case deltaNew = "delta.new"

    case inputText = "input.text"
    case inputCursor = "input.cursor"
    case inputPlaceholder = "input.placeholder"
    case inputInvalid = "input.invalid"
    case inputError = "input.error"
    case inputDisabled = "input.disabled"

    case button
    case buttonFocus = "button.focus"
    case buttonDanger = "button.danger"

    case dialog
    case dialogBorder = "dialog.border"
    case dialogDanger = "dialog.danger"

    case syntaxKey = "syntax.key"
    case syntaxString = "syntax.string"
    case syntaxNumber = "syntax.number"
    case syntaxBool = "syntax.bool"
    case syntaxPunct = "syntax.punct"
    case syntaxComment = "syntax.comment"

    case jwtHeader = "jwt.header"
    case jwtPayload = "jwt.payload"
    case jwtSignature = "jwt.signature"

    case graphAxis = "graph.axis"
    case graphAbsent = "graph.absent"
    case graphAllow = "graph.allow"
    case graphDeny = "graph.deny"
    case graphLoad = "graph.load"

    case logError = "log.error"
    case logWarn = "log.warn"
    case logInfo = "log.info"
    case logDebug = "log.debug"

    case diffAdd = "diff.add"
    case diffDel = "diff.del"
    case diffHunk = "diff.hunk"
}
