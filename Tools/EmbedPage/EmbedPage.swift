import Foundation
import PackagePlugin

/// Runs page-embedder over the files of a target before it is compiled.
@main struct EmbedPage: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    let output = context.pluginWorkDirectoryURL.appending(path: "Pages.swift")
    return [
      .buildCommand(
        displayName: "Embedding the page", executable: try context.tool(named: "page-embedder").url,
        arguments: [target.directoryURL.path, output.path],
        inputFiles: files(below: target.directoryURL), outputFiles: [output])
    ]
  }

  private func files(below folder: URL) -> [URL] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { name in
      [".html", ".css", ".js"].contains { name.hasSuffix($0) }
    }.sorted().map { folder.appending(path: $0) }
  }
}
