// swift-format-ignore-file
// The themes that are always there, copied from Themes/. A test keeps them equal and, with
// UPDATE_GOLDEN=1, writes this file.

/// Text of the themes the console has without any folder, by name.
enum EmbeddedThemes {
    static let sources = [
        "ansi16": ansi16, "harbor": harbor, "high-contrast": highContrast, "high-contrast-day": highContrastDay, "mono": mono, "paper": paper, "tern": tern,
    ]

    private static let ansi16 = #"""
# Ansi16: the sixteen colours of your terminal at every depth. Looks like your terminal, whatever that is.

name = "ansi16"
mode = "any"

[role]
"base"                  = { fg = "default", mono = [] }
"base.muted"            = { fg = "default", attrs = ["dim"], mono = ["dim"] }
"base.strong"           = { fg = "default", attrs = ["bold"], mono = ["bold"] }
"base.accent"           = { fg = "cyan", mono = ["bold"] }
"base.link"             = { fg = "cyan", mono = ["underline"] }

"chrome.title"          = { fg = "default", attrs = ["bold"], mono = ["bold"] }
"chrome.place"          = { fg = "default", mono = [] }
"chrome.place.active"   = { fg = "black", bg = "cyan", attrs = [], mono = ["reverse", "bold"] }
"chrome.crumb"          = { fg = "cyan", mono = [] }
"chrome.hint"           = { fg = "default", attrs = ["dim"], mono = ["dim"] }
"chrome.key"            = { fg = "cyan", attrs = ["bold"], mono = ["bold"] }
"chrome.border"         = { fg = "default", attrs = ["dim"], mono = ["dim"] }
"chrome.border.focus"   = { fg = "cyan", attrs = ["bold"], mono = ["bold"] }
"chrome.scroll"         = { fg = "default", attrs = ["dim"], mono = ["dim"] }

"env.prod"              = { fg = "white", bg = "red", attrs = ["bold"], mono = ["reverse", "bold"] }
"env.stage"             = { fg = "black", bg = "yellow", mono = ["reverse"] }
"env.dev"               = { fg = "black", bg = "green", mono = ["bold"] }
"env.readonly"          = { fg = "black", bg = "white", mono = ["underline"] }

"table.header"          = { fg = "default", attrs = ["bold"], mono = ["underline"] }
"table.header.sorted"   = { fg = "cyan", attrs = ["bold"], mono = ["bold", "underline"] }
"table.row"             = { fg = "default", mono = [] }
"table.cursor"          = { fg = "default", attrs = ["reverse"], mono = ["reverse"] }
"table.cursor.inactive" = { fg = "default", attrs = ["underline"], mono = ["underline"] }
"table.mark"            = { fg = "yellow", attrs = ["bold"], mono = ["bold"] }
"table.match"           = { fg = "yellow", attrs = ["underline"], mono = ["bold", "underline"] }
"table.gone"            = { fg = "default", attrs = ["dim"], mono = ["dim"] }

"decision.allow"        = { fg = "green", mono = [] }
"decision.deny"         = { fg = "red", attrs = ["bold"], mono = ["reverse", "bold"] }
"decision.error"        = { fg = "magenta", attrs = ["bold"], mono = ["bold", "underline"] }
"decision.unknown"      = { fg = "default", attrs = ["dim"], mono = ["dim"] }

"state.live"            = { fg = "green", attrs = ["bold"], mono = ["bold"] }
"state.paused"          = { fg = "black", bg = "yellow", mono = ["reverse"] }
"state.stale"           = { fg = "yellow", attrs = ["bold"], mono = ["reverse"] }
"state.slow"            = { fg = "yellow", mono = ["underline"] }
"state.ok"              = { fg = "green", mono = [] }
"state.warn"            = { fg = "yellow", attrs = ["bold"], mono = ["bold"] }
"state.down"            = { fg = "red", attrs = ["bold"], mono = ["reverse", "bold"] }
"state.off"             = { fg = "default", attrs = ["dim"], mono = ["dim"] }
"state.draft"           = { fg = "magenta", mono = ["underline"] }
"state.pending"         = { fg = "cyan", mono = ["dim"] }

"delta.up"              = { fg = "cyan", mono = ["bold"] }
"delta.down"            = { fg = "magenta", mono = ["dim"] }
"delta.new"             = { fg = "green", attrs = ["bold"], mono = ["bold", "underline"] }

"input.text"            = { fg = "default", attrs = ["underline"], mono = ["underline"] }
"input.cursor"          = { fg = "default", attrs = ["reverse"], mono = ["reverse"] }
"input.placeholder"     = { fg = "default", attrs = ["dim", "underline"], mono = ["dim", "underline"] }
"input.invalid"         = { fg = "red", attrs = ["underline"], mono = ["bold", "underline"] }
"input.error"           = { fg = "red", mono = ["bold"] }
"input.disabled"        = { fg = "default", attrs = ["dim"], mono = ["dim"] }

"button"                = { fg = "default", mono = [] }
"button.focus"          = { fg = "black", bg = "cyan", attrs = [], mono = ["reverse"] }
"button.danger"         = { fg = "white", bg = "red", attrs = ["bold"], mono = ["reverse", "bold"] }

"dialog"                = { fg = "default", mono = [] }
"dialog.border"         = { fg = "cyan", mono = ["bold"] }
"dialog.danger"         = { fg = "red", attrs = ["bold"], mono = ["reverse", "bold"] }

"syntax.key"            = { fg = "cyan", mono = ["bold"] }
"syntax.string"         = { fg = "green", mono = [] }
"syntax.number"         = { fg = "yellow", mono = [] }
"syntax.bool"           = { fg = "magenta", mono = [] }
"syntax.punct"          = { fg = "default", attrs = ["dim"], mono = ["dim"] }
"syntax.comment"        = { fg = "default", attrs = ["dim"], mono = ["dim"] }

"jwt.header"            = { fg = "magenta", mono = ["bold"] }
"jwt.payload"           = { fg = "yellow", mono = [] }
"jwt.signature"         = { fg = "cyan", mono = ["dim"] }

"graph.axis"            = { fg = "default", attrs = ["dim"], mono = ["dim"] }
"graph.absent"          = { fg = "default", attrs = ["dim"], mono = ["dim"] }
"graph.allow"           = { fg = "green", mono = [] }
"graph.deny"            = { fg = "red", mono = ["bold"] }
"graph.load"            = { fg = "cyan", mono = [] }

"log.error"             = { fg = "red", attrs = ["bold"], mono = ["bold"] }
"log.warn"              = { fg = "yellow", mono = ["underline"] }
"log.info"              = { fg = "default", mono = [] }
"log.debug"             = { fg = "default", attrs = ["dim"], mono = ["dim"] }

"diff.add"              = { fg = "green", mono = ["bold"] }
"diff.del"              = { fg = "red", mono = ["underline"] }
"diff.hunk"             = { fg = "cyan", mono = ["dim"] }

[gradient]
allow = ["cyan", "green"]
deny  = ["yellow", "red"]
load  = ["green", "cyan", "yellow"]
"""#

    private static let harbor = #"""
# Harbor: a dark theme in the colours of a port at night. Everything else that ships inherits its roles.

name = "harbor"
mode = "dark"
background = "terminal"

[palette]
ink   = "#d8dee4"   # text on a fill of the theme's own
fog   = "#98a4b1"   # what matters less
line  = "#7a8794"   # borders, axes
sea   = "#6bb8de"   # where you are
foam  = "#a9dcd8"   # keys to press
moss  = "#54e9c0"   # allowed, well
rust  = "#ff7a4a"   # denied, down
amber = "#ecd16a"   # look here
plum  = "#c9a0e8"   # errors of the gateway, odd things
print = "#10151a"   # text on a badge of one of the colours above
slate = "#1d4f72"   # the row under the cursor
dusk  = "#26303a"   # fields, the cursor of another pane

[role]
"base"                  = { fg = "default", ansi = "default", mono = [] }
"base.muted"            = { fg = "fog", ansi = "dim default", mono = ["dim"] }
"base.strong"           = { attrs = ["bold"], ansi = "bold default", mono = ["bold"] }
"base.accent"           = { fg = "sea", ansi = "cyan", mono = ["bold"] }
"base.link"             = { fg = "sea", attrs = ["underline"], ansi = "cyan", mono = ["underline"] }

"chrome.title"          = { attrs = ["bold"], ansi = "bold default", mono = ["bold"] }
"chrome.place"          = { fg = "fog", ansi = "default", mono = [] }
"chrome.place.active"   = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "black on cyan", mono = ["reverse", "bold"] }
"chrome.crumb"          = { fg = "sea", ansi = "cyan", mono = [] }
"chrome.hint"           = { fg = "fog", ansi = "dim default", mono = ["dim"] }
"chrome.key"            = { fg = "foam", attrs = ["bold"], ansi = "bold cyan", mono = ["bold"] }
"chrome.border"         = { fg = "line", ansi = "dim default", mono = ["dim"] }
"chrome.border.focus"   = { fg = "sea", attrs = ["bold"], ansi = "bold cyan", mono = ["bold"] }
"chrome.scroll"         = { fg = "line", ansi = "dim default", mono = ["dim"] }

