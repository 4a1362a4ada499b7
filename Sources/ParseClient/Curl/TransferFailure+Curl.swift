import CCurl

extension TransferFailure {
  /// Source of the meanings: libcurl-errors(3).
  init(_ code: CURLcode) {
    self =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST: .nameNotFound
      case CURLE_COULDNT_CONNECT: .refused
      case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
      case CURLE_OPERATION_TIMEDOUT: .timedOut
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
        CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        .certificate(.other)
      case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM: .certificateFile
      case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED: .tlsHandshake
      case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_SEND_FAIL_REWIND,
        CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY,
        CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
        // What libcurl says of header lines it cannot store, a bare CR within them say.
        CURLE_BAD_FUNCTION_ARGUMENT:
        .connectionLost
      default: .other(code: Int(code.rawValue))
      }
  }
}

extension CertificateTrouble {
  /// - Parameter verifyResult: of OpenSSL, openssl-verification-options(1): the numbers of
  ///   `X509_V_ERR_…` in x509_vfy.h. libcurl compares the name itself before it asks OpenSSL, which
  ///   leaves 0 or 1 there.
  init(verifyResult: Int) {
    self =
      switch verifyResult {
      case 0, 1, 62, 64: .wrongHost
      case 9: .notYetValid
      case 10: .expired
      case 18, 19, 20, 21: .unknownAuthority
      default: .other
      }
  }
}
