import SimulationTrace
import TenantIsolation

/// The connectors that scenarios can use without declaring them.
///
/// Names and sign-ins are those of the real catalogue. The trigger and action beside each are what
/// a flow does with it when the scenario names nothing: taken from the connector's own list, the
/// version suffix left out (which one a maker picks is assumed).
public enum ConnectorCatalogue {
  /// All of them, by how they sign in.
  public static let builtIn: [Connector] = entraID + ownTokenService + other

  private static let entraID = [
    entry("office365-outlook", "Office 365 Outlook", "When_a_new_email_arrives", "Send_an_email"),
    entry("sharepoint", "SharePoint", "When_an_item_is_created", "Create_item"),
    entry(
      "onedrive-for-business", "OneDrive for Business", "When_a_file_is_created", "Create_file"),
    entry(
      "teams", "Microsoft Teams", "When_a_new_channel_message_is_added",
      "Post_message_in_a_chat_or_channel"),
    entry("dataverse", "Microsoft Dataverse", "When_a_row_is_added", "Add_a_new_row"),
    entry("office365-users", "Office 365 Users", "When_a_user_changes", "Get_user_profile"),
    entry("office365-groups", "Office 365 Groups", "When_a_group_member_is_added", "List_groups"),
    entry("planner", "Planner", "When_a_new_task_is_created", "Create_a_task"),
    entry(
      "excel-online", "Excel Online (Business)", "For_a_selected_row", "Add_a_row_into_a_table"),
    entry("approvals", "Approvals", "When_an_approval_ends", "Start_and_wait_for_an_approval"),
    entry("forms", "Microsoft Forms", "When_a_new_response_is_submitted", "Get_response_details"),
    entry("todo", "Microsoft To Do (Business)", "When_a_new_to-do_is_created", "Add_a_to-do"),
    entry("onenote", "OneNote (Business)", "When_a_new_section_is_created", "Create_page"),
    entry("power-bi", "Power BI", "When_a_data_driven_alert_is_triggered", "Refresh_a_dataset"),
    entry("entra-id", "Microsoft Entra ID", "When_a_user_changes", "Get_user"),
    entry(
      "http-entra-id", "HTTP with Microsoft Entra ID", "When_a_resource_changes",
      "Invoke_an_HTTP_request"),
    entry("sql-server", "SQL Server", "When_an_item_is_created", "Execute_stored_procedure"),
    entry("azure-blob", "Azure Blob Storage", "When_a_blob_is_added_or_modified", "Create_blob"),
    entry("azure-queues", "Azure Queues", "When_there_are_messages", "Put_a_message_on_a_queue"),
    entry("key-vault", "Azure Key Vault", "When_a_secret_changes", "Get_secret"),
    entry(
      "power-automate-management", "Power Automate Management", "When_a_flow_changes",
      "List_My_Flows"),
    entry(
      "power-platform-admins", "Power Platform for Admins", "When_an_environment_changes",
      "List_environments"),
    entry(
      "office365-management", "Office 365 Management", "When_content_is_available", "List_content"),
  ]

  private static let ownTokenService = [
    entry(
      "azure-devops", "Azure DevOps", "When_a_work_item_is_created", "Create_a_work_item",
      .ownTokenService)
  ]

  private static let other = [
    entry("http", "HTTP", "When_an_HTTP_request_is_received", "HTTP", .other),
    entry("rss", "RSS", "When_a_feed_item_is_published", "List_all_RSS_feed_items", .other),
    entry("outlook-com", "Outlook.com", "When_a_new_email_arrives", "Send_an_email", .other),
    entry("onedrive", "OneDrive", "When_a_file_is_created", "Create_file", .other),
    entry("gmail", "Gmail", "When_a_new_email_arrives", "Send_email", .other),
    entry("google-drive", "Google Drive", "When_a_file_is_created", "Create_file", .other),
    entry("google-sheets", "Google Sheets", "When_a_row_is_added", "Insert_row", .other),
    entry("dropbox", "Dropbox", "When_a_file_is_created", "Create_file", .other),
    entry("box", "Box", "When_a_file_is_created", "Create_file", .other),
    entry("slack", "Slack", "When_a_message_is_posted", "Post_message", .other),
    entry("salesforce", "Salesforce", "When_a_record_is_created", "Create_record", .other),
    entry("twitter", "Twitter", "When_a_new_tweet_is_posted", "Post_a_tweet", .other),
    entry("sendgrid", "SendGrid", "When_an_email_event_occurs", "Send_email", .other),
  ]

  private static func entry(
    _ name: String, _ displayName: String, _ trigger: String, _ action: String,
    _ signIn: SignIn = .entraID
  ) -> Connector {
    Connector(
      name: name, displayName: displayName, signIn: signIn, trigger: trigger, action: action)
  }
}