"env.prod"              = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "bold white on red", mono = ["reverse", "bold"] }
"env.stage"             = { fg = "print", bg = "amber", attrs = ["bold"], ansi = "black on yellow", mono = ["reverse"] }
"env.dev"               = { fg = "print", bg = "moss", attrs = ["bold"], ansi = "black on green", mono = ["bold"] }
"env.readonly"          = { fg = "print", bg = "fog", ansi = "black on white", mono = ["underline"] }

"table.header"          = { fg = "fog", attrs = ["bold"], ansi = "bold default", mono = ["underline"] }
"table.header.sorted"   = { fg = "sea", attrs = ["bold"], ansi = "bold cyan", mono = ["bold", "underline"] }
"table.row"             = { fg = "default", ansi = "default", mono = [] }
"table.cursor"          = { fg = "ink", bg = "slate", attrs = ["bold"], ansi = "reverse default", mono = ["reverse"] }
"table.cursor.inactive" = { fg = "ink", bg = "dusk", attrs = [], ansi = "underline default", mono = ["underline"] }
"table.mark"            = { fg = "amber", attrs = ["bold"], ansi = "bold yellow", mono = ["bold"] }
"table.match"           = { fg = "amber", attrs = ["underline"], ansi = "underline yellow", mono = ["bold", "underline"] }
"table.gone"            = { fg = "fog", attrs = ["italic"], ansi = "dim default", mono = ["dim"] }

"decision.allow"        = { fg = "moss", ansi = "green", mono = [] }
"decision.deny"         = { fg = "rust", attrs = ["bold"], ansi = "bold red", mono = ["reverse", "bold"] }
"decision.error"        = { fg = "plum", attrs = ["bold"], ansi = "bold magenta", mono = ["bold", "underline"] }
"decision.unknown"      = { fg = "fog", ansi = "dim default", mono = ["dim"] }

