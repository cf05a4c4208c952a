/* A small vocabulary for the tests: what words.json says, with a handful of words. */

/** @type {import("../../../templates/theme/assets/search/forms.js").Vocabulary} */
export const vocabulary = {
  abbreviations: { ctdv: ["công tác dân vận"], hđnd: ["hội đồng nhân dân"], tư: ["trung ương"] },
  capitals_only: ["tư"],
  types: { "nghi-quyet": ["nghị quyết"], "chi-thi": ["chỉ thị"] },
  short_types: { "nghi-quyet": ["nq"] },
  bare_types: ["nghi-quyet"],
  codes: { "nghi-quyet": ["nq"], "chi-thi": ["ct"] },
  issuers: ["tw", "cp"],
  same_issuers: { tư: "tw" },
  around: { day: "ngày", month: "tháng", year: "năm", number: "số", and: "và" },
  after_number: ["của", "ngày", "về"],
  numbered: ["quý", "khóa"],
  addresses: ["đồng chí", "bà"],
  leave_out: ["diễn ra", "khi nào", "ở đâu", "ở"],
};
