#include "CResources.h"

static const unsigned char sample[] = {
#embed "../scripts/setup.sh"
};

static const quad_resource all[] = {{"setup.sh", sample, sizeof sample}};

const quad_resource *quad_resources(size_t *count) {
  *count = sizeof all / sizeof all[0];
  return all;
}
