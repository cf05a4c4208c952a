-- What the archive knows, as one relational database: a table a noun, a word on every column.
--
-- `made_by` in any table is the number of the task that made the row (table task): the reading of one file, say.
-- Dates are EDTF strings; `…_first` and `…_last` beside one are its first and last possible day, for order.
-- `anchor`, `words`, `marks`, `cut` are a passage: the paragraph, the sentence in it, the stretches of that sentence
-- that name the thing (`12-20 33-40`), and whether the sentence goes on before (1) or behind (2) it.
-- Columns that hold a list hold it as a JSON array.

-- The build: tasks, what they asked, what is wrong, what is published.

CREATE TABLE task (                    -- one computation: the reading of a file, a derived event, the pages of a record
  number INTEGER PRIMARY KEY,          -- by which rows name it
  step TEXT NOT NULL,                  -- which step of the build it belongs to
  key TEXT NOT NULL,                   -- what it computes: `articles/<id>`, an address, …
  made TEXT NOT NULL,                  -- the tables that it has rows in, with a space between
  UNIQUE (step, key)
);
CREATE TABLE input (                   -- files of content/, and redirects, as the last build found them
  path TEXT PRIMARY KEY,               -- from the archive's root
  key TEXT NOT NULL,                   -- the task that reads it, `kind/id` of a record; empty for a source file
  signature TEXT NOT NULL              -- size, times and place on the disk
) WITHOUT ROWID;
CREATE TABLE asked (                   -- a task rests on the answer to a question
  question INTEGER NOT NULL,           -- a hash of a table, of columns of it, and of their values
  task INTEGER NOT NULL                -- its number
);
CREATE INDEX asked_question ON asked (question);
CREATE INDEX asked_task ON asked (task);
CREATE TABLE changed (                 -- questions whose answers may have changed, and that nobody has acted on yet
  question INTEGER PRIMARY KEY         -- as in table asked
);
CREATE TABLE problem (                 -- what is wrong, as a task found it
  made_by INTEGER NOT NULL,            -- the task that made the row
  position INTEGER NOT NULL,           -- its place among the problems of the task
  path TEXT NOT NULL,                  -- of the file that it is in
  line INTEGER NOT NULL,               -- in the file
  "column" INTEGER NOT NULL,           -- in the line
  code TEXT NOT NULL,                  -- in site-config/problems.yml
  facts TEXT NOT NULL                  -- what fills the message, as a JSON array of pairs
);
CREATE TABLE file (                    -- what the published site consists of
  made_by INTEGER NOT NULL,            -- the task that made the row
  path TEXT NOT NULL,                  -- below the site's folder; no two tasks have one path
  digest BLOB NOT NULL,                -- of its bytes
  size INTEGER NOT NULL,               -- in bytes
  mtime INTEGER                        -- in nanoseconds; empty where the published file is missing or another
);
CREATE INDEX file_path ON file (path);
CREATE TABLE search_entry (            -- a page that search finds
  made_by INTEGER NOT NULL,            -- the task that made the row
  address TEXT NOT NULL,               -- of the page
  digest BLOB NOT NULL                 -- of all that search knows of it
);
CREATE INDEX search_entry_address ON search_entry (address);
CREATE TABLE page_plan (               -- a page that belongs to no record
  made_by INTEGER NOT NULL,            -- the task that made the row
  address TEXT NOT NULL,               -- where it is on the site
  template TEXT NOT NULL,              -- in templates/pages
  title TEXT NOT NULL,                 -- of the page
  context TEXT NOT NULL                -- what its template needs, as a JSON object: a listing, a part, numbers, codes
);
CREATE INDEX page_plan_address ON page_plan (address);
CREATE TABLE chunk (                   -- a piece of a file that is joined of the pieces of many records
  made_by INTEGER NOT NULL,            -- the task that made the row
  path TEXT NOT NULL,                  -- of the file
  sort TEXT NOT NULL,                  -- its place in the file
  rows INTEGER NOT NULL,               -- how many entries it holds
  header BLOB NOT NULL,                -- what stands once at the beginning of the file: the names of columns, say
  data BLOB NOT NULL                   -- its bytes
);
CREATE INDEX chunk_path ON chunk (path, sort);
CREATE TABLE page_link (               -- where a page leads on the site
  made_by INTEGER NOT NULL,            -- the task that made the row
  page TEXT NOT NULL,                  -- its address
  links BLOB NOT NULL                  -- `path#anchor` a line, compressed
);
CREATE TABLE page_anchor (             -- what can be linked to on a page
  made_by INTEGER NOT NULL,            -- the task that made the row
  page TEXT NOT NULL,                  -- its address
  listed INTEGER NOT NULL,             -- 0 if search engines shall leave it out
  written INTEGER NOT NULL,            -- 1 if an editor wrote links on it
  anchors TEXT NOT NULL                -- with a space between
);
CREATE INDEX page_anchor_page ON page_anchor (page);
CREATE TABLE setting (                 -- what the build keeps for itself
  name TEXT PRIMARY KEY,               -- what it is
  value BLOB NOT NULL                  -- its bytes
) WITHOUT ROWID;

