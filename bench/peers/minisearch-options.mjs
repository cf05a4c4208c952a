/* What both sides of the MiniSearch peer agree on. */
const fold = (word) =>
  word
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d");

export const options = {
  idField: "id",
  fields: ["title", "names", "text"],
  processTerm: (term) => {
    const exact = term.normalize("NFC").toLowerCase();
    const bare = fold(exact);
    return bare === exact ? exact : [exact, bare];
  },
  searchOptions: {
    boost: { title: 4, names: 3 },
    prefix: (_term, place, terms) => place === terms.length - 1,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
  },
};
