import SimulationTrace
import TenantIsolation

/// An isolation policy as a program sends it. What speaks against it as a policy is the model's to
/// say; here stands what is no policy at all.
struct PolicyBody {
  /// An entry of the allowlist.
  struct Entry {
    /// The identifier of a tenant; nil for `*`.
    var tenant: String?
    /// Perhaps none.
    var directions: Directions
  }

  /// Whose policy it says it is; nil where it does not say.
  let tenant: String?
  /// Whether isolation is to be off: the switch is written the wrong way round.
  let isDisabled: Bool
  let entries: [Entry]

  init(_ bytes: [UInt8]) throws(ServiceError) {
    guard let body = JSONValue(bytes) else {
      throw .invalid("Invalid request body", "The body has to be JSON")
    }
    guard let properties = body["properties"], case .object = properties else {
      throw .invalid("Invalid request body", "The body has to be an object with properties")
    }
    tenant = try Self.tenant(properties["tenantId"])
    guard case .truth(let isDisabled) = properties["isDisabled"] else {
      throw .invalid("Invalid request body", "isDisabled has to be true or false")
    }
    self.isDisabled = isDisabled
    entries = try Self.entries(properties["allowedTenants"])
  }

  private static func tenant(_ value: JSONValue?) throws(ServiceError) -> String? {
    switch value {
    case nil, .null: return nil
    case .text(let id) where isGUID(id): return id
    default: throw .badTenant
    }
  }

  /// A program that has no entries sends none, or null.
  private static func entries(_ value: JSONValue?) throws(ServiceError) -> [Entry] {
    switch value {
    case nil, .null: return []
    case .array(let elements):
      var entries: [Entry] = []
      for element in elements { entries.append(try entry(element)) }
      return entries
    default: throw .invalid("Invalid request body", "allowedTenants has to be an array")
    }
  }

  /// Whatever else an entry says, such as a display name, is not looked at.
  private static func entry(_ value: JSONValue) throws(ServiceError) -> Entry {
    guard case .text(let id) = value["tenantId"], id == "*" || isGUID(id) else { throw .badTenant }
    var directions: Directions = []
    if try isTrue(value["direction"], "inbound") { directions.insert(.inbound) }
    if try isTrue(value["direction"], "outbound") { directions.insert(.outbound) }
    return Entry(tenant: id == "*" ? nil : id, directions: directions)
  }

  private static func isTrue(
    _ direction: JSONValue?, _ key: String
  ) throws(ServiceError) -> Bool {
    switch direction {
    case nil, .null: return false
    case .object:
      switch direction?[key] {
      case nil, .null: return false
      case .truth(let isTrue): return isTrue
      default: throw .invalid("Invalid request body", "\(key) has to be true or false")
      }
    default:
      throw .invalid(
        "Invalid request body", "direction has to be an object with inbound and outbound")
    }
  }
}
