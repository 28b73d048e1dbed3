import Foundation

/// The limit on open files, and how it is shared out: one client takes two, its broker's side included, so the default of
/// many systems is soon reached; and a process that can open no more is lost.
struct OpenFiles {
    /// Connections of clients to the gateway.
    var clients: Int
    /// Connections to the brokers of the sandbox in this process.
    var sandbox: Int
    /// Connections to the management API and the identity server.
    var management: Int
    /// Listening sockets of the gateway: one for each port of each address of its listeners.
    var listeners: Int

    /// - Parameters:
    ///   - limit: of this process.
    ///   - hasSandbox: each client may then take a third one, at a broker of this process.
    init(limit: Int, hasSandbox: Bool) {
        // The rest of the process: control connections, the database, key sets, and moments when a client has left and
        // its broker's side is still open.
        let own = max(64, min(256, limit / 8))
        self.management = max(8, min(512, limit / 8))
        self.listeners = max(24, min(65_536, limit / 8))
        let rest = max(6, limit - own - self.management - self.listeners)
        self.sandbox = hasSandbox ? rest / 3 : 0
        self.clients = hasSandbox ? rest / 3 : rest / 2
    }

    /// Raises the limit of this process as far as it may.
    /// - Returns: the limit now in force.
    @discardableResult
    static func raiseLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        if limit.rlim_cur < limit.rlim_max {
            let before = limit.rlim_cur
            limit.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 { limit.rlim_cur = before }
        }
        return Int(clamping: min(limit.rlim_cur, 1 << 24))
    }
}