-- Records as editors write them.

CREATE TABLE record (                  -- every record of any kind
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- articles, events, officials, documents, pages, removed, or an added kind
  id TEXT NOT NULL,                    -- the name of its file
  label TEXT NOT NULL,                 -- the words by which a person knows it
  path TEXT NOT NULL                   -- of its file, from the archive's root
);
CREATE INDEX record_id ON record (kind, id);
CREATE TABLE record_file (             -- the file of a record: who reads the whole record asks this table
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- of the record
  id TEXT NOT NULL,                    -- the name of its file
  path TEXT NOT NULL,                  -- of its file, from the archive's root
  digest TEXT NOT NULL,                -- of all values of the record, withheld ones too
  positions TEXT NOT NULL,             -- lines and columns of its values, for messages
  body_line INTEGER NOT NULL           -- the first line behind its front matter
);
CREATE INDEX record_file_id ON record_file (kind, id);
CREATE TABLE article (                 -- a press report
  made_by INTEGER NOT NULL,            -- the task that made the row
  id TEXT NOT NULL,                    -- the name of its file
  title TEXT NOT NULL,                 -- as printed
  title_by TEXT,                       -- `editor` if the source prints none
  date TEXT,                           -- when the reported event took place
  date_basis_kind TEXT,                -- stated or inferred
  date_basis_words TEXT,               -- the words that give it
  date_basis_article TEXT,             -- where the words stand, if elsewhere
  date_basis_note TEXT,                -- a word of the editor
  period TEXT,                         -- the time that the event looks back on
  event TEXT,                          -- the event it reports
  level TEXT,                          -- of the organiser
  sector TEXT NOT NULL,                -- codes of site-config/vocabularies.yml
  place_printed TEXT,                  -- where, in the words of the text
  place_unit TEXT,                     -- the unit that is meant, in site-config/places.yml
  place_basis TEXT,                    -- `editor` if an editor added the unit
  place_note TEXT,                     -- a word of the editor
  publisher TEXT,                      -- who published it
  published TEXT,                      -- EDTF
  byline TEXT NOT NULL,                -- who wrote it, as printed
  source_file TEXT,                    -- in content/sources
  source_sha256 TEXT,                  -- checksum of the file
  source_url TEXT,                     -- where it was published
  source_captured TEXT,                -- EDTF: when it was saved
  source_archived TEXT,                -- address of a copy in a web archive
  rights TEXT NOT NULL,                -- full, excerpt, metadata
  topics TEXT NOT NULL,                -- in an editor's words
  date_first TEXT,                     -- its first possible day
  date_last TEXT                       -- its last possible day
);
CREATE INDEX article_id ON article (id);
CREATE INDEX article_event ON article (event);
CREATE TABLE event (                   -- something that took place and that articles report
  made_by INTEGER NOT NULL,            -- the task that made the row
  id TEXT NOT NULL,                    -- the name of its file
  aliases TEXT NOT NULL,               -- other names it goes by
  same_as TEXT NOT NULL,               -- web addresses of the same thing elsewhere
  not_same_as TEXT NOT NULL,           -- ids of records that it is not
  name TEXT NOT NULL,                  -- the words by which a person knows it
  name_by TEXT,                        -- `editor` if no source names it so
  date TEXT,                           -- an editor's; else those of its reports count (table moment)
  date_basis_kind TEXT,                -- stated or inferred
  date_basis_words TEXT,               -- the words that give the date
  date_basis_article TEXT,             -- where the words stand, if elsewhere
  date_basis_note TEXT,                -- a word of the editor
  period TEXT,                         -- the time that it looks back on
  level TEXT,                          -- a code of site-config/levels.yml
  sector TEXT NOT NULL,                -- codes of site-config/vocabularies.yml
  organiser TEXT,                      -- as printed
  organiser_unit TEXT,                 -- whose body that is: `xã Tân Lập`
  place_printed TEXT,                  -- where, in the words of a source
  place_unit TEXT,                     -- a code of site-config/places.yml
  place_basis TEXT,                    -- `editor` if an editor added the unit
  place_note TEXT,                     -- a word of the editor
  notes TEXT NOT NULL,                 -- Markdown that an editor wrote
  date_first TEXT,                     -- its first possible day
  date_last TEXT                       -- its last possible day
);
CREATE INDEX event_id ON event (id);
CREATE TABLE official (                -- a person whom articles name
  made_by INTEGER NOT NULL,            -- the task that made the row
  id TEXT NOT NULL,                    -- the name of its file
  aliases TEXT NOT NULL,               -- other names it goes by
  same_as TEXT NOT NULL,               -- web addresses of the same thing elsewhere
  not_same_as TEXT NOT NULL,           -- ids of records that it is not
  name TEXT NOT NULL,                  -- as editors write it
  notes TEXT NOT NULL                  -- Markdown that an editor wrote
);
CREATE INDEX official_id ON official (id);
CREATE INDEX official_name ON official (name);
CREATE TABLE document (                -- an official document; its key is type, number, issuer and date or term
  made_by INTEGER NOT NULL,            -- the task that made the row
  id TEXT NOT NULL,                    -- the name of its file
  aliases TEXT NOT NULL,               -- other names it goes by
  same_as TEXT NOT NULL,               -- web addresses of the same thing elsewhere
  not_same_as TEXT NOT NULL,           -- ids of records that it is not
  type TEXT NOT NULL,                  -- a code of site-config
  number TEXT,                         -- as printed
  issuer TEXT,                         -- as printed
  date TEXT,                           -- EDTF
  term TEXT,                           -- of the body that issued it
  title TEXT,                          -- as printed
  name TEXT NOT NULL,                  -- the words by which a person knows it
  notes TEXT NOT NULL,                 -- Markdown that an editor wrote
  date_first TEXT,                     -- its first possible day
  date_last TEXT                       -- its last possible day
);
CREATE INDEX document_id ON document (id);
CREATE INDEX document_number ON document (number);
CREATE TABLE entity (                  -- a record of a kind that site-config/kinds.yml adds
  made_by INTEGER NOT NULL,            -- the task that made the row
  id TEXT NOT NULL,                    -- the name of its file
  aliases TEXT NOT NULL,               -- other names it goes by
  same_as TEXT NOT NULL,               -- web addresses of the same thing elsewhere
  not_same_as TEXT NOT NULL,           -- ids of records that it is not
  name TEXT NOT NULL,                  -- the words by which a person knows it
  kind TEXT NOT NULL,                  -- an added kind of site-config/kinds.yml
  "values" TEXT NOT NULL,              -- its own fields, as a JSON object
  notes TEXT NOT NULL                  -- Markdown that an editor wrote
);
CREATE INDEX entity_id ON entity (kind, id);
CREATE TABLE page (                    -- a page that an editor writes
  made_by INTEGER NOT NULL,            -- the task that made the row
  id TEXT NOT NULL,                    -- the name of its file, and its address
  title TEXT NOT NULL,                 -- as printed
  description TEXT,                    -- one sentence for search engines
  markdown TEXT NOT NULL               -- its text
);
CREATE INDEX page_id ON page (id);
CREATE TABLE removed_record (          -- what stays of a record that was taken down
  made_by INTEGER NOT NULL,            -- the task that made the row
  id TEXT NOT NULL,                    -- the name of its file
  kind TEXT NOT NULL,                  -- what it was a record of
  date TEXT NOT NULL,                  -- EDTF: when it was taken down
  reason TEXT NOT NULL,                -- in an editor's words
  by TEXT,                             -- who took it down
  split_into TEXT NOT NULL             -- the records that it was in truth, as a JSON list of ids
);
CREATE INDEX removed_record_id ON removed_record (id);

