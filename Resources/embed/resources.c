#include "CResources.h"

// C23's #embed, which the compiler has in every language mode and only names as new.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char schema_activity[] = {
#embed "../schema/Activity.json"
};
static const unsigned char schema_company[] = {
#embed "../schema/Company.json"
};
static const unsigned char schema_contact[] = {
#embed "../schema/Contact.json"
};
static const unsigned char schema_course[] = {
#embed "../schema/Course.json"
};
static const unsigned char schema_deal[] = {
#embed "../schema/Deal.json"
};
static const unsigned char schema_enrollment[] = {
#embed "../schema/Enrollment.json"
};
static const unsigned char schema_quizattempt[] = {
#embed "../schema/QuizAttempt.json"
};
static const unsigned char schema_student[] = {
#embed "../schema/Student.json"
};
static const unsigned char schema_supportticket[] = {
#embed "../schema/SupportTicket.json"
};
static const unsigned char schema_role[] = {
#embed "../schema/_Role.json"
};
static const unsigned char schema_user[] = {
#embed "../schema/_User.json"
};

static const quad_resource all[] = {
    {"schema/Activity.json", schema_activity, sizeof schema_activity},
    {"schema/Company.json", schema_company, sizeof schema_company},
    {"schema/Contact.json", schema_contact, sizeof schema_contact},
    {"schema/Course.json", schema_course, sizeof schema_course},
    {"schema/Deal.json", schema_deal, sizeof schema_deal},
    {"schema/Enrollment.json", schema_enrollment, sizeof schema_enrollment},
    {"schema/QuizAttempt.json", schema_quizattempt, sizeof schema_quizattempt},
    {"schema/Student.json", schema_student, sizeof schema_student},
    {"schema/SupportTicket.json", schema_supportticket, sizeof schema_supportticket},
    {"schema/_Role.json", schema_role, sizeof schema_role},
    {"schema/_User.json", schema_user, sizeof schema_user},
};

const quad_resource *quad_resources(size_t *count) {
  *count = sizeof all / sizeof all[0];
  return all;
}
