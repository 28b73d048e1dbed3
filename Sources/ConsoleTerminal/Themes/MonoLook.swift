import Console

/// The attributes of roles on a terminal without colours, for themes that set none, so that no theme relies on colour
/// alone.
enum MonoLook {
    static func attributes(of role: Role) -> CellLook.Attributes {
        switch role {
        case .base, .chromePlace, .chromeCrumb, .tableRow, .decisionAllow, .stateOK, .button, .dialog, .syntaxString,
            .syntaxNumber, .syntaxBool, .jwtPayload, .graphAllow, .graphLoad, .logInfo:
            []
        case .muted, .chromeHint, .chromeBorder, .chromeScroll, .tableGone, .decisionUnknown, .stateOff, .statePending,
            .deltaDown, .inputDisabled, .syntaxPunct, .syntaxComment, .jwtSignature, .graphAxis, .graphAbsent,
            .logDebug, .diffHunk:
            .dim
        case .strong, .accent, .chromeTitle, .chromeKey, .chromeBorderFocus, .envDev, .tableMark, .stateLive,
            .stateWarn, .deltaUp, .inputError, .dialogBorder, .syntaxKey, .jwtHeader, .graphDeny, .logError, .diffAdd:
            .bold
        case .link, .envReadOnly, .tableHeader, .tableCursorInactive, .stateSlow, .stateDraft, .inputText, .logWarn,
            .diffDel:
            .underline
        case .tableHeaderSorted, .tableMatch, .decisionError, .deltaNew, .inputInvalid:
            [.bold, .underline]
        case .inputPlaceholder:
            [.dim, .underline]
        case .envStage, .tableCursor, .statePaused, .stateStale, .inputCursor, .buttonFocus:
            .reverse
        case .chromePlaceActive, .envProd, .decisionDeny, .stateDown, .buttonDanger, .dialogDanger:
            [.reverse, .bold]
        }
    }
}