"state.live"            = { fg = "moss", attrs = ["bold"], ansi = "bold green", mono = ["bold"] }
"state.paused"          = { fg = "print", bg = "amber", ansi = "black on yellow", mono = ["reverse"] }
"state.stale"           = { fg = "amber", attrs = ["bold"], ansi = "bold yellow", mono = ["reverse"] }
"state.slow"            = { fg = "amber", ansi = "yellow", mono = ["underline"] }
"state.ok"              = { fg = "moss", ansi = "green", mono = [] }
"state.warn"            = { fg = "amber", attrs = ["bold"], ansi = "bold yellow", mono = ["bold"] }
"state.down"            = { fg = "rust", attrs = ["bold"], ansi = "bold red", mono = ["reverse", "bold"] }
"state.off"             = { fg = "fog", ansi = "dim default", mono = ["dim"] }
"state.draft"           = { fg = "plum", attrs = ["italic"], ansi = "magenta", mono = ["underline"] }
"state.pending"         = { fg = "sea", ansi = "cyan", mono = ["dim"] }

"delta.up"              = { fg = "sea", ansi = "cyan", mono = ["bold"] }
"delta.down"            = { fg = "plum", ansi = "magenta", mono = ["dim"] }
"delta.new"             = { fg = "moss", attrs = ["bold"], ansi = "bold green", mono = ["bold", "underline"] }

"input.text"            = { fg = "ink", bg = "dusk", ansi = "underline default", mono = ["underline"] }
"input.cursor"          = { fg = "print", bg = "sea", ansi = "reverse default", mono = ["reverse"] }
"input.placeholder"     = { fg = "fog", bg = "dusk", attrs = ["italic"], ansi = "dim underline default", mono = ["dim", "underline"] }
"input.invalid"         = { fg = "rust", bg = "dusk", attrs = ["underline"], ansi = "underline red", mono = ["bold", "underline"] }
"input.error"           = { fg = "rust", ansi = "red", mono = ["bold"] }
"input.disabled"        = { fg = "fog", ansi = "dim default", mono = ["dim"] }

"button"                = { fg = "ink", bg = "dusk", ansi = "default", mono = [] }
"button.focus"          = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "black on cyan", mono = ["reverse"] }
"button.danger"         = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "bold white on red", mono = ["reverse", "bold"] }

"dialog"                = { fg = "default", ansi = "default", mono = [] }
"dialog.border"         = { fg = "sea", ansi = "cyan", mono = ["bold"] }
"dialog.danger"         = { fg = "rust", attrs = ["bold"], ansi = "bold red", mono = ["reverse", "bold"] }

"syntax.key"            = { fg = "sea", ansi = "cyan", mono = ["bold"] }
"syntax.string"         = { fg = "moss", ansi = "green", mono = [] }
"syntax.number"         = { fg = "amber", ansi = "yellow", mono = [] }
"syntax.bool"           = { fg = "plum", ansi = "magenta", mono = [] }
"syntax.punct"          = { fg = "fog", ansi = "dim default", mono = ["dim"] }
"syntax.comment"        = { fg = "fog", attrs = ["italic"], ansi = "dim default", mono = ["dim"] }

"jwt.header"            = { fg = "plum", ansi = "magenta", mono = ["bold"] }
"jwt.payload"           = { fg = "amber", ansi = "yellow", mono = [] }
"jwt.signature"         = { fg = "sea", ansi = "cyan", mono = ["dim"] }

"graph.axis"            = { fg = "line", ansi = "dim default", mono = ["dim"] }
"graph.absent"          = { fg = "line", ansi = "dim default", mono = ["dim"] }
"graph.allow"           = { fg = "moss", ansi = "green", mono = [] }
"graph.deny"            = { fg = "rust", ansi = "red", mono = ["bold"] }
"graph.load"            = { fg = "sea", ansi = "cyan", mono = [] }

"log.error"             = { fg = "rust", attrs = ["bold"], ansi = "bold red", mono = ["bold"] }
"log.warn"              = { fg = "amber", ansi = "yellow", mono = ["underline"] }
"log.info"              = { fg = "default", ansi = "default", mono = [] }
"log.debug"             = { fg = "fog", ansi = "dim default", mono = ["dim"] }

"diff.add"              = { fg = "moss", ansi = "green", mono = ["bold"] }
"diff.del"              = { fg = "rust", ansi = "red", mono = ["underline"] }
"diff.hunk"             = { fg = "sea", ansi = "cyan", mono = ["dim"] }

[gradient]
allow = ["sea", "moss"]
deny  = ["amber", "rust"]
load  = ["sea", "foam", "amber"]
"""#

    private static let highContrast = #"""
# High contrast: light on black, every text at 7:1 or more. It paints its own black background.

name = "high-contrast"
mode = "dark"
inherits = "harbor"
background = "#000000"
contrast = 7

[palette]
ink   = "#ffffff"
fog   = "#d0d0d0"
line  = "#b0b0b0"
sea   = "#5fd7ff"
foam  = "#afffff"
moss  = "#5fffd7"
rust  = "#ff8a5a"
amber = "#ffff5f"
plum  = "#e4b8ff"
print = "#000000"
slate = "#00005f"
dusk  = "#1c1c1c"