CREATE TABLE redirect (                -- an address that leads on to another (site-config/redirects.yml)
  made_by INTEGER NOT NULL,            -- the task that made the row
  position INTEGER NOT NULL,           -- its place in the file
  source TEXT NOT NULL,                -- the old address
  target TEXT NOT NULL,                -- the new one
  reason TEXT NOT NULL,                -- a word of the editor, or empty
  line INTEGER NOT NULL,               -- of its entry in the file
  "column" INTEGER NOT NULL            -- in the line
);
CREATE INDEX redirect_source ON redirect (source);

CREATE TABLE published (               -- an address that has been published once (content/ledger/)
  made_by INTEGER NOT NULL,            -- the task that made the row
  address TEXT NOT NULL,               -- on the site, with a slash before it
  record TEXT NOT NULL,                -- `kind/id` of what it is about; empty for lists and the like
  first TEXT NOT NULL,                 -- the day of its first publication
  changed TEXT NOT NULL,               -- the day of its last change
  digest TEXT NOT NULL                 -- of the values published, behind the number of the recipe
);
CREATE INDEX published_record ON published (record);
CREATE INDEX published_address ON published (address);
CREATE TABLE published_paragraph (     -- a paragraph that has been published once (content/ledger/)
  made_by INTEGER NOT NULL,            -- the task that made the row
  address TEXT NOT NULL,               -- of its article, with a slash before it
  anchor TEXT NOT NULL,                -- its place there
  record TEXT NOT NULL,                -- `kind/id` of its article
  first TEXT NOT NULL,                 -- the day of its first publication
  changed TEXT NOT NULL,               -- the day of its last change
  digest TEXT NOT NULL                 -- of its words, behind the number of the recipe; `-` before it: it is gone
);
CREATE INDEX published_paragraph_record ON published_paragraph (record);

