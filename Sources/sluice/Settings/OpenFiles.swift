import Foundation

/// The limit on open files: one client takes two, so the default of many systems is soon reached.
enum OpenFiles {
    /// Raises the limit of this process as far as it may.
    /// - Returns: the limit now in force.
    @discardableResult
    static func raiseLimit() -> UInt {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return UInt(limit.rlim_cur)
    }
}
