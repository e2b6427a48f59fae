/**
 * The server of the remix desk. The routes in {@code camel/desk.yaml} call these beans: {@link desk.Guard} first, which decides what a
 * request may do, and {@link desk.Answers} last. Between them stand {@code sora:ledger} and the other operations of camel-sora, whose
 * answers become what the page shows in {@link desk.Tasks}, {@link desk.Summary} and {@link desk.Charts}.
 */
package desk;