-- Parts of records: `kind` and `record` say whose, `field` in which field of it, `position` at which place.

CREATE TABLE participant (             -- a person as one article prints them
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- speakers, attendees, mentioned
  position INTEGER NOT NULL,           -- its place, counted from 0
  official TEXT,                       -- who it is, if that is known
  name TEXT NOT NULL,                  -- the words by which a person knows it
  roles TEXT NOT NULL,                 -- as printed
  capacity TEXT NOT NULL               -- a code of site-config/capacities.yml
);
CREATE INDEX participant_of ON participant (kind, record);
CREATE TABLE cited_document (          -- an official document as one article cites it
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  document TEXT,                       -- which one it is, if an editor says so
  printed TEXT NOT NULL,               -- as the article prints it
  type TEXT,                           -- a code of site-config
  number TEXT,                         -- as printed
  date TEXT,                           -- EDTF, as the article gives it
  issuer TEXT,                         -- as printed
  title TEXT                           -- as printed
);
CREATE INDEX cited_document_of ON cited_document (kind, record);
CREATE INDEX cited_document_document ON cited_document (document);
CREATE TABLE caption (                 -- a photo caption
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  text TEXT NOT NULL,                  -- as printed
  after INTEGER,                       -- the paragraph it followed
  credit TEXT                          -- who took the photo
);
CREATE INDEX caption_of ON caption (kind, record);
CREATE TABLE change (                  -- what was done between the source file and the article
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  action TEXT NOT NULL,                -- a code of site-config/vocabularies.yml
  own_kind TEXT,                       -- what it concerned: a menu, a byline, …
  text TEXT,                           -- its words
  line INTEGER,                        -- in the source
  note TEXT                            -- a word of the editor
);
CREATE INDEX change_of ON change (kind, record);
CREATE TABLE correction (              -- a mistake of the archive that was mended
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  date TEXT NOT NULL,                  -- EDTF: when it was mended
  own_field TEXT NOT NULL,             -- in which field the mistake was
  before TEXT,                         -- what stood there
  after TEXT,                          -- what stands there now
  reason TEXT NOT NULL                 -- in an editor's words
);
CREATE INDEX correction_of ON correction (kind, record);
CREATE TABLE entity_link (             -- a record of an added kind as one article names it
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  own_record TEXT,                     -- which one it is, if that is known
  printed TEXT NOT NULL                -- as the article prints it
);
CREATE INDEX entity_link_of ON entity_link (kind, record);
CREATE TABLE possibly_same (           -- another record of its kind that may be the same
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- of both records
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  own_record TEXT NOT NULL,            -- the other one
  why TEXT NOT NULL                    -- an editor's note
);
CREATE INDEX possibly_same_of ON possibly_same (kind, record);
CREATE INDEX possibly_same_other ON possibly_same (kind, own_record);
CREATE TABLE evidence (                -- words of an article on which a statement of a record rests
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- evidence, relations.<n>.evidence, carries_out.<n>.evidence
  position INTEGER NOT NULL,           -- its place, counted from 0
  article TEXT NOT NULL,               -- the article that says so
  words TEXT NOT NULL                  -- the sentence, or the part of it that is shown
);
CREATE INDEX evidence_of ON evidence (kind, record);
CREATE TABLE relation (                -- what a source states that one document does to another
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  type TEXT NOT NULL,                  -- a code of site-config
  document TEXT NOT NULL               -- the document
);
CREATE INDEX relation_of ON relation (kind, record);
CREATE INDEX relation_document ON relation (document);
CREATE TABLE carries_out (             -- an event that was held about carrying out a document
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  document TEXT NOT NULL               -- the document
);
CREATE INDEX carries_out_of ON carries_out (kind, record);
CREATE INDEX carries_out_document ON carries_out (document);
CREATE TABLE post (                    -- a post that an editor knows of, beyond what articles print
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- whose: the kind of the record
  record TEXT NOT NULL,                -- whose: the id of the record
  field TEXT NOT NULL,                 -- the field that it stands in
  position INTEGER NOT NULL,           -- its place, counted from 0
  role TEXT NOT NULL,                  -- as printed
  start TEXT,                          -- EDTF
  "end" TEXT,                          -- EDTF
  source TEXT NOT NULL                 -- from where that is known
);
CREATE INDEX post_of ON post (kind, record);

