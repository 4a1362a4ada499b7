import CCurl

/// One libcurl easy handle with the memory its callbacks use. Belongs to the network thread.
@safe
final class EasyHandle {
  private let pointer: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let buffers: TransferBuffers
  private let hasProxy: Bool

  init(body: [UInt8]? = nil, limits: HTTPRequest.Limits) throws(TransferFailure) {
    // The handle is freed in deinit and nowhere else.
    guard let pointer = unsafe curl_easy_init() else { throw .other(code: 27) }
    unsafe self.pointer = pointer
    buffers = TransferBuffers(outgoing: body ?? [], limit: limits.answerBytes)
    hasProxy = limits.proxy != nil
  }

  deinit {
    // The handle left its multi handle before: the loop removes it when the transfer ends.
    unsafe curl_easy_cleanup(pointer)
    unsafe curl_slist_free_all(headerList)
  }

  /// What libcurl's messages name this handle by.
  var identity: UInt {
    // Only the address is taken.
    unsafe UInt(bitPattern: pointer)
  }

  func set(_ option: CURLoption, _ value: Int) throws(TransferFailure) {
    // The option takes a long, by its documentation.
    try check(unsafe ccurl_set_long(pointer, option, value))
  }

  func set(_ option: CURLoption, _ value: String) throws(TransferFailure) {
    // libcurl copies the text before it returns.
    try check(unsafe ccurl_set_string(pointer, option, value))
  }

