#pragma once
#include <stddef.h>

/// One file of Resources compiled into the binary. `bytes` holds `count` bytes and no terminating zero.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} quad_resource;

/// All compiled-in files; `*count` receives how many.
const quad_resource *quad_resources(size_t *count);

/// The word lists of the demo data, by file name without its extension; `*count` receives how many.
const quad_resource *quad_demo_resources(size_t *count);