[role]
"base"                  = { fg = "ink", ansi = "bright-white", mono = [] }
"base.muted"            = { fg = "fog", ansi = "white", mono = ["dim"] }
"base.strong"           = { fg = "ink", attrs = ["bold", "underline"], ansi = "bold underline bright-white", mono = ["bold"] }
"base.accent"           = { fg = "sea", ansi = "bright-cyan", mono = ["bold"] }
"base.link"             = { fg = "sea", attrs = ["underline"], ansi = "bright-cyan", mono = ["underline"] }

"chrome.title"          = { attrs = ["bold"], ansi = "bold bright-white", mono = ["bold"] }
"chrome.place"          = { fg = "fog", ansi = "bright-white", mono = [] }
"chrome.place.active"   = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "black on bright-cyan", mono = ["reverse", "bold"] }
"chrome.crumb"          = { fg = "sea", ansi = "bright-cyan", mono = [] }
"chrome.hint"           = { fg = "fog", ansi = "white", mono = ["dim"] }
"chrome.key"            = { fg = "foam", attrs = ["bold"], ansi = "bold bright-cyan", mono = ["bold"] }
"chrome.border"         = { fg = "line", ansi = "white", mono = ["dim"] }
"chrome.border.focus"   = { fg = "sea", attrs = ["bold"], ansi = "bold bright-cyan", mono = ["bold"] }
"chrome.scroll"         = { fg = "line", ansi = "white", mono = ["dim"] }

"env.prod"              = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "bold black on bright-red", mono = ["reverse", "bold"] }
"env.stage"             = { fg = "print", bg = "amber", attrs = ["bold"], ansi = "black on bright-yellow", mono = ["reverse"] }
"env.dev"               = { fg = "print", bg = "moss", attrs = ["bold"], ansi = "black on bright-green", mono = ["bold"] }
"env.readonly"          = { fg = "print", bg = "fog", ansi = "black on bright-white", mono = ["underline"] }

"table.header"          = { fg = "fog", attrs = ["bold"], ansi = "bold bright-white", mono = ["underline"] }
"table.header.sorted"   = { fg = "sea", attrs = ["bold"], ansi = "bold bright-cyan", mono = ["bold", "underline"] }
"table.row"             = { fg = "ink", ansi = "bright-white", mono = [] }
"table.cursor"          = { fg = "print", bg = "ink", attrs = ["bold"], ansi = "bold black on bright-white", mono = ["reverse"] }
"table.cursor.inactive" = { fg = "ink", bg = "slate", attrs = ["underline"], ansi = "underline bright-white on blue", mono = ["underline"] }
"table.mark"            = { fg = "amber", attrs = ["bold"], ansi = "bold bright-yellow", mono = ["bold"] }
"table.match"           = { fg = "amber", attrs = ["underline"], ansi = "underline bright-yellow", mono = ["bold", "underline"] }
"table.gone"            = { fg = "fog", attrs = ["italic"], ansi = "white", mono = ["dim"] }

"decision.allow"        = { fg = "moss", ansi = "bright-green", mono = [] }
"decision.deny"         = { fg = "rust", attrs = ["bold"], ansi = "bold bright-red", mono = ["reverse", "bold"] }
"decision.error"        = { fg = "plum", attrs = ["bold"], ansi = "bold bright-magenta", mono = ["bold", "underline"] }
"decision.unknown"      = { fg = "fog", ansi = "white", mono = ["dim"] }

"state.live"            = { fg = "moss", attrs = ["bold"], ansi = "bold bright-green", mono = ["bold"] }
"state.paused"          = { fg = "print", bg = "amber", ansi = "black on bright-yellow", mono = ["reverse"] }
"state.stale"           = { fg = "amber", attrs = ["bold"], ansi = "bold bright-yellow", mono = ["reverse"] }
"state.slow"            = { fg = "amber", ansi = "bright-yellow", mono = ["underline"] }
"state.ok"              = { fg = "moss", ansi = "bright-green", mono = [] }
"state.warn"            = { fg = "amber", attrs = ["bold"], ansi = "bold bright-yellow", mono = ["bold"] }
"state.down"            = { fg = "rust", attrs = ["bold"], ansi = "bold bright-red", mono = ["reverse", "bold"] }
"state.off"             = { fg = "fog", ansi = "white", mono = ["dim"] }
"state.draft"           = { fg = "plum", attrs = ["italic"], ansi = "bright-magenta", mono = ["underline"] }
"state.pending"         = { fg = "sea", ansi = "bright-cyan", mono = ["dim"] }

"delta.up"              = { fg = "sea", ansi = "bright-cyan", mono = ["bold"] }
"delta.down"            = { fg = "plum", ansi = "bright-magenta", mono = ["dim"] }
"delta.new"             = { fg = "moss", attrs = ["bold"], ansi = "bold bright-green", mono = ["bold", "underline"] }

"input.text"            = { fg = "ink", bg = "dusk", ansi = "underline bright-white", mono = ["underline"] }
"input.cursor"          = { fg = "print", bg = "sea", ansi = "bold black on bright-white", mono = ["reverse"] }
"input.placeholder"     = { fg = "fog", bg = "dusk", attrs = ["italic"], ansi = "underline white", mono = ["dim", "underline"] }
"input.invalid"         = { fg = "rust", bg = "dusk", attrs = ["underline"], ansi = "underline bright-red", mono = ["bold", "underline"] }
"input.error"           = { fg = "rust", ansi = "bright-red", mono = ["bold"] }
"input.disabled"        = { fg = "fog", ansi = "white", mono = ["dim"] }

