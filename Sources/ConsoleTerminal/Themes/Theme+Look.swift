import Console

extension Theme {
    /// The look of `role` on a terminal of `depth`.
    func look(of role: Role, at depth: ColourDepth) -> CellLook {
        switch depth {
        case .truecolor, .colours256:
            let look = self.look(of: role)
            return CellLook(
                foreground: look.foreground.number(at: depth), background: look.background.number(at: depth),
                attributes: look.attributes)
        case .colours16:
            return self.ansiLook(of: role)
        case .colours8:
            return Self.reduced(self.ansiLook(of: role))
        case .mono:
            let own = RoleName.chain(of: role.rawValue).filter { role == .base || $0 != "base" }
            let mono = own.firstNonNil { self.roles[$0]?.mono }
            return CellLook(attributes: mono ?? MonoLook.attributes(of: role))
        }
    }

    /// Sixteen colours: `ansi` if the theme sets it, otherwise the nearest in hue.
    private func ansiLook(of role: Role) -> CellLook {
        let fill = self.background.number16(isFill: true)
        var foreground = self.gradientColour(of: role)?.number16(isFill: false)
        var background: Int?
        var attributes: CellLook.Attributes?
        for style in self.styles(of: role) {
            if style.ansi?.inherits == true { continue }
            attributes = attributes ?? style.ansi?.attributes ?? style.attributes
            if let ansi = style.ansi {
                foreground = foreground ?? ansi.foreground
                background = background ?? ansi.background ?? fill
            } else {
                foreground = foreground ?? style.foreground?.number16(isFill: false)
                background = background ?? style.background?.number16(isFill: true)
            }
        }
        var look = CellLook(
            foreground: foreground ?? -1, background: background ?? fill, attributes: attributes ?? [])
        // The terminal's text on the theme's own background may be black on black; the text of `base` is not.
        if look.foreground < 0, look.background >= 0, role != .base {
            look.foreground = self.ansiLook(of: .base).foreground
        }
        return Self.legible(look)
    }

    /// Eight colours: bright text becomes bold, bright black becomes dim, bright fills lose their brightness.
    private static func reduced(_ look: CellLook) -> CellLook {
        var look = look
        if look.foreground == 8 {
            look.foreground = -1
            look.attributes.insert(.dim)
        } else if look.foreground > 8 {
            look.foreground -= 8
            look.attributes.insert(.bold)
        }
        if look.background > 8 { look.background -= 8 } else if look.background == 8 { look.background = 0 }
        return Self.legible(look)
    }

    /// Reducing may leave text in the colour of its fill; black or white is legible on any of the sixteen.
    private static func legible(_ look: CellLook) -> CellLook {
        guard look.foreground >= 0, look.foreground == look.background else { return look }
        var look = look
        let isLight = TerminalPalette.rgb(UInt8(clamping: look.background)).linear.luminance > 0.3
        look.foreground = isLight ? 0 : 7
        return look
    }
}

// MARK: Gradients

extension Theme {
    /// The foregrounds of a gradient from low to high; empty where it collapses to the look of its role.
    ///
    /// Five steps where colours can be mixed. The sixteen are the terminal's own and too far apart: one colour there.
    func ramp(_ name: GradientName, at depth: ColourDepth) -> [Int] {
        switch depth {
        case .truecolor, .colours256:
            Gradient(stops: self.gradients[name] ?? []).colours(5).map { $0.number(at: depth) }
        case .colours16, .colours8, .mono: []
        }
    }
}
