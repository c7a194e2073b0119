import Foundation

/// As much of JSON Schema as the tutorial's two schemas use: types, properties, required, items.
struct Schema: Sendable {
  /// The types that a value may have; none asks for nothing.
  var types: [String] = []
  var properties: [String: Schema] = [:]
  var required: [String] = []
  /// What each element of an array has to be, at most one schema.
  var items: [Schema] = []

  /// What is wrong with a value, each with its place.
  func faults(of value: Any, at place: String = "$") -> [String] {
    let type = Self.type(of: value)
    guard types.isEmpty || types.contains(type) || (types.contains("number") && type == "integer")
    else { return ["\(place) is \(type), not \(types.joined(separator: " or "))"] }
    var faults: [String] = []
    if let object = value as? [String: Any] {
      faults += required.filter { object[$0] == nil }.map { "\(place) lacks \($0)" }
      for (key, schema) in properties.sorted(by: { $0.key < $1.key }) {
        if let member = object[key] { faults += schema.faults(of: member, at: "\(place).\(key)") }
      }
    }
    if let array = value as? [Any], let schema = items.first {
      for (row, element) in array.enumerated() {
        faults += schema.faults(of: element, at: "\(place)[\(row)]")
      }
    }
    return faults
  }

  private static func type(of value: Any) -> String {
    switch value {
    case is NSNull: "null"
    case is [String: Any]: "object"
    case is [Any]: "array"
    case is String: "string"
    case let number as NSNumber where String(cString: number.objCType) == "c": "boolean"
    case let number as NSNumber where number.doubleValue == number.doubleValue.rounded(): "integer"
    default: "number"
    }
  }
}

extension Schema {
  private static let text = Schema(types: ["string"])
  private static let textOrNull = Schema(types: ["string", "null"])
  private static let truth = Schema(types: ["boolean"])
  private static let number = Schema(types: ["integer"])
  private static let anything = Schema()

  /// What the tutorial parses a list of packages with.
  static let packages = Schema(
    types: ["object"],
    properties: ["value": Schema(types: ["array"], items: [package])])

  private static let package = Schema(
    types: ["object"],
    properties: Dictionary(
      uniqueKeysWithValues: packageFields.map { field in
        switch field {
        case "customHandleUpgrade": (field, truth)
        case "crmMaxVersion", "errorDetails", "singlePageApplicationUrl": (field, anything)
        case "supportedCountries": (field, Schema(types: ["array"], items: [textOrNull]))
        default: (field, textOrNull)
        }
      }),
    required: packageFields)

  private static let packageFields = [
    "id", "uniqueName", "version", "localizedDescription", "localizedName", "applicationId",
    "applicationName", "applicationDescription", "singlePageApplicationUrl", "publisherName",
    "publisherId", "learnMoreUrl", "crmMinversion", "crmMaxVersion", "customHandleUpgrade",
    "instancePackageId", "state", "catalogVisibility", "applicationVisibility", "errorDetails",
    "startDateUtc", "endDateUtc", "supportedCountries",
  ]

  /// What it parses a token's answer with. The tutorial asks for none of the fields; here all are.
  static let token = Schema(
    types: ["object"],
    properties: [
      "access_token": text, "expires_in": number, "ext_expires_in": number, "token_type": text,
    ],
    required: ["access_token", "expires_in", "ext_expires_in", "token_type"])
}