-- What articles say, with the words that say it.

CREATE TABLE paragraph (               -- what of an article's text may be shown: title, paragraphs, captions
  made_by INTEGER NOT NULL,            -- the task that made the row
  article TEXT NOT NULL,               -- whose text it is
  position INTEGER NOT NULL,           -- in reading order
  anchor TEXT NOT NULL,                -- the fragment that links to it
  kind TEXT NOT NULL,                  -- title, paragraph, heading, item, quote, caption
  text TEXT NOT NULL,                  -- its words
  line INTEGER NOT NULL,               -- in the article's file
  level INTEGER NOT NULL               -- a heading's rank
);
CREATE INDEX paragraph_article ON paragraph (article);
CREATE TABLE mention (                 -- a place of an article that names a record
  made_by INTEGER NOT NULL,            -- the task that made the row
  article TEXT NOT NULL,               -- whose text it is
  position INTEGER NOT NULL,           -- in reading order
  anchor TEXT NOT NULL,                -- the paragraph
  start INTEGER NOT NULL,              -- characters of the paragraph, half open
  "end" INTEGER NOT NULL,              -- the character behind the last
  printed TEXT NOT NULL,               -- the words
  kind TEXT NOT NULL,                  -- of the record
  candidates TEXT NOT NULL,            -- ids of the records that it can mean; it is resolved if there is one
  entry INTEGER NOT NULL               -- the place in the front matter that names it, -1 if none
);
CREATE INDEX mention_article ON mention (article);
CREATE TABLE fact (                    -- where an article says what its front matter says
  made_by INTEGER NOT NULL,            -- the task that made the row
  article TEXT NOT NULL,               -- whose fact it is
  field TEXT NOT NULL,                 -- date, place, people.<name>, documents.<n>
  candidates TEXT NOT NULL,            -- of a cited document: ids of the records that it can mean
  anchor TEXT NOT NULL,                -- the paragraph
  words TEXT NOT NULL,                 -- the sentence, or the part of it that is shown
  marks TEXT NOT NULL,                 -- stretches of it that name the thing
  cut INTEGER NOT NULL                 -- 1: it goes on before, 2: behind, 3: both
);
CREATE INDEX fact_article ON fact (article);
CREATE TABLE role (                    -- a role as one article prints it for one person
  made_by INTEGER NOT NULL,            -- the task that made the row
  official TEXT NOT NULL,              -- the person
  article TEXT NOT NULL,               -- the article that says so
  position INTEGER NOT NULL,           -- its place, counted from 0
  role TEXT NOT NULL,                  -- as printed
  event TEXT,                          -- the event that the article reports
  date TEXT,                           -- of the article
  sort TEXT NOT NULL,                  -- order of time
  anchor TEXT NOT NULL,                -- the paragraph
  words TEXT NOT NULL,                 -- the sentence, or the part of it that is shown
  marks TEXT NOT NULL,                 -- stretches of it that name the thing
  cut INTEGER NOT NULL                 -- 1: it goes on before, 2: behind, 3: both
);
CREATE INDEX role_official ON role (official);
CREATE TABLE appearance (              -- what one article says a person did at an event, or that it names them
  made_by INTEGER NOT NULL,            -- the task that made the row
  official TEXT NOT NULL,              -- the person
  article TEXT NOT NULL,               -- the article that says so
  position INTEGER NOT NULL,           -- its place, counted from 0
  capacity TEXT NOT NULL,              -- a code of site-config/capacities.yml
  event TEXT,                          -- the event
  moment TEXT NOT NULL,                -- the timeline entry that the article belongs to
  date TEXT,                           -- EDTF
  sort TEXT NOT NULL,                  -- order of time
  anchor TEXT NOT NULL,                -- the paragraph
  words TEXT NOT NULL,                 -- the sentence, or the part of it that is shown
  marks TEXT NOT NULL,                 -- stretches of it that name the thing
  cut INTEGER NOT NULL                 -- 1: it goes on before, 2: behind, 3: both
);
CREATE INDEX appearance_official ON appearance (official);
CREATE TABLE naming (                  -- a sentence of an article that names one record for sure
  made_by INTEGER NOT NULL,            -- the task that made the row
  kind TEXT NOT NULL,                  -- of the record that is named
  record TEXT NOT NULL,                -- its id
  article TEXT NOT NULL,               -- the article that says so
  position INTEGER NOT NULL,           -- its place, counted from 0
  moment TEXT NOT NULL,                -- the timeline entry that the article belongs to
  sort TEXT NOT NULL,                  -- order of time for people and documents, else empty
  anchor TEXT NOT NULL,                -- the paragraph
  words TEXT NOT NULL,                 -- the sentence, or the part of it that is shown
  marks TEXT NOT NULL,                 -- stretches of it that name the thing
  cut INTEGER NOT NULL                 -- 1: it goes on before, 2: behind, 3: both
);
CREATE INDEX naming_record ON naming (kind, record);
CREATE INDEX naming_article ON naming (article);
CREATE TABLE beside (                  -- a document that is cited in a paragraph that names a person
  made_by INTEGER NOT NULL,            -- the task that made the row
  official TEXT NOT NULL,              -- the person
  document TEXT NOT NULL,              -- the document
  article TEXT NOT NULL,               -- the article that says so
  position INTEGER NOT NULL,           -- its place, counted from 0
  sort TEXT NOT NULL,                  -- order of time
  anchor TEXT NOT NULL,                -- the paragraph
  words TEXT NOT NULL,                 -- the sentence, or the part of it that is shown
  marks TEXT NOT NULL,                 -- stretches of it that name the thing
  cut INTEGER NOT NULL                 -- 1: it goes on before, 2: behind, 3: both
);
CREATE INDEX beside_official ON beside (official);
CREATE TABLE stated_relation (         -- a relation between two documents that the text of an article states
  made_by INTEGER NOT NULL,            -- the task that made the row
  one TEXT NOT NULL,                   -- the document that does it
  type TEXT NOT NULL,                  -- a code of site-config
  other TEXT NOT NULL,                 -- the document that it is done to
  article TEXT NOT NULL,               -- the article that says so
  position INTEGER NOT NULL,           -- its place, counted from 0
  sort TEXT NOT NULL,                  -- order of time
  anchor TEXT NOT NULL,                -- the paragraph
  words TEXT NOT NULL,                 -- the sentence, or the part of it that is shown
  marks TEXT NOT NULL,                 -- stretches of it that name the thing
  cut INTEGER NOT NULL                 -- 1: it goes on before, 2: behind, 3: both
);
CREATE INDEX stated_relation_one ON stated_relation (one);
CREATE INDEX stated_relation_other ON stated_relation (other);
CREATE TABLE open_citation (           -- a citation that no single record answers
  made_by INTEGER NOT NULL,            -- the task that made the row
  article TEXT NOT NULL,               -- the article that says so
  number INTEGER NOT NULL,             -- counted from 1 in the article; part of its address
  printed TEXT NOT NULL,               -- as the article prints it
  entry INTEGER NOT NULL,              -- its place in the front matter, -1 if it has none
  sort TEXT NOT NULL                   -- order of time
);
CREATE INDEX open_citation_article ON open_citation (article);
CREATE TABLE open_citation_place (     -- where it stands
  made_by INTEGER NOT NULL,            -- the task that made the row
  article TEXT NOT NULL,               -- the article that says so
  number INTEGER NOT NULL,             -- which open citation of the article
  position INTEGER NOT NULL,           -- its place, counted from 0
  anchor TEXT NOT NULL,                -- the paragraph
  words TEXT NOT NULL,                 -- the sentence, or the part of it that is shown
  marks TEXT NOT NULL,                 -- stretches of it that name the thing
  cut INTEGER NOT NULL                 -- 1: it goes on before, 2: behind, 3: both
);
CREATE INDEX open_citation_place_article ON open_citation_place (article);
CREATE TABLE candidate (               -- a document that an open citation can mean
  made_by INTEGER NOT NULL,            -- the task that made the row
  document TEXT NOT NULL,              -- the document
  article TEXT NOT NULL,               -- the article that says so
  number INTEGER NOT NULL,             -- which open citation of the article
  sort TEXT NOT NULL                   -- order of time
);
CREATE INDEX candidate_document ON candidate (document);
CREATE INDEX candidate_article ON candidate (article);
CREATE TABLE shingle_sample (          -- hashes of an article's text, for finding others like it
  made_by INTEGER NOT NULL,            -- the task that made the row
  article TEXT NOT NULL,               -- whose text it is
  hashes BLOB NOT NULL                 -- unsigned numbers of eight bytes
);
CREATE INDEX shingle_sample_article ON shingle_sample (article);
CREATE TABLE shingle (                 -- the few of them by which likely doubles are found
  made_by INTEGER NOT NULL,            -- the task that made the row
  hash TEXT NOT NULL,                  -- 16 hexadecimal digits
  article TEXT NOT NULL                -- in whose text it is
);
CREATE INDEX shingle_hash ON shingle (hash);
CREATE TABLE document_key (            -- by what a citation finds a document
  made_by INTEGER NOT NULL,            -- the task that made the row
  "by" TEXT NOT NULL,                  -- number, name, key, …
  key TEXT NOT NULL,                   -- what it is found by
  document TEXT NOT NULL               -- the document
);
CREATE INDEX document_key_key ON document_key ("by", key);

