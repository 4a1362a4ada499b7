import Testing

/// The real program against a sandbox, on terminals of its own; one test at a time.
///
/// All on the main actor: waiting blocks its thread, and the pool's threads are needed by the
/// sandboxes of this process.
@Suite(.serialized)
enum EndToEnd {}
