#pragma once
#include <curl/curl.h>

// Swift does not import variadic functions: one typed wrapper for each kind of argument that
// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt take here.

/// The shape of CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION and CURLOPT_READFUNCTION alike.
typedef size_t (*ccurl_callback)(char *bytes, size_t size, size_t count, void *context);

/// curl_easy_setopt with a number.
static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

/// curl_easy_setopt with text, which libcurl copies.
static inline CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

/// curl_easy_setopt with a callback's context.
static inline CURLcode ccurl_set_context(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

/// curl_easy_setopt with a callback.
static inline CURLcode ccurl_set_callback(CURL *handle, CURLoption option, ccurl_callback value) {
  return curl_easy_setopt(handle, option, value);
}

/// curl_easy_setopt with a list, which must outlive the transfer.
static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

/// The body of a request; libcurl copies the bytes, so it can send them again.
static inline CURLcode ccurl_set_body(CURL *handle, const void *bytes, long long count) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

/// The size of a body that CURLOPT_READFUNCTION gives, in bytes.
static inline CURLcode ccurl_set_body_size(CURL *handle, long long count) {
  return curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
}

/// curl_easy_getinfo of a number.
static inline CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

/// CURLINFO_ACTIVESOCKET of a connect-only handle.
static inline CURLcode ccurl_get_socket(CURL *handle, curl_socket_t *value) {
  return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, value);
}

/// CURL_GLOBAL_DEFAULT is a macro of macros, which Swift does not import.
static inline CURLcode ccurl_global_init(void) {
  return curl_global_init(CURL_GLOBAL_DEFAULT);
}
