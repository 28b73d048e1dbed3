import ResourceFixtures
import Testing

@testable import Console

/// Answers files in the walkthrough.
struct SetupFilesTests {
    @Test func `what is written can be read again`() {
        var first = SetupFixture()
        first.press("Enter", "Tab")
        first.fill("my-own-audience")
        first.press("Esc", ":setup write own.yaml", "Enter")
        var second = SetupFixture(120, 36)
        second.files = first.files
        second.press("F7")
        second.fill("own.yaml")
        second.press("Enter")
        #expect(second.console.state.setup.answers == first.console.state.setup.answers)
        #expect(second.console.state.setup.step == .review)
        #expect(second.console.screen.contains("All answers are from own.yaml"))
        second.press("Enter", "y")
        #expect(second.console.state.setup.isApplied)
        #expect(second.calls.count == 9)
    }

    @Test func `answers that were given are lost only after yes`() {
        var setup = SetupFixture()
        setup.files["a.yaml"] = "sign_in: {audience: other}"
        setup.press("Enter", "Tab")
        setup.fill("mine")
        setup.press("Esc", ":setup read a.yaml", "Enter", "Esc")
        #expect(setup.console.state.setup.answers.text(.signInAudience) == "mine")
        setup.press(":setup read a.yaml", "Enter", "y")
        #expect(setup.console.state.setup.answers.text(.signInAudience) == "other")
    }

    @Test func `a file with mistakes changes nothing and tells them all`() {
        var setup = SetupFixture()
        setup.files["bad.yaml"] = "sign_in: {audiense: x}\nacl: {use: perhaps}"
        setup.press(":setup read bad.yaml", "Enter")
        #expect(setup.console.state.setup.answers == SetupAnswers())
        #expect(setup.console.screen.contains("Nothing was taken from bad.yaml"))
        #expect(setup.console.screen.contains("sign_in.audiense"))
        #expect(setup.console.screen.contains("acl.use 'perhaps'"))
        setup.press("Esc")
        setup.files["broken.yaml"] = "sign_in: [}"
        setup.press(":setup read broken.yaml", "Enter")
        #expect(setup.console.screen.contains("Nothing was taken from broken.yaml"))
        setup.press("Esc", ":setup read nowhere.yaml", "Enter")
        #expect(setup.console.screen.contains("'nowhere.yaml' cannot be read"))
    }

    @Test func `a file that names what is not there leads to its field`() {
        var setup = SetupFixture(tree: TreeFixture.scenario)
        setup.files["a.yaml"] = """
            sign_in: {use: existing, existing: Appointments Dev}
            client: {use: existing, existing: Client}
            gateway: {use: existing, existing: event-gateway-quickstart}
            backend: {use: existing, existing: prod}
            """
        setup.press(":setup read a.yaml", "Enter")
        #expect(setup.console.state.setup.step == .backend)
        #expect(setup.console.state.setup.form.focus == SetupField.backendExisting.rawValue)
    }
}
