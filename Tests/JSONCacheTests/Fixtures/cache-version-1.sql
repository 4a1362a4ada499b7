PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 documents, outbox, journal, pins, marks');
CREATE TABLE documents (
  row INTEGER PRIMARY KEY,
  className TEXT NOT NULL,
  id TEXT NOT NULL,
  localId TEXT,
  server TEXT,
  pending TEXT,
  document TEXT NOT NULL,
  removal INTEGER NOT NULL DEFAULT 0,
  removedAt INTEGER,
  sequence INTEGER NOT NULL,
"updatedAt" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.updatedAt'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.updatedAt') ELSE x'00' END) STORED,
"stage" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.stage'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.stage') ELSE x'00' END) STORED,
"status" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.status'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.status') ELSE x'00' END) STORED,
"priority" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.priority'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.priority') ELSE x'00' END) STORED,
"type" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.type'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.type') ELSE x'00' END) STORED,
"cohort" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.cohort'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.cohort') ELSE x'00' END) STORED,
"quizTitle" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.quizTitle'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.quizTitle') ELSE x'00' END) STORED,
"ticketNumber" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.ticketNumber'),'null') WHEN 'null' THEN NULL WHEN 'text' THEN json_extract(document,'$.ticketNumber') ELSE x'00' END) STORED,
"amount" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.amount'),'null') WHEN 'null' THEN NULL WHEN 'integer' THEN json_extract(document,'$.amount') WHEN 'real' THEN json_extract(document,'$.amount') ELSE x'00' END) STORED,
"progressPercent" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.progressPercent'),'null') WHEN 'null' THEN NULL WHEN 'integer' THEN json_extract(document,'$.progressPercent') WHEN 'real' THEN json_extract(document,'$.progressPercent') ELSE x'00' END) STORED,
"scorePercent" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.scorePercent'),'null') WHEN 'null' THEN NULL WHEN 'integer' THEN json_extract(document,'$.scorePercent') WHEN 'real' THEN json_extract(document,'$.scorePercent') ELSE x'00' END) STORED,
"currentCompletionRate" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.currentCompletionRate'),'null') WHEN 'null' THEN NULL WHEN 'integer' THEN json_extract(document,'$.currentCompletionRate') WHEN 'real' THEN json_extract(document,'$.currentCompletionRate') ELSE x'00' END) STORED,
"lastQuizScore" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.lastQuizScore'),'null') WHEN 'null' THEN NULL WHEN 'integer' THEN json_extract(document,'$.lastQuizScore') WHEN 'real' THEN json_extract(document,'$.lastQuizScore') ELSE x'00' END) STORED,
"expectedCloseDate" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.expectedCloseDate'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN CASE WHEN json_extract(document,'$.expectedCloseDate.iso') LIKE '____-__-__T__:__:__.___Z' THEN json_extract(document,'$.expectedCloseDate.iso') ELSE x'00' END ELSE x'00' END) STORED,
"dueDate" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.dueDate'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN CASE WHEN json_extract(document,'$.dueDate.iso') LIKE '____-__-__T__:__:__.___Z' THEN json_extract(document,'$.dueDate.iso') ELSE x'00' END ELSE x'00' END) STORED,
"completedAt" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.completedAt'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN CASE WHEN json_extract(document,'$.completedAt.iso') LIKE '____-__-__T__:__:__.___Z' THEN json_extract(document,'$.completedAt.iso') ELSE x'00' END ELSE x'00' END) STORED,
"attemptedAt" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.attemptedAt'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN CASE WHEN json_extract(document,'$.attemptedAt.iso') LIKE '____-__-__T__:__:__.___Z' THEN json_extract(document,'$.attemptedAt.iso') ELSE x'00' END ELSE x'00' END) STORED,
"lastMessageAt" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.lastMessageAt'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN CASE WHEN json_extract(document,'$.lastMessageAt.iso') LIKE '____-__-__T__:__:__.___Z' THEN json_extract(document,'$.lastMessageAt.iso') ELSE x'00' END ELSE x'00' END) STORED,
"enrolledAt" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.enrolledAt'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN CASE WHEN json_extract(document,'$.enrolledAt.iso') LIKE '____-__-__T__:__:__.___Z' THEN json_extract(document,'$.enrolledAt.iso') ELSE x'00' END ELSE x'00' END) STORED,
"student" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.student'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.student.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.student')=1 THEN coalesce(json_extract(document,'$.student[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"course" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.course'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.course.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.course')=1 THEN coalesce(json_extract(document,'$.course[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"assignedTo" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.assignedTo'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.assignedTo.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.assignedTo')=1 THEN coalesce(json_extract(document,'$.assignedTo[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"accountOwner" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.accountOwner'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.accountOwner.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.accountOwner')=1 THEN coalesce(json_extract(document,'$.accountOwner[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"company" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.company'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.company.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.company')=1 THEN coalesce(json_extract(document,'$.company[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"contact" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.contact'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.contact.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.contact')=1 THEN coalesce(json_extract(document,'$.contact[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"relatedTo" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.relatedTo'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.relatedTo.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.relatedTo')=1 THEN coalesce(json_extract(document,'$.relatedTo[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"createdBy" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.createdBy'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.createdBy.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.createdBy')=1 THEN coalesce(json_extract(document,'$.createdBy[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
"instructor" GENERATED ALWAYS AS (CASE coalesce(json_type(document,'$.instructor'),'null') WHEN 'null' THEN NULL WHEN 'object' THEN coalesce(json_extract(document,'$.instructor.objectId'),x'00') WHEN 'array' THEN CASE WHEN json_array_length(document,'$.instructor')=1 THEN coalesce(json_extract(document,'$.instructor[0].objectId'),x'00') ELSE x'00' END ELSE x'00' END) STORED,
  UNIQUE (className, id)
);
INSERT INTO documents VALUES(1,'Deal','r54zgp7ogb',NULL,'{"objectId":"r54zgp7ogb","createdAt":"2025-09-15T06:26:58.147Z","updatedAt":"2026-01-10T11:56:17.322Z","ACL":{"role:admin":{"read":true,"write":true},"B59d7peYHR":{"read":true,"write":true}},"amount":7000,"assignedTo":{"__type":"Pointer","className":"_User","objectId":"B59d7peYHR"},"company":{"__type":"Pointer","className":"Company","objectId":"F182dzGWB4"},"contact":{"__type":"Pointer","className":"Contact","objectId":"VAlxraG8RX"},"expectedCloseDate":{"__type":"Date","iso":"2026-01-05T12:00:00.000Z"},"stage":"won","title":"Retail academy"}','[{"stage":"lost"}]','{"objectId":"r54zgp7ogb","createdAt":"2025-09-15T06:26:58.147Z","updatedAt":"2026-01-10T11:56:17.322Z","ACL":{"role:admin":{"read":true,"write":true},"B59d7peYHR":{"read":true,"write":true}},"amount":7000,"assignedTo":{"__type":"Pointer","className":"_User","objectId":"B59d7peYHR"},"company":{"__type":"Pointer","className":"Company","objectId":"F182dzGWB4"},"contact":{"__type":"Pointer","className":"Contact","objectId":"VAlxraG8RX"},"expectedCloseDate":{"__type":"Date","iso":"2026-01-05T12:00:00.000Z"},"stage":"lost","title":"Retail academy"}',0,NULL,4);
INSERT INTO documents VALUES(2,'Deal','UVfAMIufdi',NULL,NULL,NULL,'{"objectId":"UVfAMIufdi","createdAt":"2026-05-06T02:15:45.077Z","updatedAt":"2026-06-11T03:24:21.528Z","ACL":{"role:admin":{"read":true,"write":true},"B59d7peYHR":{"read":true,"write":true}},"amount":21500,"assignedTo":{"__type":"Pointer","className":"_User","objectId":"B59d7peYHR"},"company":{"__type":"Pointer","className":"Company","objectId":"qyit9Zwy2e"},"contact":{"__type":"Pointer","className":"Contact","objectId":"W0O2iRC9uN"},"expectedCloseDate":{"__type":"Date","iso":"2026-06-07T12:00:00.000Z"},"notes":"[lost] no budget: comes back when the new budget year starts\nSites:\n\tNorth\t40 seats\n\tSouth\t25 seats\nPlan: https://plan.example.com/rollout?id=7&v=2\nFrame contract wanted: price per seat must stay under 140 a year.","stage":"lost","title":"Summer bootcamp, 40 seats"}',0,NULL,4);
INSERT INTO documents VALUES(3,'Deal','kilDFClb2F',NULL,NULL,NULL,'{"objectId":"kilDFClb2F","createdAt":"2026-04-07T22:31:58.889Z","updatedAt":"2026-08-14T03:49:00.781Z","ACL":{"role:admin":{"read":true,"write":true},"B59d7peYHR":{"read":true,"write":true}},"amount":50500,"assignedTo":{"__type":"Pointer","className":"_User","objectId":"B59d7peYHR"},"company":{"__type":"Pointer","className":"Company","objectId":"qyit9Zwy2e"},"contact":{"__type":"Pointer","className":"Contact","objectId":"W0O2iRC9uN"},"expectedCloseDate":{"__type":"Date","iso":"2026-08-09T12:00:00.000Z"},"notes":"Board votes at the end of the month.\nAsk for the minutes.","stage":"won","title":"Group licence, 900 seats"}',0,NULL,4);
INSERT INTO documents VALUES(23,'Contact','2OSQdIcwAO',NULL,NULL,NULL,'{"objectId":"2OSQdIcwAO","createdAt":"2026-04-03T14:15:06.484Z","updatedAt":"2026-08-31T18:01:40.341Z","ACL":{"role:admin":{"read":true,"write":true},"B59d7peYHR":{"read":true,"write":true},"role:sales":{"read":true}},"company":{"__type":"Pointer","className":"Company","objectId":"gLvjd4A4YW"},"createdBy":{"__type":"Pointer","className":"_User","objectId":"B59d7peYHR"},"email":"orla.fontanel@example.com","name":"Orla Fontanel","notes":"Do not call during school holidays.\nWants a pilot with one class, then the whole year.\nContact through the assistant.","phone":"+44 20 7946 0272"}',0,NULL,36);
INSERT INTO documents VALUES(24,'Contact','9S21B913wn',NULL,NULL,NULL,'{"objectId":"9S21B913wn","createdAt":"2026-03-08T15:19:09.293Z","updatedAt":"2026-07-06T10:22:10.362Z","ACL":{"role:admin":{"read":true,"write":true},"B59d7peYHR":{"read":true,"write":true},"role:sales":{"read":true}},"company":{"__type":"Pointer","className":"Company","objectId":"Jdwt5E1An0"},"createdBy":{"__type":"Pointer","className":"_User","objectId":"B59d7peYHR"},"email":"faisal.ostergaard@example.com","name":"Faisal Østergaard","phone":"+1 202 555 0125"}',0,NULL,36);
INSERT INTO documents VALUES(25,'Contact','ODk4beVSDh',NULL,NULL,NULL,'{"objectId":"ODk4beVSDh","createdAt":"2025-08-17T05:45:40.398Z","updatedAt":"2026-08-23T00:42:56.456Z","ACL":{"role:admin":{"read":true,"write":true},"B59d7peYHR":{"read":true,"write":true},"role:sales":{"read":true}},"company":{"__type":"Pointer","className":"Company","objectId":"Jdwt5E1An0"},"createdBy":{"__type":"Pointer","className":"_User","objectId":"B59d7peYHR"},"email":"noor.bairstow@example.com","name":"Noor Bairstow","notes":"Frame contract wanted: price per seat must stay under 140 a year.","phone":"+1 202 555 0144"}',0,NULL,36);
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('documents','sqlite_autoindex_documents_1','1000000 100000 1');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Deal_stage_expectedCloseDate','100000 2000 181');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Deal_expectedCloseDate','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Deal_assignedTo','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Deal_contact','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Deal_company','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_SupportTicket_status_priority_lastMessageAt','100000 2000 181 95');
INSERT INTO sqlite_stat1 VALUES('documents','documents_SupportTicket_assignedTo','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_SupportTicket_student','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_SupportTicket_ticketNumber','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_QuizAttempt_attemptedAt','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_QuizAttempt_student','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_QuizAttempt_course','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Enrollment_student','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Enrollment_course','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Student_currentCompletionRate','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Student_accountOwner','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Activity_relatedTo','100000 2000');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Activity_completedAt_dueDate','100000 2000 181');
INSERT INTO sqlite_stat1 VALUES('documents','documents_Contact_company','100000 2000');
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  madeAt INTEGER NOT NULL,
  className TEXT NOT NULL,
  objectId TEXT NOT NULL,
  kind TEXT NOT NULL,
  changes TEXT NOT NULL,
  base TEXT NOT NULL,
  baseUpdatedAt TEXT,
  requestId TEXT NOT NULL,
  state TEXT NOT NULL,
  code INTEGER,
  words TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  refusals INTEGER NOT NULL DEFAULT 0,
  unsure INTEGER NOT NULL DEFAULT 0,
  firstSentAt INTEGER,
  nextTryAt INTEGER,
  groupId TEXT NOT NULL
);
INSERT INTO outbox VALUES(1,1800000000000,'Deal','r54zgp7ogb','update','{"stage":"lost"}','{"stage":"won"}',NULL,'req-1','waiting',NULL,NULL,0,0,0,NULL,NULL,'g1');
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  groupId TEXT,
  className TEXT NOT NULL,
  objectId TEXT NOT NULL,
  field TEXT NOT NULL,
  old TEXT,
  new TEXT
);
INSERT INTO journal VALUES(1,1800000000000,'me','g1','Deal','r54zgp7ogb','stage','"won"','"lost"');
CREATE TABLE pins (
  name TEXT NOT NULL,
  className TEXT NOT NULL,
  objectId TEXT NOT NULL,
  pinnedAt INTEGER NOT NULL,
  PRIMARY KEY (name, className, objectId)
) WITHOUT ROWID;
INSERT INTO pins VALUES('hot','Deal','UVfAMIufdi',1800000000000);
INSERT INTO pins VALUES('hot','Deal','r54zgp7ogb',1800000000000);
CREATE TABLE pin_queries (
  name TEXT PRIMARY KEY,
  className TEXT NOT NULL,
  query TEXT NOT NULL,
  pinnedAt INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO pin_queries VALUES('hot','Deal','{"where":{"stage":"won"}}',1800000000000);
CREATE TABLE sync_marks (
  className TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  cursor TEXT,
  lastUpdatedAt TEXT,
  syncedAt INTEGER,
  walkedAt INTEGER,
  serverCount INTEGER
) WITHOUT ROWID;
INSERT INTO sync_marks VALUES('Activity','complete',NULL,'2026-11-20T19:07:50.647Z',1795239828511,1795239828512,30);
INSERT INTO sync_marks VALUES('Company','complete',NULL,'2026-09-30T00:41:41.777Z',1795239828507,1795239828508,5);
INSERT INTO sync_marks VALUES('Contact','complete',NULL,'2026-11-17T14:27:44.460Z',1795239828504,1795239828504,9);
INSERT INTO sync_marks VALUES('Course','complete',NULL,'2026-11-18T05:48:17.724Z',1795239828495,1795239828496,3);
INSERT INTO sync_marks VALUES('Deal','complete',NULL,'2026-11-21T04:53:45.423Z',1795239828490,1795239828492,14);
INSERT INTO sync_marks VALUES('Enrollment','complete',NULL,NULL,1795239828500,1795239828501,0);
INSERT INTO sync_marks VALUES('QuizAttempt','complete',NULL,NULL,1795239828464,1795239828481,0);
INSERT INTO sync_marks VALUES('Student','complete',NULL,NULL,1795239828462,1795239828463,0);
INSERT INTO sync_marks VALUES('SupportTicket','complete',NULL,NULL,1795239828484,1795239828485,0);
INSERT INTO sync_marks VALUES('_User','complete',NULL,'2026-11-08T06:57:13.497Z',1795239828498,1795239828499,5);
CREATE TABLE saved_state (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE clock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sequence INTEGER NOT NULL
);
INSERT INTO clock VALUES(1,47);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('outbox',1);
INSERT INTO sqlite_sequence VALUES('journal',1);
CREATE INDEX documents_sequence ON documents(sequence);
CREATE INDEX documents_localId ON documents(localId) WHERE localId IS NOT NULL;
CREATE INDEX documents_pending ON documents(className) WHERE pending IS NOT NULL;
CREATE INDEX documents_removed ON documents(removedAt) WHERE removedAt IS NOT NULL;
CREATE INDEX documents_Deal_stage_expectedCloseDate
ON documents(stage, expectedCloseDate)
WHERE className = 'Deal';
CREATE INDEX documents_Deal_expectedCloseDate
ON documents(expectedCloseDate)
WHERE className = 'Deal';
CREATE INDEX documents_Deal_assignedTo
ON documents(assignedTo)
WHERE className = 'Deal';
CREATE INDEX documents_Deal_contact
ON documents(contact)
WHERE className = 'Deal';
CREATE INDEX documents_Deal_company
ON documents(company)
WHERE className = 'Deal';
CREATE INDEX documents_SupportTicket_status_priority_lastMessageAt
ON documents(status, priority, lastMessageAt)
WHERE className = 'SupportTicket';
CREATE INDEX documents_SupportTicket_assignedTo
ON documents(assignedTo)
WHERE className = 'SupportTicket';
CREATE INDEX documents_SupportTicket_student
ON documents(student)
WHERE className = 'SupportTicket';
CREATE INDEX documents_SupportTicket_ticketNumber
ON documents(ticketNumber)
WHERE className = 'SupportTicket';
CREATE INDEX documents_QuizAttempt_attemptedAt
ON documents(attemptedAt)
WHERE className = 'QuizAttempt';
CREATE INDEX documents_QuizAttempt_student
ON documents(student)
WHERE className = 'QuizAttempt';
CREATE INDEX documents_QuizAttempt_course
ON documents(course)
WHERE className = 'QuizAttempt';
CREATE INDEX documents_Enrollment_student
ON documents(student)
WHERE className = 'Enrollment';
CREATE INDEX documents_Enrollment_course
ON documents(course)
WHERE className = 'Enrollment';
CREATE INDEX documents_Student_currentCompletionRate
ON documents(currentCompletionRate)
WHERE className = 'Student';
CREATE INDEX documents_Student_accountOwner
ON documents(accountOwner)
WHERE className = 'Student';
CREATE INDEX documents_Activity_relatedTo
ON documents(relatedTo)
WHERE className = 'Activity';
CREATE INDEX documents_Activity_completedAt_dueDate
ON documents(completedAt, dueDate)
WHERE className = 'Activity';
CREATE INDEX documents_Contact_company
ON documents(company)
WHERE className = 'Contact';
CREATE INDEX outbox_object ON outbox(className, objectId);
CREATE INDEX journal_object ON journal(className, objectId);
CREATE INDEX journal_group ON journal(groupId) WHERE groupId IS NOT NULL;
CREATE INDEX journal_at ON journal(at);
CREATE INDEX pins_object ON pins(className, objectId);
COMMIT;