-- What follows from several records.

CREATE TABLE moment (                  -- an entry of the timelines: an event, or an article that reports none
  made_by INTEGER NOT NULL,            -- the task that made the row
  key TEXT NOT NULL,                   -- kind/id
  kind TEXT NOT NULL,                  -- of the record that it shows
  id TEXT NOT NULL,                    -- of the record that it shows
  date TEXT,                           -- of an event: the record's own, else what its reports agree on, else their span
  certain INTEGER NOT NULL,            -- 1 if it is sure when it was, on one day or on several
  level TEXT,                          -- a code of site-config/levels.yml
  places TEXT NOT NULL,                -- codes of its units, of those around them and of today's
  articles TEXT NOT NULL,              -- its reports
  sort TEXT NOT NULL                   -- order of time
);
CREATE INDEX moment_key ON moment (key);
CREATE TABLE presence (                -- a person who was at an event
  made_by INTEGER NOT NULL,            -- the task that made the row
  event TEXT NOT NULL,                 -- the event
  official TEXT NOT NULL               -- the person
);
CREATE INDEX presence_event ON presence (event);
CREATE INDEX presence_official ON presence (official);
CREATE TABLE list_entry (              -- a record's place in a list that has pages
  made_by INTEGER NOT NULL,            -- the task that made the row
  list TEXT NOT NULL,                  -- which list: articles, moments/level:<code>, …
  part TEXT NOT NULL,                  -- a year, a month, a letter, a type; empty where it is unknown
  sort TEXT NOT NULL,                  -- its place in the part, then by id
  id TEXT NOT NULL                     -- of the record, or what the list holds
);
CREATE INDEX list_entry_part ON list_entry (list, part, sort, id);
CREATE TABLE long_list (               -- a list that is too long for one page
  made_by INTEGER NOT NULL,            -- the task that made the row
  list TEXT NOT NULL                   -- its name
);
CREATE INDEX long_list_list ON long_list (list);
CREATE TABLE neighbour (               -- the reports before and after one, by the dates of what they report
  made_by INTEGER NOT NULL,            -- the task that made the row
  article TEXT NOT NULL,               -- an article with a date
  earlier TEXT,                        -- the article before it
  later TEXT                           -- the article after it
);
CREATE INDEX neighbour_article ON neighbour (article);
