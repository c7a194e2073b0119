// page-embedder FOLDER OUTPUT: puts every *.html of a folder, with the styles and scripts that it
// names, into one Swift file.

import Foundation

func text(_ file: String) throws -> String {
  guard let data = FileManager.default.contents(atPath: file) else {
    throw TemplateError(description: "\(file) can't be read")
  }
  guard let text = String(bytes: data, encoding: .utf8) else {
    throw TemplateError(description: "\(file) is not UTF-8")
  }
  return text
}

func embed(_ folder: String, into output: String) throws {
  let names = try FileManager.default.contentsOfDirectory(atPath: folder)
  let pages = try names.filter { $0.hasSuffix(".html") }.sorted().map { name in
    let template = try Template(text("\(folder)/\(name)")) { try text("\(folder)/\($0)") }
    return (name: String(name.dropLast(5)), template: template)
  }
  try swiftSource(pages).write(toFile: output, atomically: true, encoding: .utf8)
}

do {
  guard CommandLine.arguments.count == 3 else {
    throw TemplateError(description: "it takes a folder and a file")
  }
  try embed(CommandLine.arguments[1], into: CommandLine.arguments[2])
} catch {
  FileHandle.standardError.write(Data("page-embedder: error: \(error)\n".utf8))
  exit(1)
}
