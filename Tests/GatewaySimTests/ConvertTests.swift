import Testing

@testable import gateway_sim

@Suite struct ConvertTests {
  @Test func `There and back it says the same`() throws {
    let image = Consequence("convert", "-", "--to", "json", input: Sample.met)
    #expect(image.status == .met && image.errors.isEmpty)
    #expect(image.output.hasPrefix("{\n  \"format\": 1,\n"))
    let text = Consequence("convert", "-", "--to=scenario", input: image.output)
    #expect(text == Consequence("format", "-", input: text.output))
    #expect(Consequence("convert", "-", "--to", "json", input: text.output) == image)
  }

  @Test func `JSON is taken wherever a file is`() throws {
    let folder = try Folder()
    let image = Consequence("convert", "-", "--to", "json", input: Sample.failing).output
    let file = try folder.add("failing.json", image)
    let result = Consequence("test", file)
    #expect(result.status == .failed && result.output.contains("failing.json:9:5: expected "))
    #expect(result.output.contains("expect refused \"nobody may\""))
    #expect(Consequence("run", "--quiet", "-", input: image).status == .failed)
    #expect(Consequence("check", file).status == .met)
  }

  @Test func `What is no sentence is not converted`() {
    let text = Consequence("convert", "-", "--to", "json", input: "wobble\n")
    #expect(
      text.status == .invalid && text.output.isEmpty && text.errors.hasPrefix("-:1:1: error[S010]"))
    let image = Consequence("convert", "-", "--to", "scenario", input: "{")
    #expect(
      image.status == .invalid && image.output.isEmpty
        && image.errors.hasPrefix("-:1:2: error[S020]"))
    #expect(Consequence("convert", "missing", "--to", "json").status == .invalid)
    // Names are another matter.
    #expect(Consequence("convert", "-", "--to", "json", input: Sample.invalid).status == .met)
  }

  @Test func `The form is asked for`() {
    #expect(Consequence("convert", "-").status == .usage)
    let result = Consequence("convert", "-", "--to", "jsn", input: Sample.met)
    #expect(result.status == .usage && result.errors.contains("json"))
  }
}
