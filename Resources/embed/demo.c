#include "CResources.h"

// The compiler knows #embed in every C mode but warns outside C23.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char activities[] = {
#embed "../demo/activities.txt"
};
static const unsigned char companies[] = {
#embed "../demo/companies.txt"
};
static const unsigned char company_kinds[] = {
#embed "../demo/company-kinds.txt"
};
static const unsigned char company_places[] = {
#embed "../demo/company-places.txt"
};
static const unsigned char courses[] = {
#embed "../demo/courses.txt"
};
static const unsigned char deals[] = {
#embed "../demo/deals.txt"
};
static const unsigned char family[] = {
#embed "../demo/family.txt"
};
static const unsigned char given[] = {
#embed "../demo/given.txt"
};
static const unsigned char lost_reasons[] = {
#embed "../demo/lost-reasons.txt"
};
static const unsigned char names[] = {
#embed "../demo/names.txt"
};
static const unsigned char notes[] = {
#embed "../demo/notes.txt"
};
static const unsigned char odd_companies[] = {
#embed "../demo/odd-companies.txt"
};
static const unsigned char odd_names[] = {
#embed "../demo/odd-names.txt"
};
static const unsigned char odd_subjects[] = {
#embed "../demo/odd-subjects.txt"
};
static const unsigned char quizzes[] = {
#embed "../demo/quizzes.txt"
};
static const unsigned char staff[] = {
#embed "../demo/staff.txt"
};
static const unsigned char tickets[] = {
#embed "../demo/tickets.txt"
};
static const unsigned char topics[] = {
#embed "../demo/topics.txt"
};
static const unsigned char world[] = {
#embed "../demo/world.txt"
};

static const quad_resource all[] = {
    {"activities", activities, sizeof activities},
    {"companies", companies, sizeof companies},
    {"company-kinds", company_kinds, sizeof company_kinds},
    {"company-places", company_places, sizeof company_places},
    {"courses", courses, sizeof courses},
    {"deals", deals, sizeof deals},
    {"family", family, sizeof family},
    {"given", given, sizeof given},
    {"lost-reasons", lost_reasons, sizeof lost_reasons},
    {"names", names, sizeof names},
    {"notes", notes, sizeof notes},
    {"odd-companies", odd_companies, sizeof odd_companies},
    {"odd-names", odd_names, sizeof odd_names},
    {"odd-subjects", odd_subjects, sizeof odd_subjects},
    {"quizzes", quizzes, sizeof quizzes},
    {"staff", staff, sizeof staff},
    {"tickets", tickets, sizeof tickets},
    {"topics", topics, sizeof topics},
    {"world", world, sizeof world},
};

const quad_resource *quad_demo_resources(size_t *count) {
  *count = sizeof all / sizeof all[0];
  return all;
}