  func set(headers: [String]) throws(TransferFailure) {
    for line in headers {
      // The list is freed in deinit; libcurl copies each line.
      guard let longer = unsafe curl_slist_append(headerList, line) else { throw .other(code: 27) }
      unsafe headerList = longer
    }
    // The list lives as long as this handle.
    try check(unsafe ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
  }

  /// Sends a body that libcurl may send again on a new connection.
  func setRepeatableBody() throws(TransferFailure) {
    try set(CURLOPT_POST, 1)
    let body = buffers.outgoing
    // libcurl copies the bytes within the call.
    let code = unsafe body.withUnsafeBytes { bytes in
      unsafe ccurl_set_body(pointer, bytes.baseAddress, Int64(bytes.count))
    }
    try check(code)
  }

  /// Sends a body once. As it cannot be rewound, libcurl reports a failure in place of sending it
  /// again once a byte of it went out on a connection that then died.
  func setUnrepeatableBody() throws(TransferFailure) {
    try set(CURLOPT_POST, 1)
    let read: ccurl_callback = { bytes, size, count, context in
      // libcurl gives back the context set below and room for size * count bytes.
      guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
      // The buffers live as long as the handle, which libcurl calls from.
      let buffers = unsafe Unmanaged<TransferBuffers>.fromOpaque(context).takeUnretainedValue()
      let room = unsafe UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
      return unsafe buffers.fill(room)
    }
    // The buffers live as long as this handle.
    let context = unsafe Unmanaged.passUnretained(buffers).toOpaque()
    try check(unsafe ccurl_set_body_size(pointer, Int64(buffers.outgoing.count)))
    try check(unsafe ccurl_set_callback(pointer, CURLOPT_READFUNCTION, read))
    try check(unsafe ccurl_set_context(pointer, CURLOPT_READDATA, context))
  }

  func collectAnswer() throws(TransferFailure) {
    let body: ccurl_callback = { bytes, size, count, context in
      // libcurl gives size * count bytes that live for the call.
      guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
      // The buffers live as long as the handle, which libcurl calls from.
      let buffers = unsafe Unmanaged<TransferBuffers>.fromOpaque(context).takeUnretainedValue()
      return unsafe buffers.append(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    let header: ccurl_callback = { bytes, size, count, context in
      // As above; the bytes are one header line.
      guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
      // As above.
      let buffers = unsafe Unmanaged<TransferBuffers>.fromOpaque(context).takeUnretainedValue()
      unsafe buffers.addHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
      return size * count
    }
    // The buffers live as long as this handle.
    let context = unsafe Unmanaged.passUnretained(buffers).toOpaque()
    try check(unsafe ccurl_set_callback(pointer, CURLOPT_WRITEFUNCTION, body))
    try check(unsafe ccurl_set_context(pointer, CURLOPT_WRITEDATA, context))
    try check(unsafe ccurl_set_callback(pointer, CURLOPT_HEADERFUNCTION, header))
    try check(unsafe ccurl_set_context(pointer, CURLOPT_HEADERDATA, context))
  }

  /// The outcome once libcurl reported the transfer done.
  func answer(code: CURLcode) -> Result<HTTPAnswer, TransferFailure> {
    if let failure = failure(code: code) { return .failure(failure) }
    // libcurl takes a connection that ends within the headers for their end.
    guard buffers.hasAllHeaders else { return .failure(.connectionLost) }
    guard let status = number(CURLINFO_RESPONSE_CODE) else { return .failure(.other(code: 0)) }
    return .success(HTTPAnswer(status: status, headers: buffers.headers, body: buffers.body))
  }

  /// Why the transfer that ended with this code failed; nil when it did not.
  func failure(code: CURLcode) -> TransferFailure? {
    if buffers.overflowed || code == CURLE_FILESIZE_EXCEEDED {
      return .answerTooLarge(limit: buffers.limit)
    }
    if code == CURLE_OK { return nil }
    if hasProxy, isProxyFailure(code) { return .proxy }
    let failure = TransferFailure(code)
    guard case .certificate = failure else { return failure }
    return .certificate(CertificateTrouble(verifyResult: number(CURLINFO_SSL_VERIFYRESULT) ?? -1))
  }

  /// Whether the proxy could not be reached, or refused to lead on to the server.
  private func isProxyFailure(_ code: CURLcode) -> Bool {
    let answer = number(CURLINFO_HTTP_CONNECTCODE) ?? 0
    return code == CURLE_COULDNT_CONNECT || (answer != 0 && !(200..<300).contains(answer))
  }

  private func number(_ info: CURLINFO) -> Int? {
    var value = 0
    // The number is written into the variable within the call.
    return unsafe ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : nil
  }

  private func check(_ code: CURLcode) throws(TransferFailure) {
    guard code == CURLE_OK else { throw TransferFailure(code) }
  }
}

extension EasyHandle {
  /// The descriptor of a connect-only handle once it is connected.
  var socket: Int32? {
    var descriptor: curl_socket_t = -1
    // The descriptor is written into the variable within the call.
    let code = unsafe ccurl_get_socket(pointer, &descriptor)
    return code == CURLE_OK && descriptor >= 0 ? descriptor : nil
  }

  /// Sends what the socket takes now. Returns how many bytes went, 0 when it takes none.
  func send(_ bytes: ArraySlice<UInt8>) throws(TransferFailure) -> Int {
    var sent = 0
    // libcurl reads the bytes and writes the count within the call.
    let code = unsafe bytes.withUnsafeBytes { buffer in
      unsafe curl_easy_send(pointer, buffer.baseAddress, buffer.count, &sent)
    }
    if code == CURLE_AGAIN { return 0 }
    try check(code)
    return sent
  }

  /// Reads what has arrived, at most `limit` bytes. Nil when nothing waits, empty at the end.
  func receive(limit: Int) throws(TransferFailure) -> [UInt8]? {
    var code = CURLE_OK
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      // libcurl writes at most the buffer's size and tells how much.
      code = unsafe curl_easy_recv(pointer, buffer.baseAddress, buffer.count, &count)
      if code != CURLE_OK { count = 0 }
    }
    if code == CURLE_AGAIN { return nil }
    try check(code)
    return bytes
  }
}

extension EasyHandle {
  /// Runs a function of the multi handle on this handle's pointer.
  func withPointer<Value>(_ body: (UnsafeMutableRawPointer) -> Value) -> Value {
    // The pointer does not leave the closure: the multi handle's own functions are its only users.
    unsafe body(pointer)
  }
}

/// The memory libcurl's callbacks read and write during one transfer.
final class TransferBuffers {
  let outgoing: [UInt8]
  let limit: Int
  private(set) var body: [UInt8] = []
  private(set) var headers: [String: String] = [:]
  private(set) var hasAllHeaders = false
  private(set) var overflowed = false
  private var sent = 0

  init(outgoing: [UInt8], limit: Int) {
    self.outgoing = outgoing
    self.limit = limit
  }

  /// Takes the next bytes to send; 0 at their end.
  func fill(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let next = outgoing[sent...].prefix(room.count)
    // The prefix is never longer than the room.
    unsafe room.copyBytes(from: next)
    sent += next.count
    return next.count
  }

  /// Returns how many bytes were taken: none above the limit, which ends the transfer.
  func append(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= limit else {
      overflowed = true
      return 0
    }
    // Copied before the call returns.
    unsafe body.append(contentsOf: bytes)
    return bytes.count
  }

  /// A status line starts the headers anew: an interim answer (100) came before it.
  func addHeader(_ bytes: UnsafeRawBufferPointer) {
    // Copied before the call returns.
    let line = unsafe String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") { headers = [:] }
    hasAllHeaders = line.allSatisfy(\.isNewline)
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...]
      .drop { $0 == " " || $0 == "\t" }.prefix { !$0.isNewline }
    headers[line[..<colon].lowercased()] = String(value)
  }
}
