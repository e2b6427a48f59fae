/**
 * The server of the remix desk. Begin reading at {@code camel/desk.yaml}, whose routes call these beans: {@link desk.Guard} first, which
 * decides what a request may do, and {@link desk.Answers} last, which also decides the status of a failure. Between them stand {@code
 * sora:ledger} and the other operations of camel-sora. {@link desk.Tasks}, {@link desk.Details}, {@link desk.Summary} and {@link
 * desk.Charts} turn their answers into what the page shows, {@link desk.Actions} and {@link desk.Submits} what the page sends into their
 * messages. {@link desk.Redaction} decides what the page never gets.
 */
package desk;
