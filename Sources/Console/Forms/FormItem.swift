/// One item of a form: a question, its answer and its problem, in one line or a few.
struct FormItem: Equatable, Sendable {
    /// A line under a field, or a text by itself.
    struct Note: Equatable, Sendable {
        var text: String
        var role: Role

        init(_ text: String, _ role: Role = .muted) {
            self.text = text
            self.role = role
        }
    }

    var id: String
    var label: String
    var control: FormControl
    /// Completes the field's name: `may hold a-z, 0-9 and "-" only`. Drawn under it with `!`.
    var problem: String?
    /// The value that Ctrl-F enters.
    var suggestion: String?
    /// The description of Ctrl-F, in place of `Suggest: …`.
    var offer: String?
    var notes: [Note]
    /// A text that Up and Down stop at, so that all of it can be brought into view.
    var isStop = false

    init(
        _ id: String, _ label: String, _ control: FormControl, problem: String? = nil, suggestion: String? = nil,
        notes: [Note] = []
    ) {
        self.id = id
        self.label = label
        self.control = control
        self.problem = problem
        self.suggestion = suggestion
        self.notes = notes
    }

    /// Lines of text between fields.
    static func text(_ id: String, _ notes: [Note]) -> FormItem { FormItem(id, "", .none, notes: notes) }

    static func text(_ id: String, _ text: String, _ role: Role = .base) -> FormItem {
        .text(id, [Note(text, role)])
    }

    /// Lines of text that Up and Down stop at.
    func stopping() -> FormItem {
        var item = self
        item.isStop = true
        return item
    }

    var hasControl: Bool { self.control != .none }

    /// The answer as a text: the text itself, the chosen option, `true` or `false`, options with commas between.
    var value: String { self.control.value }

    func keepingCursor(of before: FormItem) -> FormItem {
        var item = self
        switch (self.control, before.control) {
        case (.text(let new, let placeholder, let isSecret), .text(let old, _, _)) where new.text == old.text:
            item.control = .text(old, placeholder: placeholder, isSecret: isSecret)
        case (.checks(let options, let on, _), .checks(_, _, let cursor)):
            item.control = .checks(options, on: on, cursor: min(cursor, max(0, options.count - 1)))
        default: break
        }
        return item
    }
}

/// The way in which a field is answered.
enum FormControl: Equatable, Sendable {
    struct Option: Equatable, Sendable {
        var id: String
        var title: String

        init(_ id: String, _ title: String? = nil) {
            self.id = id
            self.title = title ?? id
        }
    }

    /// No answer: only the notes are drawn.
    case none
    case text(TextField, placeholder: String, isSecret: Bool)
    /// One of many, one shown at a time: `< topic >`.
    case choice([Option], selected: Int)
    /// One of a few, all shown: `(o) allow  ( ) deny`.
    case radio([Option], selected: Int)
    case checkbox(title: String, isOn: Bool)
    /// Any of a few: `[x] read  [ ] write`; the cursor is on one of them.
    case checks([Option], on: Set<String>, cursor: Int)
    case button(title: String)

    static func text(_ text: String, placeholder: String = "", isSecret: Bool = false) -> FormControl {
        .text(TextField(text), placeholder: placeholder, isSecret: isSecret)
    }

    static func choice(_ options: [Option], selected id: String) -> FormControl {
        .choice(options, selected: options.firstIndex { $0.id == id } ?? 0)
    }

    static func radio(_ options: [Option], selected id: String) -> FormControl {
        .radio(options, selected: options.firstIndex { $0.id == id } ?? 0)
    }

    var value: String {
        switch self {
        case .none, .button: ""
        case .text(let field, _, _): field.text
        case .choice(let options, let selected), .radio(let options, let selected):
            options.indices.contains(selected) ? options[selected].id : ""
        case .checkbox(_, let isOn): isOn ? "true" : "false"
        case .checks(let options, let on, _): options.map(\.id).filter(on.contains).joined(separator: ",")
        }
    }

    enum Outcome: Equatable {
        case unhandled, handled, changed, pressed
        /// To the item before (-1) or after (1).
        case out(Int)
    }

    mutating func press(_ key: Key) -> Outcome {
        switch self {
        case .none: return .unhandled
        case .text(var field, let placeholder, let isSecret):
            let before = field.text
            guard field.press(key) else { return .unhandled }
            self = .text(field, placeholder: placeholder, isSecret: isSecret)
            return field.text == before ? .handled : .changed
        case .choice(let options, let selected):
            guard let next = Self.step(key, selected, options.count) else { return .unhandled }
            self = .choice(options, selected: next)
            return next == selected ? .handled : .changed
        case .radio(let options, let selected):
            guard let next = Self.step(key, selected, options.count) else { return .unhandled }
            self = .radio(options, selected: next)
            return next == selected ? .handled : .changed
        case .checkbox(let title, let isOn):
            guard key == .space else { return .unhandled }
            self = .checkbox(title: title, isOn: !isOn)
            return .changed
        case .checks(let options, var on, var cursor):
            switch key {
            case .left: cursor = max(0, cursor - 1)
            case .right: cursor = min(max(0, options.count - 1), cursor + 1)
            case .home: cursor = 0
            case .end: cursor = max(0, options.count - 1)
            case .space:
                guard options.indices.contains(cursor) else { return .handled }
                let id = options[cursor].id
                if on.remove(id) == nil { on.insert(id) }
                self = .checks(options, on: on, cursor: cursor)
                return .changed
            default: return .unhandled
            }
            self = .checks(options, on: on, cursor: cursor)
            return .handled
        case .button:
            switch key {
            case .space: return .pressed
            case .left: return .out(-1)
            case .right: return .out(1)
            default: return .unhandled
            }
        }
    }

    /// Left, Right and Space move through the options; Space wraps around.
    private static func step(_ key: Key, _ selected: Int, _ count: Int) -> Int? {
        let last = max(0, count - 1)
        switch key {
        case .left: return max(0, selected - 1)
        case .right: return min(last, selected + 1)
        case .space: return selected >= last ? 0 : selected + 1
        case .home: return 0
        case .end: return last
        default: return nil
        }
    }
}
