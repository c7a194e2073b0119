// swift-tools-version: 6.2

import PackageDescription

/// A library target of the house; who may import whom is written here and nowhere else.
func library(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies)
}

func tests(of name: String, _ dependencies: Target.Dependency...) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies)
}

let package = Package(
  name: "connection-gateway-simulator",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "gateway-sim", targets: ["gateway-sim"]),
    // With what reads a scenario, and what its instants are.
    .library(
      name: "AdminServices",
      targets: ["AdminServices", "ScenarioLanguage", "PowerPlatform", "DiscreteEvents"]),
  ],
  dependencies: [],
  targets: [
    library("TenantIsolation"),
    library("DiscreteEvents"),
    library("SimulationTrace", "TenantIsolation", "DiscreteEvents"),
    library("PowerPlatform", "TenantIsolation", "DiscreteEvents", "SimulationTrace"),
    library(
      "ScenarioLanguage", "PowerPlatform", "TenantIsolation", "DiscreteEvents", "SimulationTrace"),
    library("Analysis", "PowerPlatform", "TenantIsolation", "DiscreteEvents", "SimulationTrace"),
    .target(
      name: "PlayerPage", exclude: ["page.html", "index.html", "Style", "Script", "Format.md"],
      plugins: ["EmbedPage"]),
    .plugin(
      name: "EmbedPage", capability: .buildTool(), dependencies: ["page-embedder"],
      path: "Tools/EmbedPage"),
    .executableTarget(name: "page-embedder", path: "Tools/PageEmbedder"),
    library("Reports", "SimulationTrace", "TenantIsolation", "DiscreteEvents", "PlayerPage"),
    // The admin's REST operations as values; its JSON is written with the reports' buffer.
    library(
      "AdminServices", "PowerPlatform", "Reports", "SimulationTrace", "TenantIsolation",
      "DiscreteEvents"),
    .executableTarget(
      name: "gateway-sim",
      dependencies: [
        "Reports", "Analysis", "ScenarioLanguage", "PowerPlatform", "SimulationTrace",
        "TenantIsolation", "DiscreteEvents",
      ]),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "Reports", "Analysis", "ScenarioLanguage", "PowerPlatform", "SimulationTrace",
        "TenantIsolation", "DiscreteEvents", "ReferenceEngine",
      ],
      path: "Tools/benchmark/Sources"),
    .target(
      name: "ReferenceEngine",
      dependencies: ["PowerPlatform", "SimulationTrace", "TenantIsolation", "DiscreteEvents"],
      path: "Tests/ReferenceEngine"),
    tests(of: "TenantIsolation", "TenantIsolation"),
    tests(of: "DiscreteEvents", "DiscreteEvents"),
    tests(
      of: "PowerPlatform", "PowerPlatform", "TenantIsolation", "DiscreteEvents", "SimulationTrace",
      "Reports", "ReferenceEngine"),
    tests(
      of: "ScenarioLanguage", "ScenarioLanguage", "PowerPlatform", "SimulationTrace",
      "TenantIsolation", "DiscreteEvents"),
    tests(of: "SimulationTrace", "SimulationTrace", "TenantIsolation", "DiscreteEvents"),
    tests(
      of: "Scenarios", "ScenarioLanguage", "PowerPlatform", "SimulationTrace", "Analysis",
      "Reports", "DiscreteEvents"),
    tests(of: "Reports", "Reports", "SimulationTrace", "TenantIsolation", "DiscreteEvents"),
    tests(
      of: "AdminServices", "AdminServices", "ScenarioLanguage", "PowerPlatform", "SimulationTrace",
      "TenantIsolation", "DiscreteEvents"),
    tests(of: "GatewaySim", "gateway-sim", "Analysis", "ScenarioLanguage", "PowerPlatform"),
    tests(
      of: "Analysis", "Analysis", "ScenarioLanguage", "PowerPlatform", "SimulationTrace",
      "TenantIsolation", "DiscreteEvents", "ReferenceEngine"),
    .testTarget(name: "PageEmbedderTests", dependencies: ["page-embedder"]),
    tests(of: "Page", "gateway-sim"),
    tests(of: "House"),
  ],
  swiftLanguageModes: [.v6]
)