"button"                = { fg = "ink", bg = "dusk", ansi = "bright-white", mono = [] }
"button.focus"          = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "black on bright-cyan", mono = ["reverse"] }
"button.danger"         = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "bold black on bright-red", mono = ["reverse", "bold"] }

"dialog"                = { fg = "ink", ansi = "bright-white", mono = [] }
"dialog.border"         = { fg = "sea", ansi = "bright-cyan", mono = ["bold"] }
"dialog.danger"         = { fg = "rust", attrs = ["bold"], ansi = "bold bright-red", mono = ["reverse", "bold"] }

"syntax.key"            = { fg = "sea", ansi = "bright-cyan", mono = ["bold"] }
"syntax.string"         = { fg = "moss", ansi = "bright-green", mono = [] }
"syntax.number"         = { fg = "amber", ansi = "bright-yellow", mono = [] }
"syntax.bool"           = { fg = "plum", ansi = "bright-magenta", mono = [] }
"syntax.punct"          = { fg = "fog", ansi = "white", mono = ["dim"] }
"syntax.comment"        = { fg = "fog", attrs = ["italic"], ansi = "white", mono = ["dim"] }

"jwt.header"            = { fg = "plum", ansi = "bright-magenta", mono = ["bold"] }
"jwt.payload"           = { fg = "amber", ansi = "bright-yellow", mono = [] }
"jwt.signature"         = { fg = "sea", ansi = "bright-cyan", mono = ["dim"] }

"graph.axis"            = { fg = "line", ansi = "white", mono = ["dim"] }
"graph.absent"          = { fg = "line", ansi = "white", mono = ["dim"] }
"graph.allow"           = { fg = "moss", ansi = "bright-green", mono = [] }
"graph.deny"            = { fg = "rust", ansi = "bright-red", mono = ["bold"] }
"graph.load"            = { fg = "sea", ansi = "bright-cyan", mono = [] }

"log.error"             = { fg = "rust", attrs = ["bold"], ansi = "bold bright-red", mono = ["bold"] }
"log.warn"              = { fg = "amber", ansi = "bright-yellow", mono = ["underline"] }
"log.info"              = { fg = "ink", ansi = "bright-white", mono = [] }
"log.debug"             = { fg = "fog", ansi = "white", mono = ["dim"] }

"diff.add"              = { fg = "moss", ansi = "bright-green", mono = ["bold"] }
"diff.del"              = { fg = "rust", ansi = "bright-red", mono = ["underline"] }
"diff.hunk"             = { fg = "sea", ansi = "bright-cyan", mono = ["dim"] }
"""#

    private static let highContrastDay = #"""
# High contrast for daylight: dark on white, every text at 7:1 or more. It paints its own white background.

name = "high-contrast-day"
mode = "light"
inherits = "harbor"
background = "#ffffff"
contrast = 7

[palette]
ink   = "#000000"
fog   = "#3a3a3a"
line  = "#585858"
sea   = "#0000af"
foam  = "#00005f"
moss  = "#005f5f"
rust  = "#8f0000"
amber = "#870087"   # no brown of 256 colours is dark enough
plum  = "#5f0087"
print = "#ffffff"
slate = "#d7d7ff"
dusk  = "#f4f4f4"

[role]
"base"                  = { fg = "ink", ansi = "black", mono = [] }
"base.muted"            = { fg = "fog", ansi = "italic black", mono = ["dim"] }
"base.strong"           = { fg = "ink", attrs = ["bold", "underline"], ansi = "bold underline black", mono = ["bold"] }
"base.accent"           = { fg = "sea", ansi = "blue", mono = ["bold"] }
"base.link"             = { fg = "sea", attrs = ["underline"], ansi = "blue", mono = ["underline"] }

"chrome.title"          = { attrs = ["bold"], ansi = "bold black", mono = ["bold"] }
"chrome.place"          = { fg = "fog", ansi = "black", mono = [] }
"chrome.place.active"   = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "bright-white on blue", mono = ["reverse", "bold"] }
"chrome.crumb"          = { fg = "sea", ansi = "blue", mono = [] }
"chrome.hint"           = { fg = "fog", ansi = "italic black", mono = ["dim"] }
"chrome.key"            = { fg = "foam", attrs = ["bold"], ansi = "bold blue", mono = ["bold"] }
"chrome.border"         = { fg = "line", ansi = "italic black", mono = ["dim"] }
"chrome.border.focus"   = { fg = "sea", attrs = ["bold"], ansi = "bold blue", mono = ["bold"] }
"chrome.scroll"         = { fg = "line", ansi = "italic black", mono = ["dim"] }

"env.prod"              = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "bold bright-white on red", mono = ["reverse", "bold"] }
"env.stage"             = { fg = "print", bg = "amber", attrs = ["bold"], ansi = "bright-white on magenta", mono = ["reverse"] }
"env.dev"               = { fg = "print", bg = "moss", attrs = ["bold"], ansi = "bright-white on blue", mono = ["bold"] }
"env.readonly"          = { fg = "print", bg = "fog", ansi = "bright-white on black", mono = ["underline"] }

