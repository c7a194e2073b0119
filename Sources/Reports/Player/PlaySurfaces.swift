import SimulationTrace

/// A place where people see something, and what its replica is made after.
struct PlaySurface {
  var id: String
  var title: String
  var source: String
  var date: String
  var basis: Basis

  private static let pictures = "pictures on thijoubert.com"
  private static let page = "Cross-tenant inbound and outbound restrictions"

  /// All of them, the admin center as an edition of the documentation describes it.
  static func all(edition: String) -> [PlaySurface] {
    others + [
      PlaySurface(
        id: "admin-center", title: "Tenant isolation page", source: page,
        date: edition == "2025" ? "2025-04" : "2023-10-12", basis: .documented)
    ]
  }

  private static let others = [
    PlaySurface(
      id: "connection-card", title: "Connection card", source: pictures, date: "2021-07-19",
      basis: .observed),
    PlaySurface(
      id: "power-apps", title: "Power Apps studio", source: page + ", a picture's description",
      date: "2023-10-12", basis: .documented),
    PlaySurface(
      id: "flow-designer", title: "Power Automate designer",
      source: page + ", a picture's description", date: "2023-10-12", basis: .documented),
    PlaySurface(
      id: "run-details", title: "Run details", source: pictures, date: "2021-07-19",
      basis: .observed),
    PlaySurface(
      id: "flow-page", title: "Flow page", source: pictures, date: "2021-07-19", basis: .observed),
    PlaySurface(
      id: "run-history", title: "28-day run history", source: "Microsoft's page on missing runs",
      date: "2024-08-26", basis: .documented),
    PlaySurface(
      id: "connections", title: "Connections", source: pictures, date: "2021-07-19",
      basis: .observed),
    PlaySurface(
      id: "systems", title: "Records of the admins' systems", source: "the simulator's own",
      date: "", basis: .assumed),
    PlaySurface(
      id: "app", title: "Canvas app", source: "the simulator's own", date: "", basis: .assumed),
    PlaySurface(
      id: "request", title: "Refusal", source: "the simulator's own", date: "", basis: .assumed),
  ]
}

extension Surface {
  /// The surface as pages know it.
  var id: StaticString {
    switch self {
    case .connectionCreation: "connection-card"
    case .appDesign: "power-apps"
    case .flowDesign: "flow-designer"
    case .run: "run-details"
    case .appData: "app"
    case .request: "request"
    }
  }
}

extension ByteBuffer {
  mutating func appendSurfaces(edition: String) {
    append(key: "surfaces")
    appendList(PlaySurface.all(edition: edition)) { buffer, surface in
      buffer.append("{\"id\":")
      buffer.append(json: surface.id)
      buffer.append(key: "title", surface.title)
      buffer.append(key: "source", surface.source)
      buffer.append(key: "date", surface.date)
      buffer.append(key: "basis", surface.basis.rawValue)
      buffer.append("}")
    }
  }
}
