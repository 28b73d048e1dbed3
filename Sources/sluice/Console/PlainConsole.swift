struct PlainConsole {
    let engine: ConsoleEngine
    func run() async throws {}
}