"table.header"          = { fg = "fog", attrs = ["bold"], ansi = "bold black", mono = ["underline"] }
"table.header.sorted"   = { fg = "sea", attrs = ["bold"], ansi = "bold blue", mono = ["bold", "underline"] }
"table.row"             = { fg = "ink", ansi = "black", mono = [] }
"table.cursor"          = { fg = "print", bg = "ink", attrs = ["bold"], ansi = "bold bright-white on black", mono = ["reverse"] }
"table.cursor.inactive" = { fg = "ink", bg = "slate", attrs = ["underline"], ansi = "underline black on white", mono = ["underline"] }
"table.mark"            = { fg = "amber", attrs = ["bold"], ansi = "bold magenta", mono = ["bold"] }
"table.match"           = { fg = "amber", attrs = ["underline"], ansi = "underline magenta", mono = ["bold", "underline"] }
"table.gone"            = { fg = "fog", attrs = ["italic"], ansi = "italic black", mono = ["dim"] }

"decision.allow"        = { fg = "moss", ansi = "blue", mono = [] }
"decision.unknown"      = { fg = "fog", ansi = "italic black", mono = ["dim"] }

"state.live"            = { fg = "moss", attrs = ["bold"], ansi = "bold blue", mono = ["bold"] }
"state.paused"          = { fg = "print", bg = "amber", ansi = "bright-white on magenta", mono = ["reverse"] }
"state.stale"           = { fg = "amber", attrs = ["bold"], ansi = "bold magenta", mono = ["reverse"] }
"state.slow"            = { fg = "amber", ansi = "magenta", mono = ["underline"] }
"state.ok"              = { fg = "moss", ansi = "blue", mono = [] }
"state.warn"            = { fg = "amber", attrs = ["bold"], ansi = "bold magenta", mono = ["bold"] }
"state.off"             = { fg = "fog", ansi = "italic black", mono = ["dim"] }
"state.pending"         = { fg = "sea", ansi = "blue", mono = ["dim"] }

"delta.up"              = { fg = "sea", ansi = "blue", mono = ["bold"] }
"delta.new"             = { fg = "moss", attrs = ["bold"], ansi = "bold blue", mono = ["bold", "underline"] }

"input.text"            = { fg = "ink", bg = "dusk", ansi = "underline black", mono = ["underline"] }
"input.cursor"          = { fg = "print", bg = "sea", ansi = "bold bright-white on black", mono = ["reverse"] }
"input.placeholder"     = { fg = "fog", bg = "dusk", attrs = ["italic"], ansi = "italic underline black", mono = ["dim", "underline"] }
"input.disabled"        = { fg = "fog", ansi = "italic black", mono = ["dim"] }

"button"                = { fg = "ink", bg = "dusk", ansi = "black", mono = [] }
"button.focus"          = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "bright-white on blue", mono = ["reverse"] }
"button.danger"         = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "bold bright-white on red", mono = ["reverse", "bold"] }

"dialog"                = { fg = "ink", ansi = "black", mono = [] }
"dialog.border"         = { fg = "sea", ansi = "blue", mono = ["bold"] }

"syntax.key"            = { fg = "sea", attrs = ["bold"], ansi = "bold blue", mono = ["bold"] }
"syntax.string"         = { fg = "moss", ansi = "blue", mono = [] }
"syntax.number"         = { fg = "amber", ansi = "magenta", mono = [] }
"syntax.punct"          = { fg = "fog", ansi = "italic black", mono = ["dim"] }
"syntax.comment"        = { fg = "fog", attrs = ["italic"], ansi = "italic black", mono = ["dim"] }

"jwt.payload"           = { fg = "amber", ansi = "black", mono = [] }
"jwt.signature"         = { fg = "sea", ansi = "blue", mono = ["dim"] }

"graph.axis"            = { fg = "line", ansi = "italic black", mono = ["dim"] }
"graph.absent"          = { fg = "line", ansi = "italic black", mono = ["dim"] }
"graph.allow"           = { fg = "moss", ansi = "blue", mono = [] }
"graph.load"            = { fg = "sea", ansi = "blue", mono = [] }

"log.warn"              = { fg = "amber", ansi = "magenta", mono = ["underline"] }
"log.info"              = { fg = "ink", ansi = "black", mono = [] }
"log.debug"             = { fg = "fog", ansi = "italic black", mono = ["dim"] }

"diff.add"              = { fg = "moss", ansi = "blue", mono = ["bold"] }
"diff.hunk"             = { fg = "sea", ansi = "blue", mono = ["dim"] }
"""#

    private static let mono = #"""
# Mono: no colours anywhere. Bold, dim, underline and reverse carry the meaning, as they do under NO_COLOR.

name = "mono"
mode = "any"

[role]
"base"                  = { attrs = [], mono = [] }
"base.muted"            = { attrs = ["dim"], mono = ["dim"] }
"base.strong"           = { attrs = ["bold"], mono = ["bold"] }
"base.accent"           = { attrs = ["bold"], mono = ["bold"] }
"base.link"             = { attrs = ["underline"], mono = ["underline"] }

"chrome.title"          = { attrs = ["bold"], mono = ["bold"] }
"chrome.place"          = { attrs = [], mono = [] }
"chrome.place.active"   = { attrs = ["reverse", "bold"], mono = ["reverse", "bold"] }
"chrome.crumb"          = { attrs = [], mono = [] }
"chrome.hint"           = { attrs = ["dim"], mono = ["dim"] }
"chrome.key"            = { attrs = ["bold"], mono = ["bold"] }
"chrome.border"         = { attrs = ["dim"], mono = ["dim"] }
"chrome.border.focus"   = { attrs = ["bold"], mono = ["bold"] }
"chrome.scroll"         = { attrs = ["dim"], mono = ["dim"] }

