/// What requests of one session leave behind for later ones. Confined to the session's event loop.
final class SessionMemory {
    let fetchSessions: FetchSessionTracker
    /// Share sessions (KIP-932).
    var shareSessions = MemberMemory<ShareSession>()
    /// Members that subscribe by a pattern (KIP-848).
    var patternSubscriptions = MemberMemory<PatternSubscription>()
    /// Members of streams groups (KIP-1071) that the backend knows nothing of.
    var waitingStreamsMembers = MemberMemory<StreamsTopicNeeds>()

    init(fetchSessions: FetchSessionTracker = FetchSessionTracker()) {
        self.fetchSessions = fetchSessions
    }
}
