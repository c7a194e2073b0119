// What the two pages say and the simulation leaves out, each with its reason.

extension Catalogue {
  static let outOfScope = [
    Behaviour(
      "entra-tenant-restrictions", Source(.summary, 1), Source(.introduction, 4),
      sentence: "Entra ID has restrictions of its own by tenant, which are another thing.",
      leftOutBecause:
        "they act on all sign-ins of an organisation, not on Power Platform connections"
    ),
    Behaviour(
      "outside-power-platform", Source(.introduction, 5),
      sentence: "Access with Entra ID outside Power Platform is not affected.",
      leftOutBecause: "the simulation has nothing outside Power Platform"),
    Behaviour(
      "data-exfiltration-risk", Source(.introduction, 2), Source(.demonstration, 14),
      sentence: "Isolation lowers the risk that data leaves the organisation.",
      leftOutBecause: "a risk is no event; what crosses and what does not is simulated"),
    Behaviour(
      "admin-center-navigation", Source(.introduction, 17), Source(.configuration, 1),
      sentence: "The policy has its place in the menus of the Power Platform admin center.",
      leftOutBecause: "screens and menus are not simulated, what is set with them is"),
    Behaviour(
      "rule-list-columns", Source(.configuration, 10, 11),
      sentence: "The list of rules shows each tenant's id and its name, which is not its domain.",
      leftOutBecause: "screens are not simulated"),
    Behaviour(
      "tenant-names-unique", Source(.configuration, 12),
      sentence: "A tenant's name belongs to that tenant alone.",
      leftOutBecause: "a file in which two tenants share a name is no scenario: see N009"),
    Behaviour(
      "misprint-rules-while-off", Source(.configuration, 17),
      sentence: "The page says once that rules do have an effect while isolation is off.",
      leftOutBecause:
        "a misprint for \"don't\": its own reason is that everything crosses then, and "
        + "the page says before that rules are not enforced until isolation is on"),
    Behaviour(
      "misnomer-data-loss-prevention", Source(.designTime, 6),
      sentence: "The page calls what suspends the flow a violation of data loss prevention.",
      leftOutBecause: "the sentence is the data policy page's; what has to be resolved here is the "
        + "connection or the allowlist"),
    Behaviour(
      "support-ticket-era", Source(.switchFound, 2, 4), basis: .observed,
      sentence: "Before the preview of 2022 isolation was turned on by a support ticket.",
      leftOutBecause: "the time before the switch is not simulated"),
    Behaviour(
      "prose", Source(.impact, 1), Source(.switchFound, 6), Source(.demonstration, 1, 2, 3),
      Source(.rules, 3, 4),
      sentence: "Some sentences lead from one thought to the next or to another page.",
      leftOutBecause: "they state no behaviour"),
  ]
}