"env.prod"              = { attrs = ["reverse", "bold"], mono = ["reverse", "bold"] }
"env.stage"             = { attrs = ["reverse"], mono = ["reverse"] }
"env.dev"               = { attrs = ["bold"], mono = ["bold"] }
"env.readonly"          = { attrs = ["underline"], mono = ["underline"] }

"table.header"          = { attrs = ["underline"], mono = ["underline"] }
"table.header.sorted"   = { attrs = ["bold", "underline"], mono = ["bold", "underline"] }
"table.row"             = { attrs = [], mono = [] }
"table.cursor"          = { attrs = ["reverse"], mono = ["reverse"] }
"table.cursor.inactive" = { attrs = ["underline"], mono = ["underline"] }
"table.mark"            = { attrs = ["bold"], mono = ["bold"] }
"table.match"           = { attrs = ["bold", "underline"], mono = ["bold", "underline"] }
"table.gone"            = { attrs = ["dim"], mono = ["dim"] }

"decision.allow"        = { attrs = [], mono = [] }
"decision.deny"         = { attrs = ["reverse", "bold"], mono = ["reverse", "bold"] }
"decision.error"        = { attrs = ["bold", "underline"], mono = ["bold", "underline"] }
"decision.unknown"      = { attrs = ["dim"], mono = ["dim"] }

"state.live"            = { attrs = ["bold"], mono = ["bold"] }
"state.paused"          = { attrs = ["reverse"], mono = ["reverse"] }
"state.stale"           = { attrs = ["reverse"], mono = ["reverse"] }
"state.slow"            = { attrs = ["underline"], mono = ["underline"] }
"state.ok"              = { attrs = [], mono = [] }
"state.warn"            = { attrs = ["bold"], mono = ["bold"] }
"state.down"            = { attrs = ["reverse", "bold"], mono = ["reverse", "bold"] }
"state.off"             = { attrs = ["dim"], mono = ["dim"] }
"state.draft"           = { attrs = ["underline"], mono = ["underline"] }
"state.pending"         = { attrs = ["dim"], mono = ["dim"] }

"delta.up"              = { attrs = ["bold"], mono = ["bold"] }
"delta.down"            = { attrs = ["dim"], mono = ["dim"] }
"delta.new"             = { attrs = ["bold", "underline"], mono = ["bold", "underline"] }

"input.text"            = { attrs = ["underline"], mono = ["underline"] }
"input.cursor"          = { attrs = ["reverse"], mono = ["reverse"] }
"input.placeholder"     = { attrs = ["dim", "underline"], mono = ["dim", "underline"] }
"input.invalid"         = { attrs = ["bold", "underline"], mono = ["bold", "underline"] }
"input.error"           = { attrs = ["bold"], mono = ["bold"] }
"input.disabled"        = { attrs = ["dim"], mono = ["dim"] }

"button"                = { attrs = [], mono = [] }
"button.focus"          = { attrs = ["reverse"], mono = ["reverse"] }
"button.danger"         = { attrs = ["reverse", "bold"], mono = ["reverse", "bold"] }

"dialog"                = { attrs = [], mono = [] }
"dialog.border"         = { attrs = ["bold"], mono = ["bold"] }
"dialog.danger"         = { attrs = ["reverse", "bold"], mono = ["reverse", "bold"] }

"syntax.key"            = { attrs = ["bold"], mono = ["bold"] }
"syntax.string"         = { attrs = [], mono = [] }
"syntax.number"         = { attrs = [], mono = [] }
"syntax.bool"           = { attrs = [], mono = [] }
"syntax.punct"          = { attrs = ["dim"], mono = ["dim"] }
"syntax.comment"        = { attrs = ["dim"], mono = ["dim"] }

"jwt.header"            = { attrs = ["bold"], mono = ["bold"] }
"jwt.payload"           = { attrs = [], mono = [] }
"jwt.signature"         = { attrs = ["dim"], mono = ["dim"] }

"graph.axis"            = { attrs = ["dim"], mono = ["dim"] }
"graph.absent"          = { attrs = ["dim"], mono = ["dim"] }
"graph.allow"           = { attrs = [], mono = [] }
"graph.deny"            = { attrs = ["bold"], mono = ["bold"] }
"graph.load"            = { attrs = [], mono = [] }

"log.error"             = { attrs = ["bold"], mono = ["bold"] }
"log.warn"              = { attrs = ["underline"], mono = ["underline"] }
"log.info"              = { attrs = [], mono = [] }
"log.debug"             = { attrs = ["dim"], mono = ["dim"] }

"diff.add"              = { attrs = ["bold"], mono = ["bold"] }
"diff.del"              = { attrs = ["underline"], mono = ["underline"] }
"diff.hunk"             = { attrs = ["dim"], mono = ["dim"] }
"""#

    private static let paper = #"""
# Paper: ink on white, for light terminals and bright rooms. Harbor's roles in colours that print.

name = "paper"
mode = "light"
inherits = "harbor"

[palette]
ink   = "#26241f"
fog   = "#5c594f"
line  = "#827d70"
sea   = "#2a4fa6"
foam  = "#3d3a78"
moss  = "#0a6a6a"
rust  = "#b02700"
amber = "#7a5200"
plum  = "#7f2a8c"
print = "#ffffff"
slate = "#bcd9f5"
dusk  = "#ebe6da"

[role]
"base.accent"           = { fg = "sea", ansi = "blue", mono = ["bold"] }
"base.link"             = { fg = "sea", attrs = ["underline"], ansi = "blue", mono = ["underline"] }

"chrome.place.active"   = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "white on blue", mono = ["reverse", "bold"] }
"chrome.crumb"          = { fg = "sea", ansi = "blue", mono = [] }
"chrome.key"            = { fg = "foam", attrs = ["bold"], ansi = "bold blue", mono = ["bold"] }
"chrome.border.focus"   = { fg = "sea", attrs = ["bold"], ansi = "bold blue", mono = ["bold"] }

"env.stage"             = { fg = "print", bg = "amber", attrs = ["bold"], ansi = "white on magenta", mono = ["reverse"] }

"table.header.sorted"   = { fg = "sea", attrs = ["bold"], ansi = "bold blue", mono = ["bold", "underline"] }
"table.mark"            = { fg = "amber", attrs = ["bold"], ansi = "bold magenta", mono = ["bold"] }
"table.match"           = { fg = "amber", attrs = ["underline"], ansi = "underline magenta", mono = ["bold", "underline"] }

"state.paused"          = { fg = "print", bg = "amber", ansi = "white on magenta", mono = ["reverse"] }
"state.stale"           = { fg = "amber", attrs = ["bold"], ansi = "bold magenta", mono = ["reverse"] }
"state.slow"            = { fg = "amber", ansi = "magenta", mono = ["underline"] }
"state.warn"            = { fg = "amber", attrs = ["bold"], ansi = "bold magenta", mono = ["bold"] }
"state.pending"         = { fg = "sea", ansi = "blue", mono = ["dim"] }

"delta.up"              = { fg = "sea", ansi = "blue", mono = ["bold"] }

"button.focus"          = { fg = "print", bg = "sea", attrs = ["bold"], ansi = "white on blue", mono = ["reverse"] }

"dialog.border"         = { fg = "sea", ansi = "blue", mono = ["bold"] }

"syntax.key"            = { fg = "sea", ansi = "blue", mono = ["bold"] }
"syntax.number"         = { fg = "amber", ansi = "magenta", mono = [] }

"jwt.payload"           = { fg = "amber", ansi = "default", mono = [] }
"jwt.signature"         = { fg = "sea", ansi = "blue", mono = ["dim"] }

"graph.load"            = { fg = "sea", ansi = "blue", mono = [] }

"log.warn"              = { fg = "amber", ansi = "magenta", mono = ["underline"] }

"diff.hunk"             = { fg = "sea", ansi = "blue", mono = ["dim"] }
"""#

    private static let tern = #"""
# Tern: allowed is blue, denied is orange. Safe for red-green and for blue-yellow loss.

name = "tern"
mode = "dark"
inherits = "harbor"

[palette]
ink   = "#e4e6ea"
fog   = "#9aa5b4"
line  = "#7c8794"
sea   = "#c3ccf5"
foam  = "#a7d8e8"
moss  = "#6bb4ff"
rust  = "#ff9a4d"
amber = "#f2dd8a"
plum  = "#d9a8d8"
print = "#10141a"
slate = "#26456e"
dusk  = "#262d38"

[role]
"env.prod"       = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "black on yellow", mono = ["reverse", "bold"] }
"env.stage"      = { fg = "print", bg = "amber", attrs = ["bold"], ansi = "black on white", mono = ["reverse"] }
"env.dev"        = { fg = "print", bg = "moss", attrs = ["bold"], ansi = "white on blue", mono = ["bold"] }
"decision.allow" = { fg = "moss", ansi = "bright-blue", mono = [] }
"decision.deny"  = { fg = "rust", attrs = ["bold"], ansi = "bold yellow", mono = ["reverse", "bold"] }
"state.live"     = { fg = "moss", attrs = ["bold"], ansi = "bold bright-blue", mono = ["bold"] }
"state.ok"       = { fg = "moss", ansi = "bright-blue", mono = [] }
"state.warn"     = { fg = "amber", attrs = ["bold"], ansi = "bold white", mono = ["bold"] }
"state.down"     = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "black on yellow", mono = ["reverse", "bold"] }
"delta.new"      = { fg = "moss", attrs = ["bold"], ansi = "bold bright-blue", mono = ["bold", "underline"] }
"input.invalid"  = { fg = "rust", bg = "dusk", attrs = ["underline"], ansi = "underline yellow", mono = ["bold", "underline"] }
"input.error"    = { fg = "rust", ansi = "yellow", mono = ["bold"] }
"button.danger"  = { fg = "print", bg = "rust", attrs = ["bold"], ansi = "black on yellow", mono = ["reverse", "bold"] }
"dialog.danger"  = { fg = "rust", attrs = ["bold"], ansi = "bold yellow", mono = ["reverse", "bold"] }
"syntax.string"  = { fg = "moss", ansi = "bright-blue", mono = [] }
"graph.allow"    = { fg = "moss", ansi = "bright-blue", mono = [] }
"graph.deny"     = { fg = "rust", ansi = "yellow", mono = ["bold"] }
"log.error"      = { fg = "rust", attrs = ["bold"], ansi = "bold yellow", mono = ["bold"] }
"log.warn"       = { fg = "amber", ansi = "white", mono = ["underline"] }
"diff.add"       = { fg = "moss", ansi = "bright-blue", mono = ["bold"] }
"diff.del"       = { fg = "rust", ansi = "yellow", mono = ["underline"] }

[gradient]
allow = ["sea", "moss"]
deny  = ["amber", "rust"]
load  = ["sea", "foam", "amber"]
"""#
}
